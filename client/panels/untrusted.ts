/** Checks of what a page sends: the page shows what models wrote, so its messages are not taken on trust. */

export function asText(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`"${what}" must be a text, got ${typeof value}.`);
}

/** A whole number within bounds; what lies outside them is brought to the nearest one. */
export function asCount(value: unknown, what: string, most: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new TypeError(`"${what}" must be a number, got ${typeof value}.`);
  }
  return Math.min(Math.max(Math.trunc(value), 0), most);
}

/** One of the given words, or `undefined` for nothing or an empty text. */
export function asChoice<T extends string>(
  value: unknown,
  what: string,
  choices: readonly T[],
): T | undefined {
  if (value === undefined || value === '') return undefined;
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw new TypeError(`"${what}" must be one of ${choices.join(', ')}.`);
  return choice;
}

export function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new TypeError(`"${what}" must be an object.`);
}
