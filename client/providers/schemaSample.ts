import type { Json } from '../model.ts';

/** Schemas may refer to themselves; nobody reads further than this. */
const deepest = 6;

type Schema = { readonly [key: string]: Json };

/**
 * The simplest value that a JSON Schema describes: examples, defaults and constants where it has them, else a value
 * of its type. Covers what prompts use (types, enums, objects, arrays, first alternative, local references).
 */
export function sampleOf(schema: Json, text: string): Json {
  return sample(schema, { root: schema, text, depth: 0 });
}

interface Place {
  readonly root: Json;
  /** Goes into strings that are free to be anything. */
  readonly text: string;
  readonly depth: number;
}

function sample(schema: Json | undefined, place: Place): Json {
  if (!isSchema(schema) || place.depth > deepest) return null;
  const deeper = { ...place, depth: place.depth + 1 };
  if (typeof schema['$ref'] === 'string')
    return sample(resolve(schema['$ref'], place.root), deeper);
  const given = [
    schema['const'],
    schema['default'],
    first(schema['examples']),
    first(schema['enum']),
  ].find((value) => value !== undefined);
  if (given !== undefined) return given;
  const alternative = first(schema['anyOf']) ?? first(schema['oneOf']) ?? first(schema['allOf']);
  if (alternative !== undefined)
    return sample(
      { ...schema, ...(isSchema(alternative) ? alternative : {}), anyOf: [], oneOf: [], allOf: [] },
      deeper,
    );
  return sampleOfType(schema, deeper);
}

function sampleOfType(schema: Schema, place: Place): Json {
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type ?? (isSchema(schema['properties']) ? 'object' : 'string')) {
    case 'object':
      return sampleObject(schema, place);
    case 'array': {
      const length = Math.min(Math.max(1, number(schema['minItems'], 1)), 20);
      return Array.from({ length }, () => sample(schema['items'], place));
    }
    case 'number':
    case 'integer':
      return number(schema['minimum'], Math.min(1, number(schema['maximum'], 1)));
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return place.text.slice(0, number(schema['maxLength'], place.text.length));
  }
}

function sampleObject(schema: Schema, place: Place): Json {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, sample(property, place)]),
  );
}

function resolve(reference: string, root: Json): Json | undefined {
  const path = reference.split('/').slice(1);
  return path.reduce<Json | undefined>(
    (at, part) => (isSchema(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    root,
  );
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : undefined;
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
