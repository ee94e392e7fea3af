/** The settings of a template: what the front matter says besides its variables, normalised. */
import { slugPattern } from './schema.ts';
import type { Value } from './values.ts';
import type { YamlNode } from './yamlTree.ts';

type OutputFormat = 'text' | 'markdown' | 'json' | 'html' | 'yaml' | 'xml';

/** Normalised: aliases resolved, values of a wrong type left out, defaults applied. */
export interface Settings {
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly active: boolean;
  readonly format: OutputFormat;
  readonly schema?: Value;
  readonly provider?: string;
  readonly model?: string;
  readonly credential?: string;
  readonly priority: 'high' | 'default' | 'low';
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly system?: string;
  readonly syntax: 'angle' | 'mustache';
  readonly missing: 'error' | 'empty' | 'keep';
}

const formats: readonly OutputFormat[] = ['text', 'markdown', 'json', 'html', 'yaml', 'xml'];

export function readSettings(root: YamlNode): Settings {
  const given = new Map(root.entries.map(({ key, value }) => [key, value.value]));
  const text = (key: string) => textOf(given.get(key));
  const number = (key: string) => numberOf(given.get(key));
  const slug = text('slug');
  return {
    name: text('name'),
    slug: slug !== undefined && slugPattern.test(slug) ? slug : undefined,
    description: text('description'),
    tags: texts(given.get('tags')) ?? [],
    active: given.get('active') !== false,
    format: formatOf(text('format') ?? text('output_format')),
    schema: given.get('schema') ?? undefined,
    provider: text('provider'),
    model: text('model'),
    credential: text('credential'),
    priority: oneOf(text('priority'), ['high', 'default', 'low']) ?? 'default',
    temperature: number('temperature'),
    maxTokens: number('max_tokens'),
    topP: number('top_p'),
    topK: number('top_k'),
    stop: texts(given.get('stop')),
    system: text('system'),
    syntax: oneOf(text('syntax'), ['angle', 'mustache']) ?? 'angle',
    missing: oneOf(text('missing'), ['error', 'empty', 'keep']) ?? 'error',
  };
}

/** The settings of a file without front matter. */
export const noSettings: Settings = {
  tags: [],
  active: true,
  format: 'text',
  priority: 'default',
  syntax: 'angle',
  missing: 'error',
};

function formatOf(written: string | undefined): OutputFormat {
  return oneOf(written === 'html_partial' ? 'html' : written, formats) ?? 'text';
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}

/** Numbers and booleans count as text where text is wanted: `name: 2024`. */
function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function texts(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((one) => textOf(one) ?? []);
}
