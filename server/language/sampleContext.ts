/** Makes values for a template that nobody has to think about: for previews, samples and quick fixes. */
import type { Library } from './links.ts';
import { needsOf } from './needs.ts';
import { textMatching } from './patternSample.ts';
import { nounOf, numberFor, soundsLikeYesNo, textFor } from './sampleNames.ts';
import type { Template } from './template.ts';
import { usageOf } from './usage.ts';
import type { Usage } from './usage.ts';
import { fits, isTextual } from './valueCheck.ts';
import type { Context, Shape, Value } from './values.ts';

/** A value for each variable that the template and its partials use or declare. The same each time. */
export function sampleContext(template: Template, library: Library): Context {
  const usage = usageOf(template, library);
  return Object.fromEntries(
    needsOf(template, library).map(({ name, shape }) => {
      const used = usage.members.get(name);
      return [name, sampleValue(name, shape ?? used?.shape, used)];
    }),
  );
}

/** Deeper ones are left empty. */
const deepest = 12;

/** @param used what the template asks of the value, where the declaration leaves that open */
function sampleValue(name: string, shape?: Shape, used?: Usage, depth = 0): Value {
  if (!shape || shape.type === 'any') {
    const said = shape && saidValue(shape);
    return said ?? (depth > deepest ? '' : usedValue(name, shape, used, depth));
  }
  return saidValue(shape) ?? madeValue(name, shape, used, depth);
}

/** What the author says a value may be. */
function saidValue(shape: Shape): Value | undefined {
  const said = [shape.example, shape.default, ...(shape.enum ?? [])];
  return said.find((value) => value !== undefined && value !== null && fits(value, shape));
}

function madeValue(name: string, shape: Shape, used: Usage | undefined, depth: number): Value {
  switch (shape.type) {
    case 'any':
    case 'string':
    case 'text':
      return textValue(name, shape);
    case 'number':
    case 'integer':
      return numberValue(name, shape);
    case 'boolean':
      return true;
    case 'array':
      return depth > deepest ? [] : listValue(name, shape, used, depth);
    case 'object':
      return depth > deepest ? {} : mapValue(shape, used, depth);
  }
}

/** By the use that is made of it. */
function usedValue(
  name: string,
  shape: Shape | undefined,
  used: Usage | undefined,
  depth: number,
): Value {
  if (used?.items || used?.hint === 'array') return listValue(name, shape, used, depth);
  if (used && used.members.size > 0) return mapValue(shape, used, depth);
  if (used?.hint === 'object') return {};
  if (used?.hint === 'number' || used?.hint === 'integer') return numberFor(name);
  if (soundsLikeYesNo(name) || (used?.hint === 'boolean' && !shape)) return true;
  return textValue(name, shape ?? { type: 'any', required: true });
}

function textValue(name: string, shape: Shape): string {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = shape;
  const plain = textFor(name);
  if (isTextual(shape) && fits(plain, shape)) return plain;
  if (pattern !== undefined) return textMatching(pattern, min) ?? plain;
  return plain.padEnd(min, plain).slice(0, Math.max(0, max));
}

function numberValue(name: string, { min, max, type }: Shape): number {
  const wished = numberFor(name);
  const least = min === undefined ? wished : type === 'integer' ? Math.ceil(min) : min;
  const most =
    max === undefined ? Math.max(wished, least) : type === 'integer' ? Math.floor(max) : max;
  return Math.min(
    most,
    Math.max(least, wished, min === undefined ? Number.NEGATIVE_INFINITY : least),
  );
}

function listValue(
  name: string,
  shape: Shape | undefined,
  used: Usage | undefined,
  depth: number,
): Value[] {
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape ?? {};
  const length = Math.max(0, Math.min(Math.max(2, min), Math.max(max, 0), 100));
  const one = nounOf(name);
  return Array.from({ length: Math.ceil(Math.min(length, max)) }, (_, at) =>
    sampleValue(`${one}_${at + 1}`, shape?.items ?? used?.items?.shape, used?.items, depth + 1),
  );
}

function mapValue(shape: Shape | undefined, used: Usage | undefined, depth: number): Value {
  const declared = new Map((shape?.properties ?? []).map((one) => [one.name, one]));
  const open = !shape?.properties;
  const names = new Set([...declared.keys(), ...(open ? (used?.members.keys() ?? []) : [])]);
  return Object.fromEntries(
    [...names].map((name) => {
      const member = used?.members.get(name);
      return [name, sampleValue(name, declared.get(name) ?? member?.shape, member, depth + 1)];
    }),
  );
}
