import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { openSqlIndex } from '../../../client/store/index/sqlIndex.ts';
import type { Store } from '../../../client/store/store.ts';
import type { StoreDisk } from '../../support/storeDisk.ts';
import { note, textOf, Windows } from './fixtures.ts';

const head = '00000001.jsonl';
const many = 30;

/** Enough to be worth a snapshot when the window closes. */
async function fill(store: Store, rev = 1): Promise<void> {
  const puts = Array.from({ length: many }, (_, i) =>
    store.put([note(`n${i}`, rev, `${rev} `.repeat(25_000))]),
  );
  await Promise.all(puts);
}

async function filled(): Promise<Windows> {
  const windows = new Windows();
  await fill(await windows.open());
  await windows.close();
  return windows;
}

/** Opens the store and counts the bytes of the journal that are read for it. */
async function opening(
  disk: StoreDisk,
): Promise<{ windows: Windows; store: Store; folded: number }> {
  const windows = new Windows(disk);
  let folded = 0;
  const store = await windows.open({ onProgress: (done) => (folded = done) });
  return { windows, store, folded };
}

async function check(disk: StoreDisk, rebuilt: boolean): Promise<void> {
  const { windows, store, folded } = await opening(disk);
  assert.equal(folded > 1_000_000, rebuilt, `${folded} bytes folded`);
  for (const i of [0, many - 1]) assert.equal(await textOf(store, `n${i}`), '1 '.repeat(25_000));
  assert.deepEqual(await store.put([note('n0', 1), note('n0', 2)]), [false, true]);
  await windows.close();
}

/** Long enough for what goes on by itself. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
}

describe('snapshot', () => {
  it('is written on closing and saves reading the journal again', async () => {
    const windows = await filled();
    const size = windows.journal.get(head)!.length;
    const [[name, image]] = [...windows.snapshots] as [[string, Buffer]];
    assert.equal(name, `00000001-${size}-${crc32(image).toString(16).padStart(8, '0')}.sqlite`);
    await check(windows.disk, false);
  });

  it('is not written when it is not worth it', async () => {
    const windows = new Windows();
    await (await windows.open()).put([note('a', 1)]);
    await windows.close();
    assert.equal(windows.snapshots.size, 0);
  });

  it('is written as soon as the tail is longer than 8 MiB', async () => {
    const windows = new Windows();
    const store = await windows.open();
    const put = (rev: number): Promise<boolean[]> =>
      store.put([note('n', rev, 'x'.repeat(4_000_000))]);
    await put(1);
    await put(2);
    await settled();
    assert.equal(windows.snapshots.size, 0);
    await put(3);
    await settled();
    assert.equal(windows.snapshots.size, 1);
    await windows.close();
  });

  it('leaves the newest two, and of temporary files those that may still be in use', async () => {
    const windows = await filled();
    const index = dirname(windows.path([...windows.snapshots.keys()][0]!));
    windows.disk.put(`${index}/old.tmp`, Buffer.from('left by a crash'));
    windows.disk.now += 2 * 60 * 60 * 1000;
    windows.disk.put(`${index}/new.tmp`, Buffer.from('just being written'));
    const names = [...windows.snapshots.keys()];
    for (let rev = 2; rev <= 3; rev++) {
      await fill(await windows.open(), rev);
      await windows.close();
      names.push(...[...windows.snapshots.keys()].filter((name) => !names.includes(name)));
    }
    const [, second, third] = names.filter((name) => name.endsWith('.sqlite'));
    assert.deepEqual(new Set(windows.snapshots.keys()), new Set([second, third, 'new.tmp']));
  });

  it('is written when nothing happens for a while', async () => {
    const windows = new Windows();
    await fill(await windows.open());
    windows.clock.advance(29_000);
    assert.equal(windows.snapshots.size, 0);
    windows.clock.advance(2_000);
    await windows.close();
    assert.equal(windows.snapshots.size, 1);
  });

  it('is followed by the tail', async () => {
    const windows = await filled();
    const { windows: second, store } = await opening(windows.disk);
    await store.put([note('n1', 2, 'tail'), note('new', 1)]);
    await second.close();
    const { windows: third, store: again, folded } = await opening(windows.disk);
    assert.ok(folded < 1000);
    assert.deepEqual([await textOf(again, 'n1'), await textOf(again, 'new')], ['tail', 'new 1']);
    await third.close();
  });

  it('is not used with any byte of it changed', async () => {
    const windows = await filled();
    const [name] = [...windows.snapshots.keys()];
    const path = windows.path(name!);
    const image = windows.disk.bytes(path);
    for (let i = 0; i < 12; i++) {
      const disk = windows.disk.copy();
      const changed = Buffer.from(image);
      changed[Math.floor((i * image.length) / 12)]! ^= 1 << (i % 8);
      disk.put(path, i === 11 ? image.subarray(0, -1) : changed);
      await check(disk, true);
    }
  });

  const replaced: Record<string, (disk: StoreDisk, windows: Windows) => void> = {
    'its journal was truncated': (disk, windows) => {
      const path = windows.path(head);
      const bytes = disk.bytes(path);
      disk.put(path, Buffer.concat([bytes.subarray(0, -1000)]));
    },
    'its journal is another one of the same length': (disk, windows) => {
      const bytes = disk.bytes(windows.path(head));
      bytes.write('#', bytes.length - 20);
    },
    'its journal is gone': (disk, windows) => disk.delete(windows.path(head)),
    'its name lies about the place': (disk, windows) => {
      const [name] = [...windows.snapshots.keys()];
      const path = windows.path(name!);
      disk.put(path.replace(/-\d+-/, '-17-'), disk.bytes(path));
      disk.delete(path);
    },
  };
  for (const [why, change] of Object.entries(replaced)) {
    it(`is not used when ${why}`, async () => {
      const windows = await filled();
      change(windows.disk, windows);
      const left = windows.disk.paths().some((path) => path.endsWith(head));
      const { windows: after, store, folded } = await opening(windows.disk);
      assert.equal(folded > 1_000_000, left);
      assert.equal(await textOf(store, 'n0'), left ? '1 '.repeat(25_000) : undefined);
      assert.deepEqual(await store.put([note('later', 1)]), [true]);
      await after.close();
    });
  }

  for (const [what, sql] of [
    ['of a newer version', 'PRAGMA user_version = 999'],
    ['without its tables', 'DROP TABLE place'],
  ] as const) {
    it(`is not used when it is ${what}`, async () => {
      const windows = await filled();
      const [name] = [...windows.snapshots.keys()];
      const path = windows.path(name!);
      const index = await openSqlIndex(windows.disk.bytes(path));
      index.run(sql);
      const image = Buffer.from(index.export());
      index.close();
      windows.disk.delete(path);
      const checksum = crc32(image).toString(16).padStart(8, '0');
      windows.disk.put(path.replace(/[\da-f]{8}\.sqlite$/, `${checksum}.sqlite`), image);
      await check(windows.disk, true);
    });
  }

  it('is not used when a segment it speaks of is missing', async () => {
    const windows = new Windows();
    const store = await windows.open({ segmentBytes: 400_000 });
    await store.put([note('first', 1, 'x'.repeat(400_000))]);
    await fill(store);
    await windows.close();
    assert.equal(windows.snapshots.size, 1);
    windows.disk.delete(windows.path(head));
    const { windows: after, store: again, folded } = await opening(windows.disk);
    assert.ok(folded > 1_000_000);
    assert.equal(await textOf(again, 'first'), undefined);
    assert.equal(await textOf(again, 'n1'), '1 '.repeat(25_000));
    await after.close();
  });

  it('of the last time is used when the newest is damaged', async () => {
    const windows = await filled();
    const second = await opening(windows.disk);
    await fill(second.store, 2);
    await second.windows.close();
    const names = [...windows.snapshots.keys()].sort();
    assert.equal(names.length, 2);
    windows.disk.bytes(windows.path(names[1]!)).write('#', 5000);
    const { windows: third, store, folded } = await opening(windows.disk);
    const size = windows.journal.get(head)!.length;
    assert.ok(folded > size / 3 && folded < (size * 2) / 3, `${folded} of ${size}`);
    assert.equal(await textOf(store, 'n3'), '2 '.repeat(25_000));
    await third.close();
  });

  it('costs nothing but itself when it cannot be written', async () => {
    const windows = new Windows();
    const store = await windows.open();
    windows.disk.fault = (operation, path) => {
      if (operation === 'sync' && path.includes('/index/')) throw new Error('no');
    };
    await fill(store);
    await windows.close();
    assert.equal(windows.snapshots.size, 0);
    windows.disk.fault = () => undefined;
    await check(windows.disk, true);
  });
});
