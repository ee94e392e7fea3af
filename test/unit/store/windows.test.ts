/** Windows of one folder on the real file system. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openStore } from '../../../client/store/open.ts';
import type { Store } from '../../../client/store/store.ts';
import { changes, job, note, textOf } from './fixtures.ts';

describe('windows on a real disk', () => {
  let directory: string;
  let open: Store[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'store-'));
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((store) => store.close()));
    await rm(directory, { recursive: true });
  });

  async function window(segmentBytes?: number): Promise<Store> {
    const store = await openStore({ directory, folder: 'file:///p', segmentBytes });
    open.push(store);
    return store;
  }

  it('agree on one store when they open at the same time', async () => {
    const stores = await Promise.all([window(), window(), window()]);
    assert.equal(new Set(stores.map((store) => store.directory)).size, 1);
    assert.equal((await readdir(directory)).length, 1);
    const seen = stores
      .slice(1)
      .map((store) => changes(store, ([change]) => change?.id === 'hello'));
    await stores[0].put([note('hello', 1)]);
    for (const change of await Promise.all(seen)) {
      assert.deepEqual(change, [{ table: 'contexts', id: 'hello', foreign: true }]);
    }
  });

  it('claim each job once', async () => {
    const stores = [await window(), await window(), await window()];
    const jobs = Array.from({ length: 60 }, (_, i) => job(`j${i}`));
    await stores[0]!.put(jobs.map((job) => ['jobs', job.id, 1, job]));
    const claims = await Promise.all(
      stores.map((store) =>
        Promise.all(
          jobs.map(async (job) => {
            const claim = { window: store.windowId, at: 1 };
            const [first] = await store.put([
              ['jobs', job.id, 2, { ...job, state: 'processing', claim }],
            ]);
            return first ? job.id : undefined;
          }),
        ),
      ),
    );
    const claimed = claims.map((ids) => ids.filter((id) => id !== undefined));
    assert.deepEqual(claimed.flat().toSorted(), jobs.map(({ id }) => id).toSorted());
    for (const [i, store] of stores.entries()) {
      await store.put([note(`look ${i}`, 1)]);
      const owners = (await store.jobs.list(['processing'], { limit: 100 })).map(({ value }) => [
        value.id,
        value.claim?.window,
      ]);
      for (const [k, ids] of claimed.entries()) {
        for (const id of ids)
          assert.deepEqual(owners.find(([of]) => of === id)?.[1], stores[k]!.windowId);
      }
    }
  });

  it('write through rotations of the journal and lose nothing', async () => {
    const stores = [await window(4000), await window(4000)];
    await Promise.all(
      stores.map(async (store, w) => {
        for (let i = 0; i < 60; i++) await store.put([note(`${w} ${i}`, 1, 'x'.repeat(i * 7))]);
      }),
    );
    const names = await readdir(join(stores[0]!.directory, 'journal'));
    assert.ok(names.length > 5, names.join(' '));
    const third = await window();
    for (const w of [0, 1]) {
      for (let i = 0; i < 60; i++)
        assert.equal(await textOf(third, `${w} ${i}`), 'x'.repeat(i * 7));
    }
  });

  it('append lines of 4 KB, 200 KB and 4 MB at the same time', async () => {
    const stores = [await window(), await window()];
    const texts = [4_000, 200_000, 4_000_000].map((length) => 'é'.repeat(length / 2));
    await Promise.all(
      stores.flatMap((store, w) => texts.map((text, t) => store.put([note(`${w} ${t}`, 1, text)]))),
    );
    const third = await window();
    for (const w of [0, 1]) {
      for (const [t, text] of texts.entries()) assert.equal(await textOf(third, `${w} ${t}`), text);
    }
  });

  it('know when another one has closed', async () => {
    const [one, two] = [await window(), await window()];
    assert.equal(await one.isWindowDead(two.windowId), false);
    await two.close();
    assert.equal(await one.isWindowDead(two.windowId), true);
  });

  it('keep their files to their user', async function () {
    if (process.platform === 'win32') this.skip();
    const store = await window();
    await store.put([note('big', 1, 'x'.repeat(2_000_000))]);
    await store.close();
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    assert.ok(entries.length >= 6);
    for (const entry of entries) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      assert.equal((mode & 0o777).toString(8), entry.isDirectory() ? '700' : '600', entry.name);
    }
  });

  it('run from one bundled file', async () => {
    const outfile = join(directory, 'bundle', 'store.cjs');
    const stdin = {
      contents: `import { openStore } from './client/store/open.ts';
        openStore({ directory: process.argv[2], folder: undefined }).then(async (store) => {
          const applied = await store.put([['contexts', 'a', 1, { id: 'a', values: {}, at: 1 }]]);
          console.log(JSON.stringify([applied, await store.contexts.get('a')]));
          await store.close();
        });`,
      resolveDir: process.cwd(),
    };
    await build({
      stdin,
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      mainFields: ['module', 'main'],
      supported: { 'dynamic-import': false },
      logLevel: 'silent',
    });
    const ran = execFileSync(process.execPath, [outfile, join(directory, 'stores')], {
      cwd: tmpdir(),
    });
    assert.deepEqual(JSON.parse(ran.toString()), [
      [true],
      { rev: 1, value: { id: 'a', values: {}, at: 1 } },
    ]);
    assert.deepEqual(await readdir(join(directory, 'bundle')), ['store.cjs']);
  });
});
