/** What the helpers that yield a value do. Their arguments are JSON data or `undefined`; none of them throws. */
import { isRecord } from './declarations.ts';
import type { Value } from './values.ts';

export type Given = Value | undefined;

/** Longest text a helper may make of a short one, in characters. */
const longest = 1_000_000;

export const helperFunctions: Readonly<Record<string, (...given: Given[]) => Given>> = {
  lookup: (container, key) => member(container, key),
  json: (value, indent) => JSON.stringify(value ?? null, null, whole(indent, 0, 10)),
  upper: (value) => asText(value).toUpperCase(),
  lower: (value) => asText(value).toLowerCase(),
  trim: (value) => asText(value).trim(),
  truncate: (value, length, end) => truncate(asText(value), whole(length, 0), asText(end ?? '…')),
  join: (list, separator) =>
    elements(list)
      .map(asText)
      .join(asText(separator ?? ', ')),
  default: (value, fallback) => (isEmpty(value) ? fallback : value),
  eq: (a, b) => same(a, b),
  ne: (a, b) => !same(a, b),
  and: (...values) => values.every(isTrue),
  or: (...values) => values.some(isTrue),
  not: (value) => !isTrue(value),
  contains: (container, part) => contains(container, part),
  date: (time, format) => date(time, asText(format ?? 'YYYY-MM-DD')),
  number: (value, digits) => number(value, digits),
  indent: (value, width) => {
    const space = ' '.repeat(whole(width ?? 2, 0, 100));
    return asText(value)
      .slice(0, longest)
      .replace(/^(?=.)/gm, space);
  },
  lines: (value) => (asText(value) === '' ? [] : asText(value).split(/\r\n|\n|\r/)),
  count: (value) => count(value),
};

/** True, a number but 0, a text or list that is not empty, a map. */
export function isTrue(value: Given): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** A value as it stands in a prompt: lists and maps as JSON, nothing for null. */
export function asText(value: Given): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isEmpty(value: Given): boolean {
  return value === undefined || value === null || value === '';
}

/** Deep, so that lists and maps compare by content. */
function same(a: Given, b: Given): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

function member(container: Given, key: Given): Given {
  if (typeof container !== 'object' || container === null) return undefined;
  const name = asText(key);
  if (!Object.hasOwn(container, name)) return undefined;
  return (container as Record<string, Value>)[name];
}

function contains(container: Given, part: Given): boolean {
  if (typeof container === 'string') return container.includes(asText(part));
  if (Array.isArray(container)) return container.some((one) => same(one, part));
  return isRecord(container) && Object.hasOwn(container, asText(part));
}

function elements(value: Given): readonly Given[] {
  if (Array.isArray(value)) return value;
  if (isRecord(value)) return Object.values(value);
  return isEmpty(value) ? [] : [value];
}

function count(value: Given): number {
  return typeof value === 'string' ? characters(value).length : elements(value).length;
}

const segmenter = new Intl.Segmenter();

/** As people count them: an emoji of several code points is one. */
function characters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Cuts no character in two. */
function truncate(text: string, length: number, end: string): string {
  if (text.length <= length) return text;
  const all = characters(text);
  if (all.length <= length) return text;
  const mark = characters(end).slice(0, length);
  return [...all.slice(0, length - mark.length), ...mark].join('');
}

function whole(value: Given, least: number, most = longest): number {
  const number = Math.trunc(Number(value ?? least));
  return Number.isNaN(number) ? least : Math.min(Math.max(number, least), most);
}

function number(value: Given, digits: Given): string {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof amount !== 'number' || Number.isNaN(amount)) return asText(value);
  const places = digits === undefined ? undefined : whole(digits, 0, 20);
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: places,
    maximumFractionDigits: places ?? 20,
  }).format(amount);
}

function date(time: Given, format: string): string {
  const moment = new Date(typeof time === 'number' ? time : asText(time));
  if (Number.isNaN(moment.getTime())) return asText(time);
  const [day = '', clock = ''] = moment.toISOString().split('T');
  const [year = '', month = '', date = ''] = day.split(/(?<=\d)-/);
  const [hours = '', minutes = '', seconds = ''] = clock.replace(/\..*$/, '').split(':');
  const parts = { YYYY: year, MM: month, DD: date, HH: hours, mm: minutes, ss: seconds };
  return format.replace(/YYYY|MM|DD|HH|mm|ss/g, (part) => parts[part as keyof typeof parts]);
}
