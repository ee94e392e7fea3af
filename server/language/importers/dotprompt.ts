/** Dotprompt (Genkit): front matter with `model`, `config`, `input`, `output`; Handlebars with roles. */
import type { Value } from '../values.ts';
import type { Loss } from './draft.ts';
import { finish } from './draft.ts';
import { readHandlebars } from './handlebars.ts';
import { modelOf, parameters } from './modelSettings.ts';
import { isJsonSchema, jsonSchemaOf, variablesOf } from './picoschema.ts';
import { conversation } from './roles.ts';
import type { Data, Importer, SourceFile } from './source.ts';
import { leftOver, record, slugFor, split, stem, text, titleFor } from './source.ts';

const known = ['model', 'config', 'input', 'output', 'name', 'description'];

export const dotprompt: Importer = {
  tool: 'Dotprompt',
  fits({ text: source }) {
    const { head, body } = split(source);
    return (
      record(head['input'])['schema'] !== undefined ||
      record(head['input'])['default'] !== undefined ||
      record(head['output'])['schema'] !== undefined ||
      /\{\{\s*(?:role\s+["']|history\s*\}\}|media\s+url=)/.test(body)
    );
  },
  read: (source) => [finish(draft(source))],
};

function draft({ fileName, text: source }: SourceFile) {
  const { head, body, line } = split(source);
  const { turns, losses } = readHandlebars(body, line);
  const config = parameters(record(head['config']), source);
  const output = record(head['output']);
  const name = text(head['name']) ?? stem(fileName);
  const schema = jsonSchemaOf(output['schema']);
  return {
    name: slugFor(name),
    head: {
      name: titleFor(name),
      description: head['description'],
      ...(output['format'] === 'json' || schema !== undefined ? { format: 'json', schema } : {}),
      ...modelOf(text(head['model'])),
      ...config.head,
      variables: variables(record(head['input'])),
    },
    body: conversation(turns),
    losses: [
      ...leftOver(head, known, source),
      ...config.losses,
      ...named(output, source),
      ...losses,
    ],
  };
}

/** The schema's, with the defaults given beside it. */
function variables(input: Data): Record<string, Value> {
  const found = variablesOf(input['schema']);
  for (const [name, value] of Object.entries(record(input['default']))) {
    const shape = found[name];
    const type = typeof shape === 'string' ? { type: shape } : record(shape);
    const { required: _required, ...rest } = type;
    found[name] = { ...rest, default: value };
  }
  return found;
}

function named(output: Data, source: string): Loss[] {
  const { schema } = output;
  if (typeof schema === 'string' && !isJsonSchema(schema)) {
    return [{ key: 'output.schema', reason: `The schema “${schema}” is kept elsewhere.` }];
  }
  const others = leftOver(output, ['format', 'schema'], source, 'output.');
  return output['format'] === undefined || ['json', 'text'].includes(String(text(output['format'])))
    ? others
    : [...others, { key: 'output.format', reason: 'Only text and json are taken over.' }];
}
