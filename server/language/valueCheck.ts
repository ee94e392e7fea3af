/** Compares values with what is declared of them. */
import { isRecord } from './declarations.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { Shape, Value } from './values.ts';

export interface Misfit {
  /** From the value that was checked to the one that does not fit; for `lacking` and `unknown` it ends with the name. */
  readonly path: readonly (string | number)[];
  readonly slip: 'lacking' | 'unknown' | 'wrong-type' | 'wrong-value';
  readonly message: string;
  readonly suggestions: readonly string[];
}

/** What is wrong with a value; empty when it may stand for the variable. `name` is what the messages call it. */
export function misfits(value: Value, shape: Shape, name: string): Misfit[] {
  const check = new ValueCheck();
  check.value(value, shape, name, []);
  return check.found;
}

export function fits(value: Value, shape: Shape): boolean {
  return misfits(value, shape, '').length === 0;
}

/** A number does for text; “nothing” does for everything. */
export function isOfType(value: Value, { type }: Pick<Shape, 'type'>): boolean {
  if (value === null) return true;
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'text':
      return typeof value === 'string' || typeof value === 'number';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
  }
}

function sameValue(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Repetitions of repetitions can take for ever; a text may also be too long to be tried while somebody types. */
const slow = /[+*}]\)*[+*{]/;
const longestTried = 10_000;

/** `undefined`: it is no regular expression. Read as the run form reads it. */
export function readPattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

/** Deeper values are not looked at. */
const deepest = 50;

class ValueCheck {
  readonly found: Misfit[] = [];

  value(value: Value, shape: Shape, name: string, path: readonly (string | number)[]): void {
    if (value === null || path.length > deepest) return;
    if (!isOfType(value, shape)) {
      this.#report('wrong-type', path, `“${name}” must be of type ${shape.type}.`);
      return;
    }
    this.#choices(value, shape, name, path);
    this.#limits(value, shape, name, path);
    if (Array.isArray(value)) this.#items(value, shape, name, path);
    else if (isRecord(value)) this.#members(value, shape, name, path);
  }

  #choices(value: Value, shape: Shape, name: string, path: readonly (string | number)[]): void {
    const { enum: allowed } = shape;
    if (!allowed || allowed.length === 0 || allowed.some((one) => sameValue(one, value))) return;
    const names = allowed.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    const suggestions = suggest(typeof value === 'string' ? value : '', names);
    const message = `“${name}” must be one of: ${names.join(', ')}.${didYouMean(suggestions)}`;
    this.#report('wrong-value', path, message, suggestions);
  }

  #limits(value: Value, shape: Shape, name: string, path: readonly (string | number)[]): void {
    const { min, max, pattern } = shape;
    const size = sizeOf(value, shape);
    const unit = typeof value === 'number' ? '' : Array.isArray(value) ? ' items' : ' characters';
    if (size !== undefined && min !== undefined && size < min) {
      this.#report('wrong-value', path, `“${name}” must be at least ${min}${unit}.`);
    }
    if (size !== undefined && max !== undefined && size > max) {
      this.#report('wrong-value', path, `“${name}” must be at most ${max}${unit}.`);
    }
    const isText = typeof value === 'string' || typeof value === 'number';
    if (pattern === undefined || !isText || !isTextual(shape)) return;
    const text = String(value);
    if (slow.test(pattern) || text.length > longestTried) return;
    if (readPattern(pattern)?.test(text) === false) {
      this.#report('wrong-value', path, `“${name}” must match the pattern ${pattern}.`);
    }
  }

  #items(
    values: readonly Value[],
    { items }: Shape,
    name: string,
    path: readonly (string | number)[],
  ) {
    if (!items) return;
    values.forEach((value, at) => this.value(value, items, `${name}.${at}`, [...path, at]));
  }

  #members(
    values: { readonly [key: string]: Value },
    { properties }: Shape,
    name: string,
    path: readonly (string | number)[],
  ): void {
    if (!properties) return;
    for (const { name: member, required } of properties) {
      if (required && !Object.hasOwn(values, member)) {
        this.#report('lacking', [...path, member], `“${name}” has no “${member}”.`);
      }
    }
    for (const [member, value] of Object.entries(values)) {
      const property = properties.find((one) => one.name === member);
      if (property) this.value(value, property, `${name}.${member}`, [...path, member]);
      else {
        const suggestions = suggest(
          member,
          properties.map((one) => one.name).filter((one) => !Object.hasOwn(values, one)),
        );
        const message = `“${name}” has no member “${member}”.${didYouMean(suggestions)}`;
        this.#report('unknown', [...path, member], message, suggestions);
      }
    }
  }

  #report(
    slip: Misfit['slip'],
    path: readonly (string | number)[],
    message: string,
    suggestions: readonly string[] = [],
  ): void {
    this.found.push({ path, slip, message, suggestions });
  }
}

export function isTextual({ type }: Pick<Shape, 'type'>): boolean {
  return type === 'string' || type === 'text' || type === 'any';
}

/** What `min` and `max` limit: the number itself, or the length of a text or list. */
function sizeOf(value: Value, shape: Shape): number | undefined {
  if (typeof value === 'number' && shape.type !== 'string' && shape.type !== 'text') return value;
  if (typeof value === 'string' || typeof value === 'number') return String(value).length;
  return Array.isArray(value) ? value.length : undefined;
}
