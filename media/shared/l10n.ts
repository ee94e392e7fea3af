const texts = JSON.parse(document.body.dataset.texts ?? '{}') as Record<string, string>;

/** The text in the display language, with `{0}`, `{1}` … filled in. Its English form is its key. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return (texts[text] ?? text).replaceAll(/\{(\d+)\}/g, (marker, index: string) =>
    String(values[Number(index)] ?? marker),
  );
}

/** The display language, for numbers and times. */
export const language = document.documentElement.lang || 'en';
