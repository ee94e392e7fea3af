/** Whether what is said of a variable makes sense by itself: defaults, examples, limits and patterns. */
import { readShape } from './declarations.ts';
import type { Span } from './nodes.ts';
import { isOfType, isTextual, misfits, readPattern } from './valueCheck.ts';
import type { Shape, Value } from './values.ts';
import type { YamlNode } from './yamlTree.ts';

export interface Contradiction {
  readonly key: string;
  readonly span: Span;
  readonly message: string;
  readonly suggestions: readonly string[];
}

/** Of one shape; its items and properties are looked at by themselves. */
export function contradictions(node: YamlNode): Contradiction[] {
  const given = new Map(node.entries.map(({ key, keySpan, value }) => [key, { keySpan, value }]));
  const shape = readShape(node);
  const found: Contradiction[] = [];
  const report = (key: string, message: string, suggestions: readonly string[] = []): void => {
    const entry = given.get(key);
    if (!entry) return;
    const { start, end } = entry.value.end > entry.value.start ? entry.value : entry.keySpan;
    found.push({ key, span: { start, end }, message, suggestions });
  };
  for (const key of ['default', 'example'] as const) {
    const [first] = misfits(given.get(key)?.value.value ?? null, shape, key);
    if (first) report(key, first.message, first.suggestions);
  }
  for (const [key, message] of slips(shape, given.get('enum')?.value.value)) report(key, message);
  return found;
}

function* slips(
  shape: Shape,
  choices: Value | undefined,
): Iterable<[key: string, message: string]> {
  const { type, min, max, pattern, items, properties } = shape;
  if (Array.isArray(choices)) {
    const odd = choices.find((one) => !isOfType(one, shape));
    if (choices.length === 0) yield ['enum', '“enum” names no value, so none would be allowed.'];
    else if (odd !== undefined) {
      yield ['enum', `“enum” has a value that is not of type ${type}: ${JSON.stringify(odd)}.`];
    }
  }
  if (min !== undefined && max !== undefined && min > max) {
    yield ['min', `“min” (${min}) is greater than “max” (${max}).`];
  }
  const counts = isTextual(shape) || ['number', 'integer', 'array'].includes(type);
  for (const key of ['min', 'max'] as const) {
    const limit = shape[key];
    if (limit === undefined) continue;
    if (!counts) yield [key, `“${key}” says nothing of a variable of type ${type}.`];
    else if (isLength(type) && (limit < 0 || !Number.isInteger(limit))) {
      yield [key, `“${key}” is a length here: a whole number from 0.`];
    }
  }
  if (pattern !== undefined && !isTextual(shape)) {
    yield ['pattern', `“pattern” is for text, not for a variable of type ${type}.`];
  } else if (pattern !== undefined && readPattern(pattern) === undefined) {
    yield ['pattern', `“pattern” is not a regular expression: ${whyNot(pattern)}`];
  }
  if (items && type !== 'array') {
    yield ['items', `“items” is for a variable of type array, not ${type}.`];
  }
  if (properties && type !== 'object') {
    yield ['properties', `“properties” is for a variable of type object, not ${type}.`];
  }
}

function isLength(type: Shape['type']): boolean {
  return type === 'string' || type === 'text' || type === 'array';
}

function whyNot(pattern: string): string {
  try {
    return String(new RegExp(pattern, 'u'));
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return `${message.replace(/^Invalid regular expression: \/.*\/u?: /s, '')}.`;
  }
}
