import assert from 'node:assert/strict';
import { changes, note, textOf, Windows } from './fixtures.ts';
import type { Store } from '../../../client/store/store.ts';
import { diskError } from '../../support/storeDisk.ts';
import { encode } from '../../../client/store/journal/record.ts';

const segmentBytes = 2_000;
/** Another process, which knows that the others have died. */
const survivor = { pid: 2, name: 'here', boot: 'now', isRunning: (pid: number) => pid !== 1 };

/** `a` and `b` written so often that the first segments are almost dead; `kept` is in the first one. */
async function mostlyDead(windows = new Windows()): Promise<{ windows: Windows; store: Store }> {
  const store = await windows.open({ segmentBytes });
  await store.put([note('kept', 1), note('gone', 1)]);
  await store.put([['contexts', 'gone', 2, null]]);
  for (let rev = 1; rev <= 30; rev++) {
    await store.put([note('a', rev, `a ${rev} ${'x'.repeat(200)}`), note('b', rev)]);
  }
  return { windows, store };
}

async function check(store: Store): Promise<void> {
  assert.equal(await textOf(store, 'kept'), 'kept 1');
  assert.equal(await textOf(store, 'gone'), undefined);
  assert.match(String(await textOf(store, 'a')), /^a 30 /);
  assert.equal(await textOf(store, 'b'), 'b 30');
  assert.deepEqual(await store.put([note('gone', 2), note('b', 30)]), [false, false]);
}

describe('compacting', () => {
  it('leaves what the index points at and removes the old generations', async () => {
    const { windows, store } = await mostlyDead();
    const sealed = [...windows.journal.keys()].slice(0, -1);
    const report = await store.maintenance.compact();
    assert.equal(report.segments, sealed.length);
    assert.ok(report.after < report.before / 2, JSON.stringify(report));
    assert.deepEqual(
      [...windows.journal.keys()].slice(0, sealed.length),
      sealed.map((name) => name.replace('.jsonl', '.1.jsonl')),
    );
    await check(store);
    assert.equal((await store.maintenance.compact()).segments, 0);
    await windows.close();
    await check(await windows.open());
    await windows.close();
  });

  it('leaves a segment alone that is half alive', async () => {
    const windows = new Windows();
    const store = await windows.open({ segmentBytes });
    for (let i = 0; i < 40; i++) await store.put([note(`n${i}`, 1, 'x'.repeat(100))]);
    assert.equal((await store.maintenance.compact()).segments, 0);
    await windows.close();
  });

  it('goes on in the other windows', async () => {
    const { windows, store } = await mostlyDead();
    const other = await windows.open({ segmentBytes });
    await store.maintenance.compact();
    await check(other);
    const heard = changes(store, ([change]) => change?.id === 'c');
    assert.deepEqual(await other.put([note('c', 1)]), [true]);
    await heard;
    assert.equal(await textOf(store, 'c'), 'c 1');
    await windows.close();
  });

  it('keeps lines, tables and fields of newer versions, and damaged lines', async () => {
    const { windows } = await mostlyDead();
    await windows.close();
    const path = windows.path('00000001.jsonl');
    const strange = [
      encode({
        w: 'x',
        n: 1,
        at: 1,
        ops: [
          ['gadgets', 'g', 1, { a: 1 }],
          ['contexts', 'kept', 1, {}],
        ],
      }),
      Buffer.from('\n00000000 {"damaged":1}\n'),
    ];
    windows.disk.put(path, Buffer.concat([...strange, windows.disk.bytes(path)]));
    for (const image of windows.snapshots.keys()) windows.disk.delete(windows.path(image));
    const store = await windows.open({ segmentBytes });
    await store.maintenance.compact();
    const text = String(windows.journal.get('00000001.1.jsonl'));
    assert.match(text, /"ops":\[\["gadgets","g",1,\{"a":1\}\]/);
    assert.match(text, /\n00000000 \{"damaged":1\}\n/);
    await windows.close();
  });

  it('finishes what a crashed compaction has left', async () => {
    const { windows, store } = await mostlyDead();
    windows.disk.fault = (operation, path) => {
      if (operation === 'remove' && path.endsWith('.jsonl')) throw diskError('EIO');
    };
    await assert.rejects(store.maintenance.compact());
    windows.disk.fault = () => undefined;
    await check(store);
    await store.maintenance.compact();
    assert.ok(!windows.journal.has('00000001.jsonl'));
    await check(store);
    await windows.close();
  });

  it('loses nothing wherever it stops', async () => {
    const { windows: first } = await mostlyDead();
    await first.close();
    for (let stop = 1, stopped = true; stopped; stop += 3) {
      const windows = new Windows(first.disk.copy());
      const store = await windows.open({ segmentBytes });
      let operations = 0;
      stopped = false;
      windows.disk.fault = () => {
        operations += 1;
        if (operations < stop) return;
        stopped = true;
        throw diskError('EIO');
      };
      await store.maintenance.compact().catch(() => undefined);
      const crashed = new Windows(windows.disk.copy());
      const powerless = new Windows(windows.disk.powerCut(() => 0));
      for (const after of [crashed, powerless]) {
        const again = await after.open({ segmentBytes, host: survivor });
        await check(again);
        await again.maintenance.compact();
        await check(again);
        await after.close();
      }
      windows.disk.fault = () => undefined;
    }
  });

  it('does not remove what only a record that is not durable yet has replaced', async () => {
    const { windows, store } = await mostlyDead();
    const other = await windows.open({ segmentBytes });
    let held = true;
    windows.disk.fault = (operation, path) => {
      if (operation === 'sync' && held && path === head) throw diskError('ENOSPC');
    };
    const head = windows.path([...windows.journal.keys()].at(-1)!);
    await other.put([note('kept', 2)]).catch(() => undefined);
    held = false;
    await store.maintenance.compact();
    const after = new Windows(windows.disk.powerCut(() => 0));
    const text = await textOf(await after.open(), 'kept');
    assert.ok(text === 'kept 1' || text === 'kept 2', String(text));
    await after.close();
    await windows.close();
  });

  it('is done by one window at a time, and by another when that one is gone', async () => {
    const { windows, store } = await mostlyDead();
    await store.put([
      [
        'leases',
        'maintenance',
        9,
        { id: 'maintenance', at: windows.clock.now(), window: store.windowId },
      ],
    ]);
    const stuck = await windows.open({ segmentBytes });
    await assert.rejects(stuck.maintenance.compact(), { code: 'busy' });
    const other = await windows.open({ segmentBytes, host: survivor });
    assert.ok((await other.maintenance.compact()).segments > 0);
    await windows.close();
  });

  it('can run in two windows at once', async () => {
    const { windows, store } = await mostlyDead();
    const other = await windows.open({ segmentBytes });
    await Promise.allSettled([store.maintenance.compact(), other.maintenance.compact()]);
    await Promise.all([check(store), check(other)]);
    await windows.close();
  });

  it('begins by itself when a minute was quiet', async () => {
    const { windows, store } = await mostlyDead();
    windows.clock.advance(59_000);
    assert.ok(windows.journal.has('00000001.jsonl'));
    windows.clock.advance(2_000);
    await store.maintenance.verify();
    while (windows.journal.has('00000001.jsonl')) await new Promise(setImmediate);
    await check(store);
    await windows.close();
  });

  it('can be cancelled', async () => {
    const { windows, store } = await mostlyDead();
    await assert.rejects(store.maintenance.compact({ signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
    await check(store);
    assert.ok(![...windows.disk.paths()].some((path) => path.endsWith('.tmp')));
    await windows.close();
  });
});
