/** Our adapters as source and as the bundles that ship: minification renames every class. */
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdapterOptions } from '../../client/providers/adapter.ts';
import * as anthropic from '../../client/providers/anthropic/anthropic.ts';
import * as cohere from '../../client/providers/cohere/cohere.ts';
import * as openai from '../../client/providers/openai/openai.ts';
import type { Provider } from '../../client/providers/provider.ts';
import { root } from './paths.ts';

const sources = { anthropic, cohere, openai };
export type Sdk = keyof typeof sources;
type Source = (typeof sources)[Sdk];

/** Makes the adapter of one SDK. `own`: the server counts as OpenAI's own. */
export type Make = (options: AdapterOptions & { readonly own?: boolean }) => Provider;

export const forms = ['source', 'minified bundle'] as const;
export type Form = (typeof forms)[number];

export async function maker(sdk: Sdk, form: Form): Promise<Make> {
  const source = form === 'source' ? sources[sdk] : await minified(sdk);
  return ({ own = false, ...options }) => {
    if ('createAnthropic' in source) return source.createAnthropic(options);
    if ('createCohere' in source) return source.createCohere(options);
    return source.createOpenAi({ ...options, isOpenAi: () => own });
  };
}

const bundles = new Map<Sdk, Promise<Source>>();

function minified(sdk: Sdk): Promise<Source> {
  const known = bundles.get(sdk) ?? bundle(sdk);
  bundles.set(sdk, known);
  return known;
}

async function bundle(sdk: Sdk): Promise<Source> {
  const directory = await mkdtemp(join(tmpdir(), 'prompt-workbench-bundle-'));
  try {
    const outfile = join(directory, `${sdk}.cjs`);
    await build({
      entryPoints: [join(root, `client/providers/${sdk}/${sdk}.ts`)],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    return createRequire(import.meta.url)(outfile) as Source;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
