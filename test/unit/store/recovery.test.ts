import assert from 'node:assert/strict';
import type { Damage } from '../../../client/store/journal/position.ts';
import { encode } from '../../../client/store/journal/record.ts';
import type { Store } from '../../../client/store/store.ts';
import type { StoreDisk } from '../../support/storeDisk.ts';
import { diskError } from '../../support/storeDisk.ts';
import { note, textOf, Windows } from './fixtures.ts';

const head = '00000001.jsonl';

/** A journal of three puts, closed. */
async function written(): Promise<Windows> {
  const windows = new Windows();
  const store = await windows.open();
  for (const id of ['a', 'b', 'c']) await store.put([note(id, 1)]);
  await windows.close();
  return windows;
}

async function texts(store: Store): Promise<unknown[]> {
  return Promise.all(['a', 'b', 'c'].map((id) => textOf(store, id)));
}

async function opened(
  disk: StoreDisk,
): Promise<{ store: Store; windows: Windows; damages: Damage[] }> {
  const windows = new Windows(disk);
  const damages: Damage[] = [];
  const store = await windows.open({ onDamage: (more) => damages.push(...more) });
  return { store, windows, damages };
}

describe('recovery', () => {
  it('keeps every whole record when the last line is cut off anywhere, and writes on', async () => {
    const windows = await written();
    const path = windows.path(head);
    const bytes = windows.disk.bytes(path);
    const second = bytes.indexOf('\n\n', bytes.indexOf('\n\n') + 1) + 1;
    for (let length = second; length <= bytes.length; length++) {
      const disk = windows.disk.copy();
      disk.put(path, bytes.subarray(0, length));
      const { store, windows: after, damages } = await opened(disk);
      // The newline behind it is not needed to be whole, but only what follows shows that nothing is missing.
      const c = length === bytes.length ? 'c 1' : undefined;
      assert.deepEqual(await texts(store), ['a 1', 'b 1', c], `cut at ${length}`);
      assert.deepEqual(damages, []);
      assert.deepEqual(await store.put([note('d', 1)]), [true]);
      assert.equal(await textOf(store, 'd'), 'd 1');
      const torn = length > second + 1 && length < bytes.length - 1;
      assert.deepEqual(
        damages,
        torn ? [{ file: head, offset: second + 1, reason: 'damaged' }] : [],
      );
      await after.close();
      const again = await opened(disk);
      assert.equal(await textOf(again.store, 'd'), 'd 1');
      assert.equal(await textOf(again.store, 'b'), 'b 1');
      await again.windows.close();
    }
  });

  it('loses one record at most to a flipped bit, and says where', async () => {
    const windows = await written();
    const path = windows.path(head);
    const bytes = windows.disk.bytes(path);
    // One bit of each byte, each of the eight in turn.
    for (let bit = 0; bit < bytes.length * 8; bit += 9) {
      const disk = windows.disk.copy();
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      disk.put(path, flipped);
      const { store, windows: after, damages } = await opened(disk);
      const found = await texts(store);
      const lost = ['a', 'b', 'c'].filter((id, i) => found[i] !== `${id} 1`);
      assert.ok(lost.length <= 1, `bit ${bit}: lost ${lost.join(', ')}`);
      assert.ok(lost.every((id) => found[id.charCodeAt(0) - 97] === undefined));
      if (lost.length > 0 && bit >> 3 < bytes.length - 1)
        assert.ok(damages.length > 0, `bit ${bit}`);
      assert.deepEqual(await store.put([note('d', 1)]), [true]);
      await after.close();
    }
  });

  it('tells a damaged place once', async () => {
    const windows = await written();
    const path = windows.path(head);
    windows.disk.bytes(path).write('#', 12);
    const damages: Damage[] = [];
    const store = await windows.open({ onDamage: (more) => damages.push(...more) });
    assert.deepEqual(damages, [{ file: head, offset: 1, reason: 'damaged' }]);
    await store.put([note('d', 1)]);
    windows.clock.advance(5000);
    await store.put([note('d', 2)]);
    assert.equal(damages.length, 1);
  });

  it('finds nothing of what lies behind a seal, and what its writer appended again', async () => {
    const windows = await written();
    const path = windows.path(head);
    const foreign = (n: number, text: string): Buffer =>
      encode({ w: 'other', n, at: 1, ops: [note(`s${n}`, 1, text)] });
    const bytes = [
      windows.disk.bytes(path),
      foreign(1, 'before'),
      encode({ seal: 2 }),
      foreign(2, 'void'),
    ];
    windows.disk.put(path, Buffer.concat(bytes));
    const store = await windows.open();
    assert.deepEqual(await store.put([note('s2', 1, 'mine')]), [true]);
    assert.deepEqual([await textOf(store, 's1'), await textOf(store, 's2')], ['before', 'mine']);
    assert.deepEqual([...windows.journal.keys()], [head, '00000002.jsonl']);
  });

  it('leaves void what lies behind a seal when one of its two lines is damaged', async () => {
    for (const damaged of [0, 1]) {
      const windows = new Windows();
      const store = await windows.open({ segmentBytes: 300 });
      await store.put([note('a', 1, 'x'.repeat(300))]);
      await windows.close();
      const path = windows.path(head);
      const sealed = windows.disk.bytes(path);
      const seals = [sealed.indexOf('{"seal"'), sealed.lastIndexOf('{"seal"')];
      assert.notEqual(seals[0], seals[1]);
      sealed.write('#', seals[damaged]!);
      const late = encode({ w: 'other', n: 1, at: 1, ops: [note('late', 1)] });
      windows.disk.put(path, Buffer.concat([sealed, late]));
      assert.equal(await textOf(await windows.open(), 'late'), undefined);
      await windows.close();
    }
  });

  it('goes on in the next segment when the seal is damaged', async () => {
    const windows = await written();
    const path = windows.path(head);
    windows.disk.put(
      path.replace('1.jsonl', '2.jsonl'),
      encode({ w: 'o', n: 1, at: 1, ops: [note('n', 1)] }),
    );
    const damages: Damage[] = [];
    const store = await windows.open({ onDamage: (more) => damages.push(...more) });
    assert.equal(await textOf(store, 'n'), 'n 1');
    assert.deepEqual(
      damages.map(({ file, reason }) => [file, reason]),
      [[head, 'no seal']],
    );
    await store.put([note('m', 1)]);
    assert.ok(windows.journal.get('00000002.jsonl')!.includes('m 1'));
  });

  it('reads what there is when a segment is missing', async () => {
    const windows = new Windows();
    const store = await windows.open({ segmentBytes: 100 });
    for (const id of ['a', 'b', 'c']) await store.put([note(id, 1)]);
    await windows.close();
    windows.disk.delete(windows.path('00000002.jsonl'));
    const again = await opened(windows.disk);
    assert.deepEqual(await texts(again.store), ['a 1', undefined, 'c 1']);
    assert.deepEqual(again.damages, [{ file: '00000002.jsonl', offset: 0, reason: 'missing' }]);
    assert.deepEqual(await again.store.put([note('d', 1)]), [true]);
    await again.windows.close();
  });

  it('skips and keeps what a newer version wrote', async () => {
    const windows = await written();
    const path = windows.path(head);
    const newer = [
      encode({ w: 'newer', n: 1, at: 1, ops: [['agents', 'x', 1, { a: 1 }], note('a', 2)] }),
      encode({
        w: 'newer',
        n: 2,
        at: 1,
        ops: [
          [
            'outputs',
            'o',
            1,
            { id: 'o', status: 'dreaming', text: 7, createdAt: 'now', colour: 'red' },
          ],
        ],
      }),
      encode({
        w: 'newer',
        n: 3,
        at: 1,
        ops: [
          ['contexts', 'a\0', 9, {}],
          ['contexts', '', 1, {}],
        ],
      }),
    ];
    windows.disk.put(path, Buffer.concat([windows.disk.bytes(path), ...newer]));
    const { store, damages } = await opened(windows.disk);
    assert.deepEqual(await texts(store), ['a 2', 'b 1', 'c 1']);
    assert.deepEqual(damages, []);
    assert.equal(store.outputs.list()[0]?.status, 'dreaming');
    const read = await store.outputs.get('o');
    assert.equal(read && 'colour' in read.value && read.value.colour, 'red');
    assert.ok(windows.journal.get(head)!.includes('agents'));
  });

  it('does not write into a store of a newer format, says so and shows what it understands', async () => {
    const windows = await written();
    const path = windows.path('store.json');
    const content = { ...JSON.parse(windows.disk.bytes(path).toString()), format: 2 };
    delete content.checksum;
    windows.disk.put(path, Buffer.from(JSON.stringify(content)));
    const before = windows.disk.bytes(windows.path(head));
    const store = await windows.open();
    assert.deepEqual(await texts(store), ['a 1', 'b 1', 'c 1']);
    assert.equal(store.trouble?.code, 'read-only');
    await assert.rejects(store.put([note('d', 1)]), /newer version.*update the extension/s);
    assert.deepEqual(windows.disk.bytes(windows.path(head)), before);
  });

  it('says that a record became unreadable after it was read once', async () => {
    const windows = await written();
    const store = await windows.open();
    windows.disk.bytes(windows.path(head)).write('#', 12);
    await assert.rejects(store.contexts.get('a'), { code: 'damaged', message: /damaged/ });
    assert.equal(await textOf(store, 'b'), 'b 1');
  });

  it('tells how far it is', async () => {
    const windows = new Windows();
    const store = await windows.open();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => store.put([note(`p${i}`, 1, 'x'.repeat(50_000))])),
    );
    const { size } = await windows.disk.stat(windows.path(head));
    // As after a crash: without a snapshot.
    const disk = windows.disk.copy();
    await windows.close();
    const progress: [number, number][] = [];
    const after = new Windows(disk);
    await after.open({ onProgress: (done, total) => progress.push([done, total]) });
    await after.close();
    assert.ok(progress.length >= 5);
    assert.deepEqual(progress.at(-1), [size, size]);
    assert.ok(progress.every(([done], i) => i === 0 || done > progress[i - 1]![0]));
  });

  it('cannot be opened when the journal cannot be read', async () => {
    const windows = await written();
    windows.disk.fault = (operation, path) => {
      if (operation === 'read' && path.endsWith(head)) throw diskError('EIO');
    };
    await assert.rejects(windows.open(), { name: 'StoreError', code: 'io' });
  });
});
