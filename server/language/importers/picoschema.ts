/** Dotprompt's short schemas, and JSON Schema, as variables. */
import type { Value } from '../values.ts';
import { isRecord } from '../declarations.ts';
import { type Data, list, record, text } from './source.ts';

/** Either kind of schema of an object, as a map from name to variable. */
export function variablesOf(schema: Value | undefined): Record<string, Value> {
  if (isJsonSchema(schema)) return fromJsonSchema(record(schema));
  const found: Record<string, Value> = {};
  for (const [key, value] of Object.entries(record(schema))) {
    const { name, kind, optional, description } = readKey(key);
    if (name === '(*)' || name === '') continue;
    found[name] = variable(kind, value, optional, description);
  }
  return found;
}

/** The same as JSON Schema, for answers. */
export function jsonSchemaOf(schema: Value | undefined): Value | undefined {
  if (!isRecord(schema) || isJsonSchema(schema)) return schema;
  const properties: Record<string, Value> = {};
  const required: string[] = [];
  for (const [name, said] of Object.entries(variablesOf(schema))) {
    const shape = record(said);
    if (shape['required'] !== false) required.push(name);
    properties[name] = asJsonSchema(said);
  }
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

export function isJsonSchema(schema: Value | undefined): boolean {
  const { type, properties, $ref } = record(schema);
  return $ref !== undefined || (type === 'object' && isRecord(properties));
}

function asJsonSchema(said: Value): Value {
  const shape: Data = typeof said === 'string' ? { type: said } : record(said);
  const type = shape['type'] === 'text' ? 'string' : text(shape['type']);
  const { description, items, properties } = shape;
  const members = properties === undefined ? undefined : Object.entries(record(properties));
  return {
    ...(type !== undefined && type !== 'any' && { type }),
    ...(description !== undefined && { description }),
    ...(shape['enum'] !== undefined && { enum: shape['enum'] }),
    ...(items !== undefined && { items: asJsonSchema(items) }),
    ...(members && {
      properties: Object.fromEntries(members.map(([key, value]) => [key, asJsonSchema(value)])),
    }),
  };
}

/** `name?(array, what for)` */
function readKey(key: string) {
  const found = /^([^(?]*)(\?)?(?:\(\s*(array|object|enum|\*)\s*(?:,\s*([\s\S]*))?\))?$/.exec(key);
  const [, name = key, mark, kind, description] = found ?? [];
  return { name: name.trim(), optional: mark === '?', kind, description };
}

const types: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  any: 'any',
  null: 'any',
  array: 'array',
  object: 'object',
};

function typeOf(written: string | undefined): string {
  return written !== undefined && Object.hasOwn(types, written) ? (types[written] ?? 'any') : 'any';
}

function variable(
  kind: string | undefined,
  value: Value,
  optional: boolean,
  said: string | undefined,
): Value {
  const extra = {
    ...(said !== undefined && { description: said }),
    ...(optional && { required: false }),
  };
  if (kind === 'enum') return { enum: [...list(value)].filter((one) => one !== null), ...extra };
  if (kind === 'array')
    return { type: 'array', ...extra, items: variable(undefined, value, false, undefined) };
  if (isRecord(value)) return { type: 'object', ...extra, properties: variablesOf(value) };
  const [type, ...words] = (text(value) ?? 'any').split(',');
  const description = words.join(',').trim();
  const all = { ...(description !== '' && { description }), ...extra };
  const plain = typeOf(type?.trim());
  return Object.keys(all).length === 0 ? plain : { type: plain, ...all };
}

function fromJsonSchema(schema: Data): Record<string, Value> {
  const required = list(schema['required']);
  return Object.fromEntries(
    Object.entries(record(schema['properties'])).map(([name, property]) => [
      name,
      fromProperty(record(property), required.includes(name)),
    ]),
  );
}

function fromProperty(property: Data, required: boolean): Value {
  const { description, items, properties, minimum, maximum, minLength, maxLength, pattern } =
    property;
  const type = typeOf(text(list(property['type'])[0]));
  const [min, max] = [
    minimum ?? minLength ?? property['minItems'],
    maximum ?? maxLength ?? property['maxItems'],
  ];
  const extra = {
    ...(description !== undefined && { description }),
    ...(property['default'] !== undefined && { default: property['default'] }),
    ...(!required && property['default'] === undefined && { required: false }),
    ...(property['enum'] !== undefined && { enum: property['enum'] }),
    ...(typeof min === 'number' && { min }),
    ...(typeof max === 'number' && { max }),
    ...(typeof pattern === 'string' && { pattern }),
    ...(items !== undefined && { items: fromProperty(record(items), true) }),
    ...(properties !== undefined && { properties: fromJsonSchema(property) }),
  };
  return Object.keys(extra).length === 0 ? type : { type, ...extra };
}
