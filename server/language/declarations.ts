/** Reads `variables`, `samples` and `tests`: what a template is given. Leaves out what makes no sense. */
import type { Span } from './nodes.ts';
import type { Declaration, Sample, SampleUse, Shape, Value, VariableType } from './values.ts';
import { typeChoices } from './variableKeys.ts';
import type { YamlEntry, YamlNode } from './yamlTree.ts';

const types: ReadonlySet<string> = new Set(typeChoices.map(({ value }) => String(value)));

export function isVariableType(value: Value | undefined): value is VariableType {
  return typeof value === 'string' && types.has(value);
}

/** `variables` or `properties`: a map from name to a shape. */
export function readDeclarations(node: YamlNode | undefined): Declaration[] {
  return (node?.entries ?? []).map((entry) => ({
    ...readShape(entry.value),
    name: entry.key,
    nameSpan: entry.keySpan,
    span: spanOf(entry),
  }));
}

function spanOf({ keySpan, value }: YamlEntry): Span {
  return { start: keySpan.start, end: Math.max(keySpan.end, value.end) };
}

/** What is said of one variable, of the items of one, or of a property. */
export function readShape(node: YamlNode): Shape {
  if (node.kind !== 'map') {
    return { type: isVariableType(node.value) ? node.value : 'string', required: true };
  }
  const given = new Map(node.entries.map(({ key, value }) => [key, value]));
  const defaultValue = given.get('default')?.value;
  const items = given.get('items');
  const properties = given.get('properties');
  return {
    type: typeOf(given),
    description: text(given.get('description')),
    default: defaultValue ?? undefined,
    example: given.get('example')?.value ?? undefined,
    enum: list(given.get('enum')),
    required: flag(given.get('required')) ?? defaultValue === undefined,
    sensitive: flag(given.get('sensitive')),
    min: number(given.get('min')),
    max: number(given.get('max')),
    pattern: text(given.get('pattern')),
    from: text(given.get('from')),
    items: items && readShape(items),
    properties: properties && readDeclarations(properties),
  };
}

/** The type given, or the one the other keys let guess. */
function typeOf(given: ReadonlyMap<string, YamlNode>): VariableType {
  const type = given.get('type')?.value;
  if (isVariableType(type)) return type;
  if (given.has('properties')) return 'object';
  if (given.has('items')) return 'array';
  const example = given.get('default')?.value ?? given.get('enum')?.items[0]?.value;
  return example === undefined || example === null ? 'string' : typeOfValue(example);
}

/** The type that a value has by itself. */
function typeOfValue(value: Value): VariableType {
  if (value === null) return 'any';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return value.includes('\n') ? 'text' : 'string';
  return 'object';
}

/** `samples`, then `tests` with the values of their own and the sample they name. */
export function readSamples(samples: YamlNode | undefined, tests: YamlNode | undefined): Sample[] {
  const named = (samples?.entries ?? [])
    .filter(({ value }) => value.kind === 'map' || value.value === null)
    .map((entry) => sample(entry.key, entry.keySpan, entry.value));
  const own = (tests?.items ?? []).flatMap((test) => {
    const entry = (wanted: string) => test.entries.find(({ key }) => key === wanted);
    const values = entry('values');
    const used = entry('sample');
    const name = text(entry('name')?.value) ?? 'test';
    const baseName = text(used?.value);
    const base =
      used && baseName !== undefined
        ? { name: baseName, span: spanOfValue(used.value) }
        : undefined;
    if (values?.value.kind === 'map') {
      return [{ ...sample(name, values.keySpan, values.value), test: true, base }];
    }
    return used && base
      ? [{ ...sample(name, used.keySpan, nothingAt(used)), test: true, base }]
      : [];
  });
  return [...named, ...own];
}

/** `tests[].sample` */
export function readSampleUses(tests: YamlNode | undefined): SampleUse[] {
  return (tests?.items ?? []).flatMap(({ entries }) => {
    const value = entries.find(({ key }) => key === 'sample')?.value;
    const name = text(value);
    return value === undefined || name === undefined
      ? []
      : [{ name, span: { start: value.start, end: value.end } }];
  });
}

function spanOfValue({ start, end }: YamlNode): Span {
  return { start, end };
}

/** No values: only those of the sample a test names. */
function nothingAt({ value: { end } }: YamlEntry): YamlNode {
  return { start: end, end, kind: 'map', value: {}, entries: [], items: [] };
}

function sample(name: string, nameSpan: Span, node: YamlNode): Sample {
  const keys = new Map(node.entries.map(({ key, keySpan }) => [key, keySpan]));
  const values = isRecord(node.value) ? node.value : {};
  const span = { start: nameSpan.start, end: Math.max(nameSpan.end, node.end) };
  return { name, nameSpan, span, values, keys, node, test: false };
}

export function isRecord(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(node: YamlNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}

function number(node: YamlNode | undefined): number | undefined {
  return typeof node?.value === 'number' ? node.value : undefined;
}

function flag(node: YamlNode | undefined): boolean | undefined {
  return typeof node?.value === 'boolean' ? node.value : undefined;
}

function list(node: YamlNode | undefined): readonly Value[] | undefined {
  return Array.isArray(node?.value) ? node.value : undefined;
}
