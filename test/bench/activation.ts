import { readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ActivationTimes } from '../integration/activationTimes.ts';
import { onServer } from '../support/extensionHost.ts';
import { pack } from '../support/package.ts';
import { results, root } from '../support/paths.ts';
import { vscodeExtensions } from '../support/vscodeServer.ts';
import type { BenchRow } from './row.ts';

type Sample = Readonly<Record<string, ActivationTimes>>;

/** VS Code's JSON extension is active before anything else and cannot be measured. Each in a fresh extension host; the order goes round, so that no language is always the first. */
const rounds = ['prompt,css,markdown', 'css,markdown,prompt', 'markdown,prompt,css'];
const repeats = 3;

async function sample(languages: string): Promise<Sample> {
  const file = join(results, 'activation.json');
  await rm(file, { force: true });
  await onServer({
    entry: join(root, 'dist/test/activationTimes.cjs'),
    env: { PROMPT_WORKBENCH_LANGUAGES: languages, PROMPT_WORKBENCH_TIMES: file },
    say: () => undefined,
  });
  return JSON.parse(await readFile(file, 'utf8')) as Sample;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function timeRow(samples: readonly Sample[], what: keyof ActivationTimes, peer: string): BenchRow {
  const of = (name: string) => median(samples.map((times) => times[name]![what]));
  const name = what === 'activate' ? 'activate' : 'activate + first completion';
  const [ours, theirs] = [of('prompt'), of(peer)];
  return {
    bench: 'activation',
    case: `${name} vs ${peer}`,
    ours,
    peer: theirs,
    unit: 'ms',
    ratio: ours / theirs,
  };
}

async function kilobytes(path: string): Promise<number> {
  return (await stat(path)).size / 1000;
}

/** Sizes of what is loaded on activation, and of the rest, beside VS Code's JSON extension. */
async function sizeRows(): Promise<BenchRow[]> {
  const json = join(vscodeExtensions, 'json-language-features');
  const pairs: [string, string, string | undefined][] = [
    ['extension.cjs', 'dist/extension.cjs', join(json, 'client/dist/node/jsonClientMain.js')],
    ['server.cjs', 'dist/server.cjs', join(json, 'server/dist/node/jsonServerMain.js')],
    ['folder.cjs', 'dist/folder.cjs', undefined],
    ['openai.cjs', 'dist/openai.cjs', undefined],
    ['outputs.js', 'dist/outputs.js', undefined],
    ['preview.js', 'dist/preview.js', undefined],
    ['runForm.js', 'dist/runForm.js', undefined],
    ['the .vsix', await pack(), undefined],
  ];
  return Promise.all(
    pairs.map(async ([name, own, other]) => {
      const ours = await kilobytes(resolve(root, own));
      const peer = other && (await kilobytes(other));
      return {
        bench: 'activation',
        case: `size of ${name}`,
        ours,
        peer: peer || undefined,
        unit: 'kB',
        ratio: peer ? ours / peer : undefined,
      };
    }),
  );
}

/** Activation in a real extension host against VS Code's CSS and Markdown extensions, and the bundles' sizes. */
export async function bench(): Promise<BenchRow[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < repeats * rounds.length; i++) {
    samples.push(await sample(rounds[i % rounds.length]!));
  }
  return [
    timeRow(samples, 'activate', 'css'),
    timeRow(samples, 'activate', 'markdown'),
    timeRow(samples, 'completion', 'css'),
    timeRow(samples, 'completion', 'markdown'),
    ...(await sizeRows()),
  ];
}
