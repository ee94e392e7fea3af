/**
 * `npm run models -- [FILE | URL]`: writes client/providers/modelTable.json anew from the open database models.dev
 * (MIT licence), by default from https://models.dev/api.json. Keeps what this product needs of the vendors it knows.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';

interface Listed {
  readonly id: string;
  readonly name?: string;
  readonly temperature?: boolean;
  readonly structured_output?: boolean;
  readonly reasoning?: boolean;
  readonly last_updated?: string;
  readonly limit?: { readonly context?: number; readonly input?: number; readonly output?: number };
  readonly cost?: {
    readonly input?: number;
    readonly output?: number;
    readonly cache_read?: number;
    readonly cache_write?: number;
    readonly tiers?: readonly { readonly tier?: { readonly size?: number } }[];
  };
  readonly modalities?: { readonly output?: readonly string[] };
}
type Database = Readonly<Record<string, { readonly models?: Readonly<Record<string, Listed>> }>>;

const vendors = ['openai', 'anthropic', 'cohere'];

async function read(from: string): Promise<Database> {
  if (!/^https?:/.test(from)) return JSON.parse(await readFile(from, 'utf8')) as Database;
  const response = await fetch(from);
  if (!response.ok) throw new Error(`${from} answered ${response.status}.`);
  return (await response.json()) as Database;
}

/** Of models that write text; JSON leaves out what is not known. */
function factsOf({ cost, id, limit, name, ...model }: Listed): object | undefined {
  const writes = model.modalities?.output?.includes('text') ?? false;
  if (!writes || limit?.context === undefined || limit.context === 0) return undefined;
  const priced = cost?.input !== undefined && cost.output !== undefined;
  return {
    id,
    name,
    context: limit.context,
    input: limit.input,
    output: limit.output,
    temperature: model.temperature,
    structured: model.structured_output,
    reasoning: model.reasoning,
    price: priced
      ? {
          input: cost.input,
          output: cost.output,
          cacheRead: cost.cache_read,
          cacheWrite: cost.cache_write,
          upTo: cost.tiers?.[0]?.tier?.size,
        }
      : undefined,
  };
}

const [from = 'https://models.dev/api.json'] = process.argv.slice(2);
const database = await read(from);
const models = Object.fromEntries(
  vendors.map((vendor) => [
    vendor,
    Object.values(database[vendor]?.models ?? {})
      .map(factsOf)
      .filter((facts) => facts !== undefined),
  ]),
);
const updated = vendors
  .flatMap((vendor) => Object.values(database[vendor]?.models ?? {}))
  .map(({ last_updated: date = '' }) => date)
  .sort();
const table = {
  source: 'https://models.dev',
  licence: 'MIT, Copyright (c) 2025 models.dev',
  /** Of the newest entry: what came out later is not in here. */
  date: updated.at(-1),
  models,
};
const file = join(root, 'client/providers/modelTable.json');
await writeFile(file, `${JSON.stringify(table, undefined, 2)}\n`);
console.log(`${file}: ${Object.values(models).flat().length} models, as of ${table.date}`);
