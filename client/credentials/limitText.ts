/** A rate limit as a person types it: a whole number, or nothing for no limit. */

const grouping = /[\s_]/g;

/** What is wrong with it, as a sentence. */
export function problemWithLimit(text: string): string | undefined {
  const digits = text.replaceAll(grouping, '');
  if (digits === '' && text.trim() === '') return undefined;
  const fits = /^\d+$/.test(digits) && Number(digits) >= 1 && Number.isSafeInteger(Number(digits));
  return fits ? undefined : 'Enter a whole number from 1 on, or nothing for no limit.';
}

/** @param text one without a problem */
export function limitFrom(text: string): number | undefined {
  const digits = text.replaceAll(grouping, '');
  return digits === '' ? undefined : Number(digits);
}
