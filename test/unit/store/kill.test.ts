import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Damage } from '../../../client/store/journal/position.ts';
import { build } from 'esbuild';
import { openStore } from '../../../client/store/open.ts';
import { textOf } from './fixtures.ts';

const source = fileURLToPath(new URL('../../support/storeWriter.ts', import.meta.url));

/** As one file the writer starts three times as fast. */
async function bundle(directory: string): Promise<string> {
  const outfile = join(directory, 'writer.mjs');
  const node = { platform: 'node', format: 'esm', target: 'node22' } as const;
  const banner = {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  };
  await build({ entryPoints: [source], outfile, bundle: true, banner, ...node });
  return outfile;
}

/** Starts a writer, kills it after so many acknowledged rows and answers all that were acknowledged. */
async function writeAndKill(args: readonly string[], after: number): Promise<string[]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (acknowledged.push(line) === after) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return acknowledged;
}

describe('kill -9', () => {
  it('loses nothing that was acknowledged', async function () {
    this.timeout(60_000);
    const directory = await mkdtemp(join(tmpdir(), 'store-'));
    try {
      const acknowledged: string[] = [];
      const [writer, stores] = [await bundle(directory), join(directory, 'stores')];
      // Four windows at a time, killed at different moments.
      for (let round = 0; round < 5; round++) {
        const kills = [0, 1, 2, 3].map((w) =>
          writeAndKill([writer, stores, `${round}.${w}`], 10 + round * 7 + w * 31),
        );
        acknowledged.push(...(await Promise.all(kills)).flat());
      }
      const damages: Damage[] = [];
      const store = await openStore({
        directory: stores,
        folder: 'file:///p',
        onDamage: (more) => damages.push(...more),
      });
      const lost: string[] = [];
      for (const id of acknowledged) {
        const text = await textOf(store, id);
        if (typeof text !== 'string' || !text.startsWith(id)) lost.push(id);
      }
      await store.close();
      assert.ok(acknowledged.length > 1000, `${acknowledged.length} acknowledged`);
      assert.deepEqual(lost, []);
      // A killed process may tear its last line, and nothing else.
      assert.ok(damages.length <= 20 && damages.every(({ reason }) => reason === 'damaged'));
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
