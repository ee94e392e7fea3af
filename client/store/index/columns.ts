/**
 * From an entity to its row in the index. A value may have been written by a newer version, so nothing about its
 * shape is taken for granted: what is not as expected becomes NULL, and the row stays.
 */
import { isObject } from '../journal/record.ts';
import type { SqlValue } from './sqlIndex.ts';

/** One table of the index. */
export interface Noun {
  readonly table: string;
  /** Columns besides the common ones. */
  readonly columns: readonly string[];
  /** Their values, in the same order. */
  row(value: unknown): readonly SqlValue[];
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** sql.js reads a text up to its first NUL, and SQLite's UTF-8 has no lone surrogates. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : null;
}

export function integer(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : null;
}

export function flag(value: unknown): number {
  return value === true ? 1 : 0;
}

const previewLength = 200;

/** The first 200 characters on one line. */
export function preview(value: unknown): string {
  if (typeof value !== 'string') return '';
  const line = oneLine(value.slice(0, previewLength));
  // Taking out white space made room for more.
  const longer = line.length < previewLength && value.length > previewLength;
  const whole = longer ? oneLine(value.slice(0, previewLength * 8)).slice(0, previewLength) : line;
  return whole
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
    .toWellFormed();
}

const breaks = /[\s\p{Cc}]+/gu;
const unevenness = /[^\S ]| {2}|\p{Cc}/u;

function oneLine(text: string): string {
  return unevenness.test(text) ? text.replaceAll(breaks, ' ').trimStart() : text.trimStart();
}
