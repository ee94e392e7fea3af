/** What a name says of the value it stands for. */

/** The last word decides: `reply_email`, `startDate`. */
const textsByWord: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  mail: 'ada@example.com',
  url: 'https://example.com/',
  uri: 'https://example.com/',
  link: 'https://example.com/',
  website: 'https://example.com/',
  homepage: 'https://example.com/',
  date: '2025-01-31',
  day: '2025-01-31',
  birthday: '1990-01-31',
  deadline: '2025-01-31',
  datetime: '2025-01-31T09:30:00Z',
  timestamp: '2025-01-31T09:30:00Z',
  time: '09:30',
  phone: '+1 555 0100',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  language: 'English',
  currency: 'EUR',
  count: '3',
  quantity: '3',
  age: '42',
  year: '2025',
};

const numbersByWord: Readonly<Record<string, number>> = {
  age: 42,
  year: 2025,
  percent: 50,
  percentage: 50,
  price: 10,
  rating: 4,
};

const yesNoFirst = new Set([
  'is',
  'has',
  'can',
  'should',
  'was',
  'use',
  'include',
  'enable',
  'show',
]);
const yesNoLast = new Set(['enabled', 'disabled', 'flag', 'allowed']);

function wordsOf(name: string): string[] {
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').toLowerCase();
  return spaced.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** `[product_name_value]`, or what is usual for such a name. */
export function textFor(name: string): string {
  const words = wordsOf(name).filter((word) => !/^\d+$/.test(word));
  const last = words.at(-1) ?? '';
  if (last === 'address' && words.at(-2) === 'email') return 'ada@example.com';
  if (last === 'at' && words.length > 1) return '2025-01-31T09:30:00Z';
  return Object.hasOwn(textsByWord, last) ? (textsByWord[last] ?? '') : `[${name}_value]`;
}

export function numberFor(name: string): number {
  const last = wordsOf(name).at(-1) ?? '';
  return Object.hasOwn(numbersByWord, last) ? (numbersByWord[last] ?? 3) : 3;
}

export function soundsLikeYesNo(name: string): boolean {
  const words = wordsOf(name);
  if (words.length < 2) return false;
  return yesNoFirst.has(words[0] ?? '') || yesNoLast.has(words.at(-1) ?? '');
}

/** One of several: `feature` for `features`. */
export function nounOf(name: string): string {
  if (/(?:ss|us|is)$/i.test(name)) return name;
  if (/ies$/i.test(name)) return `${name.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss)es$/i.test(name)) return name.slice(0, -2);
  return /.s$/i.test(name) ? name.slice(0, -1) : name;
}
