/** The OpenAI adapter as source and as the bundle that ships: minification renames every class. */
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as source from '../../client/providers/openai.ts';
import { root } from './paths.ts';

export type Adapter = Pick<typeof source, 'createOpenAi'>;

export const adapters: readonly { readonly name: string; readonly load: () => Promise<Adapter> }[] =
  [
    { name: 'source', load: async () => source },
    { name: 'minified bundle', load: minified },
  ];

async function minified(): Promise<Adapter> {
  const directory = await mkdtemp(join(tmpdir(), 'prompt-workbench-bundle-'));
  try {
    const outfile = join(directory, 'openai.cjs');
    await build({
      entryPoints: [join(root, 'client/providers/openai.ts')],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    return createRequire(import.meta.url)(outfile) as Adapter;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
