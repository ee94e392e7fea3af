/**
 * The keys of the front matter: the one table that completion, validation and hover read. A key's `description` is
 * what hover shows, in Markdown.
 */
import { choices, yesNo } from './schemaTypes.ts';
import type { Choice, KeySchema } from './schemaTypes.ts';
import { variableKeys } from './variableKeys.ts';

export type { Choice, KeySchema, ValueKind } from './schemaTypes.ts';
export { typeChoices } from './variableKeys.ts';

export const slugPattern = /^[a-z0-9]+(?:[_-][a-z0-9]+)*$/;
const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

const formatChoices: readonly Choice[] = choices({
  text: 'plain text',
  markdown: 'Markdown',
  json: 'JSON, checked against `schema` when there is one',
  html: 'HTML, shown in a locked frame',
  yaml: 'YAML',
  xml: 'XML',
});

const testKeys: readonly KeySchema[] = [
  { key: 'name', kinds: ['string'], description: 'The name of the test.' },
  { key: 'sample', kinds: ['string'], description: 'The sample whose values the test uses.' },
  { key: 'values', kinds: ['map'], description: 'Values by variable name.' },
  { key: 'expect', kinds: ['list'], description: 'What must hold for the output.' },
];

export const keys: readonly KeySchema[] = [
  {
    key: 'name',
    kinds: ['string'],
    required: true,
    description: 'The name people see in lists, menus and history.',
    snippet: ' $1',
  },
  {
    key: 'slug',
    kinds: ['string'],
    pattern: {
      matches: slugPattern,
      says: 'lower-case letters and digits, with single - or _ between them',
    },
    description:
      'The name programs and partials use. Unique in the workspace folder. Default: the file name.',
  },
  { key: 'description', kinds: ['string'], description: 'What the prompt is for.' },
  {
    key: 'tags',
    kinds: ['list'],
    items: ['string'],
    description: 'Words to group and filter templates by.',
    snippet: ' [$1]',
  },
  {
    key: 'active',
    kinds: ['boolean'],
    choices: yesNo,
    description: 'Whether the template is in use. Default: yes. Inactive ones are dimmed.',
  },
  {
    key: 'version',
    kinds: ['string'],
    pattern: { matches: semver, says: 'a semantic version such as 1.2.0' },
    description: 'The published version. Written by Publish; do not edit it by hand.',
  },
  {
    key: 'status',
    kinds: ['string'],
    choices: choices({
      draft: 'being written',
      preview: 'rendered without errors since the last edit',
      published: 'in use',
    }),
    description: 'Where the template stands. Written by Publish; do not edit it by hand.',
  },
  {
    key: 'format',
    kinds: ['string'],
    choices: [...formatChoices, { value: 'html_partial', description: 'same as html' }],
    description: 'What the model answers with; decides how an output is shown. Default: `text`.',
  },
  {
    key: 'output_format',
    aliasOf: 'format',
    kinds: ['string'],
    choices: [...formatChoices, { value: 'html_partial', description: 'same as html' }],
    description: 'Same as `format`.',
  },
  {
    key: 'schema',
    kinds: ['map'],
    description: 'A JSON Schema the answer must follow. Only with `format: json`.',
    snippet: '\n  type: object\n  properties:\n    $1',
  },
  {
    key: 'provider',
    kinds: ['string'],
    description:
      'Who answers: `openai`, `anthropic`, `cohere`, `openai-compatible` (a server of your own) or `echo` (offline). Default: the first one set up.',
  },
  {
    key: 'model',
    kinds: ['string'],
    description: 'The id of the model, as the provider lists it.',
  },
  {
    key: 'credential',
    kinds: ['string'],
    description: 'The name of the credential to use. Default: the best one for the provider.',
  },
  {
    key: 'fallback',
    kinds: ['list'],
    description: 'Providers or credentials to try, in order, when the first cannot answer.',
    snippet: ' [$1]',
  },
  {
    key: 'priority',
    kinds: ['string'],
    choices: choices({
      high: 'before all others',
      default: 'in turn',
      low: 'when nothing else waits',
    }),
    description: 'The place in the queue. Default: `default`.',
  },
  {
    key: 'temperature',
    kinds: ['number'],
    min: 0,
    max: 2,
    description: 'How much chance plays a part: 0 (least) to 2. Default: the model’s own.',
  },
  { key: 'max_tokens', kinds: ['integer'], min: 1, description: 'The longest answer, in tokens.' },
  {
    key: 'top_p',
    kinds: ['number'],
    min: 0,
    max: 1,
    description: 'Only tokens that together make up this share of probability: 0 to 1.',
  },
  {
    key: 'top_k',
    kinds: ['integer'],
    min: 1,
    description: 'Only this many of the likeliest tokens.',
  },
  {
    key: 'stop',
    kinds: ['string', 'list'],
    items: ['string'],
    description: 'Text, or a list of texts, at which the answer ends.',
  },
  {
    key: 'system',
    kinds: ['string'],
    description: 'A system message before all others. It is plain text: tags are not filled in.',
    snippet: ' |\n  $1',
  },
  {
    key: 'variables',
    kinds: ['map'],
    named: variableKeys,
    description:
      'The variables of the template: a map from name to a type name, or to `type`, `description`, `default` and more.',
    snippet: '\n  ${1:name}: ${2|string,text,number,integer,boolean,array,object,any|}',
  },
  {
    key: 'samples',
    kinds: ['map'],
    description: 'Named sets of values for preview, runs and tests: a map from name to values.',
    snippet: '\n  ${1:example}:\n    $2',
  },
  {
    key: 'tests',
    kinds: ['list'],
    keys: testKeys,
    description: 'Checks of the output: a list of `name`, `sample` or `values`, and `expect`.',
    snippet: '\n  - name: $1\n    expect:\n      - $2',
  },
  {
    key: 'syntax',
    kinds: ['string'],
    choices: choices({ angle: '`<<name>>` (default)', mustache: '`{{name}}`' }),
    description: 'How tags are written in this file. Default: `angle`.',
  },
  {
    key: 'missing',
    kinds: ['string'],
    choices: choices({
      error: 'ask for it before a run, mark it in a preview (default)',
      empty: 'nothing takes its place',
      keep: 'the tag stays as it is written',
    }),
    description: 'What happens when a required value is not given.',
  },
];

/** The schema of a top-level key, its own name or another spelling; `undefined` for keys we do not know. */
export function keySchema(key: string): KeySchema | undefined {
  return keys.find((schema) => schema.key === key);
}

/**
 * The keys allowed in the map at a path of keys (numbers for list items): `[]` is the top, `['variables', 'name']`
 * one variable. `undefined`: anything goes there.
 */
export function keysAt(path: readonly (string | number)[]): readonly KeySchema[] | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return keys;
  const schema = keySchema(String(first));
  if (schema?.named && rest.length > 0) return shapeKeysAt(rest.slice(1));
  if (schema?.keys && rest.length === 1) return schema.keys;
  return undefined;
}

/** Inside one variable: `items` and the members of `properties` have a variable's keys again. */
function shapeKeysAt(path: readonly (string | number)[]): readonly KeySchema[] | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return variableKeys;
  if (first === 'items') return shapeKeysAt(rest);
  if (first === 'properties' && rest.length > 0) return shapeKeysAt(rest.slice(1));
  return undefined;
}

/** The schema of the key a path ends with. */
export function schemaAt(path: readonly (string | number)[]): KeySchema | undefined {
  return keysAt(path.slice(0, -1))?.find((schema) => schema.key === path.at(-1));
}
