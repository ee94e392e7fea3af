/** Prompty: front matter with `model` and `inputs` or `sample`; Jinja under `system:` and `user:` lines. */
import type { Value } from '../values.ts';
import { isRecord } from '../declarations.ts';
import type { Loss, Piece } from './draft.ts';
import { finish } from './draft.ts';
import { readJinja } from './jinja.ts';
import { modelOf, parameters } from './modelSettings.ts';
import { conversation, roleOf } from './roles.ts';
import type { Data, Importer, SourceFile } from './source.ts';
import { leftOver, list, record, slugFor, split, stem, text } from './source.ts';

const known = [
  'name',
  'description',
  'tags',
  'model',
  'inputs',
  'inputSchema',
  'sample',
  'template',
  '$schema',
];

export const prompty: Importer = {
  tool: 'Prompty',
  fits({ fileName, text: source }) {
    const { head, body } = split(source);
    const model = record(head['model']);
    return (
      /\.prompty$/i.test(fileName) ||
      model['api'] !== undefined ||
      model['configuration'] !== undefined ||
      (head['inputs'] !== undefined && /^(?:system|user|assistant):[ \t]*$/m.test(body))
    );
  },
  read: (source) => [finish(draft(source))],
};

function draft({ fileName, text: source }: SourceFile) {
  const { head, body, line } = split(source);
  const read = readJinja(body, line);
  const settings = modelSettings(head['model'], source);
  const name = text(head['name']) ?? stem(fileName);
  const sample = isRecord(head['sample']) ? head['sample'] : undefined;
  const samples = { ...examples(head['inputs']), ...sample };
  const lost: Loss[] =
    head['sample'] === undefined || sample
      ? []
      : [{ key: 'sample', reason: 'It is kept in another file.' }];
  return {
    name: slugFor(stem(fileName)),
    head: {
      name,
      description: head['description'],
      tags: head['tags'],
      ...settings.head,
      variables: variables({ ...record(head['inputSchema']), ...record(head['inputs']) }, sample),
      samples: Object.keys(samples).length > 0 ? { sample: samples } : undefined,
    },
    body: conversation(turns(read.body, line)),
    losses: [...leftOver(head, known, source), ...lost, ...settings.losses, ...read.losses],
  };
}

function modelSettings(given: Value | undefined, source: string) {
  if (typeof given === 'string') return { head: modelOf(given), losses: [] };
  const model = record(given);
  const configuration = record(model['configuration']);
  const { response_format: format, ...sampling } = {
    ...record(model['parameters']),
    ...record(model['options']),
  };
  const made = parameters(sampling, source);
  const id = ['azure_deployment', 'name', 'model', 'deployment'].map((key) =>
    text(configuration[key]),
  );
  const json = ['json_object', 'json_schema'].includes(text(record(format)['type']) ?? '');
  const kept = ['type', 'azure_deployment', 'name', 'model', 'deployment'];
  const type = text(configuration['type']);
  const losses: Loss[] = [
    ...leftOver(
      model,
      ['api', 'configuration', 'parameters', 'options', 'id', 'provider'],
      source,
      'model.',
    ),
    ...leftOver(configuration, kept, source, 'model.configuration.').map((one) => ({
      ...one,
      reason: 'Keys and addresses are kept with a credential, not in the prompt.',
    })),
    ...made.losses,
  ];
  if (type !== undefined && type !== 'openai') {
    losses.push({
      key: 'model.configuration.type',
      reason: `Choose who stands for “${type}” with Select Provider.`,
    });
  }
  const head = {
    ...(json && { format: 'json' }),
    ...modelOf(text(model['id']) ?? id.find((one) => one !== undefined)),
    ...((type === 'openai' || model['provider'] === 'openai') && { provider: 'openai' }),
    ...made.head,
  };
  return { head, losses };
}

const types: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  float: 'number',
  integer: 'integer',
  boolean: 'boolean',
  array: 'array',
  list: 'array',
  object: 'object',
  dict: 'object',
};

/** `inputs` names a type, a value to begin with, or says it in a map; newer files have a list of such maps. */
function variables(inputs: Data, sample: Data | undefined): Record<string, Value> {
  const listed = list(inputs['properties']).map(record);
  const given = listed.some(({ name }) => typeof name === 'string')
    ? Object.fromEntries(listed.map((one) => [text(one['name']) ?? '', { ...one }]))
    : inputs;
  const found = Object.fromEntries(
    Object.entries(given).map(([name, said]) => [name, variable(said)]),
  );
  for (const [name, value] of Object.entries(sample ?? {})) found[name] ??= typeOfValue(value);
  return found;
}

function variable(said: Value): Value {
  if (typeof said === 'string' && Object.hasOwn(types, said)) return types[said] ?? 'string';
  if (!isRecord(said)) return { type: typeOfValue(said), default: said };
  const type = text(said['type'] ?? said['kind']) ?? '';
  const { description, default: preset, required } = said;
  return {
    type: Object.hasOwn(types, type) ? (types[type] ?? 'any') : 'any',
    ...(description !== undefined && { description }),
    ...(preset !== undefined && { default: preset }),
    ...(required === false && { required }),
  };
}

function examples(inputs: Value | undefined): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const [name, said] of Object.entries(record(inputs))) {
    const { sample, example } = record(said);
    const value = sample ?? example;
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function typeOfValue(value: Value): string {
  if (Array.isArray(value)) return 'array';
  if (isRecord(value)) return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

/** A line that is nothing but a role and a colon begins a message. */
function turns(body: readonly Piece[], line: number) {
  const found: { role: string; body: Piece[]; line: number }[] = [{ role: '', body: [], line }];
  for (const piece of body) {
    if (typeof piece !== 'string') {
      found.at(-1)?.body.push(piece);
      continue;
    }
    const parts = piece.split(/^[ \t]*#?[ \t]*(system|user|assistant|developer):[ \t]*\r?$/im);
    parts.forEach((part, at) => {
      if (at % 2 === 0) found.at(-1)?.body.push(part);
      else found.push({ role: roleOf(part) ?? 'user', body: [], line });
    });
  }
  return found;
}
