import assert from 'node:assert/strict';
import { encode } from '../../../client/store/journal/record.ts';
import type { Op, Store } from '../../../client/store/store.ts';
import { changes, note, textOf, Windows } from './fixtures.ts';

/** Compacts the first segment as another window would: only what is still the newest, in other places. */
function compact(windows: Windows, ops: readonly Op[], generation = 1): void {
  const bytes = encode({ w: 'compactor', n: 1, at: 1, ops });
  const path = windows.path('00000001.jsonl');
  windows.disk.put(path.replace('.jsonl', `.${generation}.jsonl`), bytes);
}

function announce(windows: Windows, name: string, generation = 1): void {
  const path = windows.path(name);
  const line = encode({ compact: [1, generation] });
  windows.disk.put(path, Buffer.concat([windows.disk.bytes(path), line]));
}

/** `a` and `b` in the first segment, which is sealed; `b` is newer in the second one. */
async function twoSegments(): Promise<{ windows: Windows; store: Store }> {
  const windows = new Windows();
  const store = await windows.open({ segmentBytes: 300 });
  await store.put([note('a', 1, 'long '.repeat(50)), note('a', 2, 'kept'), note('b', 1)]);
  await store.put([note('b', 2)]);
  assert.deepEqual([...windows.journal.keys()], ['00000001.jsonl', '00000002.jsonl']);
  return { windows, store };
}

async function check(store: Store): Promise<void> {
  assert.equal(await textOf(store, 'a'), 'kept');
  assert.equal(await textOf(store, 'b'), 'b 2');
  assert.deepEqual(await store.put([note('a', 2), note('c', 1)]), [false, true]);
}

describe('compacted generation', () => {
  /** A second window that has read the first segment to its end, and does not hear what is done to it then. */
  async function behind() {
    const windows = new Windows();
    windows.disk.watching = false;
    const first = await windows.open();
    await first.put([note('a', 1)]);
    const second = await windows.open();
    const path = windows.path('00000001.jsonl');
    const sealed = Buffer.concat([windows.disk.bytes(path), encode({ seal: 2 })]);
    windows.disk.put(path, sealed);
    compact(windows, [note('a', 1)]);
    await windows.disk.remove(path);
    return { path, second, windows };
  }

  async function holds(windows: Windows): Promise<void> {
    await windows.close();
    const store = await windows.open();
    assert.deepEqual([await textOf(store, 'a'), await textOf(store, 'b')], ['a 1', 'b 1']);
    await windows.close();
  }

  it('keeps out a window that was about to write to the segment it came from', async () => {
    const { path, second, windows } = await behind();
    assert.deepEqual(await second.put([note('b', 1)]), [true]);
    assert.deepEqual([...windows.journal.keys()], ['00000001.1.jsonl', '00000002.jsonl']);
    assert.ok(!windows.disk.paths().includes(path));
    assert.equal(second.trouble, undefined);
    await holds(windows);
  });

  it('is read although a window that died has made a file of the old name anew', async () => {
    const { path, second, windows } = await behind();
    windows.disk.put(path, encode({ w: 'died', n: 1, at: 1, ops: [note('a', 9, 'void')] }));
    assert.deepEqual(await second.put([note('b', 1)]), [true]);
    const third = await windows.open();
    assert.equal(await textOf(third, 'a'), 'a 1');
    await holds(windows);
  });

  it('is read in place of the segment', async () => {
    const { windows } = await twoSegments();
    await windows.close();
    compact(windows, [note('a', 2, 'kept')]);
    windows.disk.bytes(windows.path('00000001.jsonl')).fill('#');
    const store = await windows.open();
    await check(store);
    await windows.close();
  });

  it('is the newest one there is', async () => {
    const { windows } = await twoSegments();
    await windows.close();
    compact(windows, [note('a', 2, 'kept'), note('d', 1)], 9);
    compact(windows, [note('a', 2, 'kept')], 10);
    const store = await windows.open();
    await check(store);
    assert.equal(await textOf(store, 'd'), undefined);
    await windows.close();
  });

  it('is followed when it is announced, and changes nothing to be told', async () => {
    const { windows, store } = await twoSegments();
    compact(windows, [note('a', 2, 'kept')]);
    store.onDidChange((changes) => assert.ok(changes.every(({ id }) => id === 'done')));
    const done = changes(store, ([change]) => change?.id === 'done');
    announce(windows, '00000002.jsonl');
    windows.disk.delete(windows.path('00000001.jsonl'));
    await store.put([note('done', 1)]);
    await done;
    assert.equal(await textOf(store, 'a'), 'kept');
    assert.equal(await textOf(store, 'b'), 'b 2');
    await windows.close();
  });

  it('is found by a read that comes before the announcement was folded', async () => {
    const { windows, store } = await twoSegments();
    windows.disk.watching = false;
    compact(windows, [note('a', 2, 'kept')]);
    announce(windows, '00000002.jsonl');
    windows.disk.delete(windows.path('00000001.jsonl'));
    await check(store);
    await windows.close();
  });

  it('does no harm to a window that is still reading the segment', async () => {
    const windows = new Windows();
    const slow = await windows.open({ segmentBytes: 300 });
    const quick = await windows.open({ segmentBytes: 300 });
    windows.disk.watching = false;
    await slow.put([note('begun', 1)]);
    await quick.put([note('a', 1, 'long '.repeat(50)), note('a', 2, 'kept'), note('b', 1)]);
    await quick.put([note('b', 2)]);
    compact(windows, [note('begun', 1), note('a', 2, 'kept')]);
    announce(windows, '00000002.jsonl');
    windows.disk.delete(windows.path('00000001.jsonl'));
    await slow.put([note('awake', 1)]);
    await check(slow);
    assert.equal(await textOf(slow, 'begun'), 'begun 1');
    await windows.close();
  });

  it('replaces what a snapshot was made from', async () => {
    for (const segmentBytes of [100, 300_000, 3_000_000]) {
      const windows = new Windows();
      const store = await windows.open({ segmentBytes });
      const big = Array.from({ length: 40 }, (_, i) => note(`n${i}`, 1, 'x'.repeat(50_000)));
      await store.put([note('a', 2, 'kept'), ...big]);
      await store.put([note('b', 2)]);
      await windows.close();
      assert.equal(windows.snapshots.size, 1);
      compact(windows, [
        note('a', 2, 'kept'),
        ...big,
        ...(segmentBytes > 2_000_000 ? [note('b', 2)] : []),
      ]);
      windows.disk.delete(windows.path('00000001.jsonl'));
      let folded = 0;
      const again = await windows.open({ onProgress: (done) => (folded = done) });
      await check(again);
      assert.ok(folded > 0);
      await windows.close();
      const third = await windows.open();
      assert.deepEqual([await textOf(third, 'a'), await textOf(third, 'c')], ['kept', 'c 1']);
      await windows.close();
    }
  });
});
