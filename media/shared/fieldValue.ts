/** What people type into a field, and the value it stands for. Pure. */
import type { Json } from '../../client/model.ts';
import type { FormVariable } from '../../client/panels/protocol.ts';

/** A typed text as a value, or what is wrong with it. Nothing typed is `value: undefined`. */
export type Reading =
  | { readonly value: Json | undefined; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: Problem };

/** English text with `{0}` … and what to fill in. */
interface Problem {
  readonly text: string;
  readonly values?: readonly (string | number)[];
  /** Nothing was given where something must be. */
  readonly missing?: true;
}

/** The text a value is edited as. */
export function fieldText(value: Json | undefined, variable: FormVariable): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && !isJsonType(variable)) return value;
  return typeof value === 'object' || isJsonType(variable)
    ? JSON.stringify(value, undefined, 2)
    : String(value);
}

/** Reads what was typed by the variable's type, and checks it against its bounds. */
export function readField(text: string, variable: FormVariable): Reading {
  if (text === '' || (variable.type !== 'string' && text.trim() === '')) {
    return variable.required && variable.default === undefined
      ? { problem: { text: 'A value is needed.', missing: true } }
      : { value: undefined };
  }
  switch (variable.type) {
    case 'number':
    case 'integer':
      return readNumber(text.trim(), variable);
    case 'boolean':
      return { value: text === 'true' };
    case 'array':
    case 'object':
      return readJson(text, variable);
    case 'any':
      return readAny(text);
    case 'string':
    case 'text':
      return readText(text, variable);
  }
}

function isJsonType({ type }: FormVariable): boolean {
  return type === 'array' || type === 'object';
}

function readNumber(text: string, { max, min, type }: FormVariable): Reading {
  const value = Number(text);
  if (!Number.isFinite(value)) return { problem: { text: 'This must be a number.' } };
  if (type === 'integer' && !Number.isInteger(value)) {
    return { problem: { text: 'This must be a whole number.' } };
  }
  if (min !== undefined && value < min) {
    return { problem: { text: 'This must be at least {0}.', values: [min] } };
  }
  if (max !== undefined && value > max) {
    return { problem: { text: 'This must be at most {0}.', values: [max] } };
  }
  return { value };
}

function readText(text: string, { max, min, pattern }: FormVariable): Reading {
  if (min !== undefined && text.length < min) {
    return { problem: { text: 'This must have at least {0} characters.', values: [min] } };
  }
  if (max !== undefined && text.length > max) {
    return { problem: { text: 'This must have at most {0} characters.', values: [max] } };
  }
  if (pattern !== undefined && !matches(pattern, text)) {
    return { problem: { text: 'This must match {0}.', values: [pattern] } };
  }
  return { value: text };
}

/** A pattern that is no regular expression is the template's problem, told there; here it refuses nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

function readJson(text: string, { type }: FormVariable): Reading {
  const value = parse(text);
  if (type === 'array' && !Array.isArray(value)) {
    return { problem: { text: 'This must be a JSON list, such as ["one", "two"].' } };
  }
  if (type === 'object' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    return { problem: { text: 'This must be a JSON object, such as {"name": "Ada"}.' } };
  }
  return { value };
}

/** Without a declared type a text is a text; only what clearly is a list or an object becomes one. */
function readAny(text: string): Reading {
  return { value: /^\s*[[{]/.test(text) ? (parse(text) ?? text) : text };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
