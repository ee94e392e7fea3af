import assert from 'node:assert/strict';
import type { Store, StoreError } from '../../../client/store/store.ts';
import { diskError } from '../../support/storeDisk.ts';
import type { Operation } from '../../support/storeDisk.ts';
import { codeOf, note, textOf, Windows } from './fixtures.ts';

const journal = /\/journal\//;

describe('store on a failing disk', () => {
  let windows: Windows;
  let store: Store;
  let troubles: (string | undefined)[];
  beforeEach(async () => {
    windows = new Windows();
    store = await windows.open();
    await store.put([note('before', 1)]);
    troubles = [];
    store.onDidChangeTrouble((trouble) => troubles.push(trouble?.code));
  });
  afterEach(async () => {
    heal();
    await windows.close();
  });

  function heal(): void {
    windows.disk.fault = () => undefined;
  }

  function fail(code: string, ...operations: Operation[]): void {
    windows.disk.fault = (operation, path) => {
      if (journal.test(path) && operations.includes(operation)) throw diskError(code);
    };
  }

  async function reopened(): Promise<Store> {
    heal();
    await windows.close();
    return windows.open();
  }

  for (const code of ['ENOSPC', 'EDQUOT']) {
    it(`says that the disk is full (${code}) and goes on when there is space`, async () => {
      fail(code, 'write');
      assert.equal(await codeOf(store.put([note('full', 1)])), 'disk-full');
      assert.equal(await codeOf(store.put([note('full', 1)])), 'disk-full');
      assert.equal(store.trouble?.code, 'disk-full');
      assert.equal(await textOf(store, 'before'), 'before 1');
      heal();
      assert.deepEqual(await store.put([note('space', 1)]), [true]);
      assert.deepEqual(troubles, ['disk-full', undefined]);
      const again = await reopened();
      assert.equal(await textOf(again, 'full'), undefined);
      assert.equal(await textOf(again, 'space'), 'space 1');
    });
  }

  for (const code of ['EACCES', 'EROFS', 'EPERM']) {
    it(`says that it may not write (${code}), stays readable, and goes on when it may`, async () => {
      fail(code, 'write');
      assert.equal(await codeOf(store.put([note('no', 1)])), 'read-only');
      assert.equal(await textOf(store, 'before'), 'before 1');
      heal();
      assert.deepEqual(await store.put([note('yes', 1)]), [true]);
      assert.deepEqual(troubles, ['read-only', undefined]);
    });
  }

  it('opens in a directory where nothing can be written', async () => {
    await windows.close();
    windows.disk.fault = (operation, _, mode) => {
      const writes = ['write', 'makeDirectory', 'rename', 'link', 'remove'].includes(operation);
      if (writes || (operation === 'open' && mode !== 'read')) throw diskError('EROFS');
    };
    const readonly = await windows.open();
    assert.equal(await textOf(readonly, 'before'), 'before 1');
    assert.equal(await codeOf(readonly.put([note('no', 1)])), 'read-only');
    assert.equal(readonly.trouble?.code, 'read-only');
    assert.equal(await readonly.isWindowDead(store.windowId), true);
    const fresh = await windows.open({ folder: 'file:///never/seen' });
    assert.equal(fresh.outputs.count(), 0);
    assert.equal(await codeOf(fresh.put([note('no', 1)])), 'read-only');
    heal();
    assert.deepEqual(await fresh.put([note('yes', 1)]), [true]);
  });

  for (const operation of ['write', 'sync'] as const) {
    it(`writes nothing more after EIO from ${operation}, until it is opened again, then in a new segment`, async () => {
      fail('EIO', operation);
      assert.equal(await codeOf(store.put([note('broken', 1)])), 'io');
      heal();
      assert.equal(await codeOf(store.put([note('later', 1)])), 'io');
      assert.equal(store.trouble?.code, 'io');
      assert.equal(await textOf(store, 'before'), 'before 1');
      const again = await reopened();
      assert.equal(again.trouble, undefined);
      assert.deepEqual(await again.put([note('after', 1)]), [true]);
      assert.equal(await textOf(again, 'before'), 'before 1');
      if (operation === 'sync') {
        // The seal could still be written.
        assert.deepEqual([...windows.journal.keys()], ['00000001.jsonl', '00000002.jsonl']);
      }
      const third = await reopened();
      assert.equal(await textOf(third, 'after'), 'after 1');
    });
  }

  it('opens a full disk', async () => {
    await windows.close();
    windows.disk.fault = (operation) => {
      if (operation === 'write' || operation === 'makeDirectory') throw diskError('ENOSPC');
    };
    const full = await windows.open();
    assert.equal(await textOf(full, 'before'), 'before 1');
    assert.equal(await codeOf(full.put([note('full', 1)])), 'disk-full');
  });

  it('writes what a put that was just refused is followed by', async () => {
    fail('ENOSPC', 'write');
    const next = store.put([note('first', 1)]).catch(() => {
      heal();
      return store.put([note('second', 1)]);
    });
    assert.deepEqual(await next, [true]);
  });

  it('settles each put of a batch once, wherever the disk gets full', async () => {
    const size = windows.journal.get('00000001.jsonl')!.length;
    for (let room = 0; room <= 6 * size; room += 7) {
      const names = Array.from({ length: 6 }, (_, i) => `${room} ${i}`);
      let left = room;
      windows.disk.fault = (operation, path) => {
        if (operation !== 'write' || !journal.test(path)) return undefined;
        if (left === 0) throw diskError('ENOSPC');
        const taken = left;
        left = 0;
        return taken;
      };
      const settled = await Promise.allSettled(names.map((name) => store.put([note(name, 1)])));
      heal();
      for (const [i, result] of settled.entries()) {
        if (result.status === 'fulfilled')
          assert.equal(await textOf(store, names[i]!), `${names[i]} 1`);
        else assert.equal((result.reason as StoreError).code, 'disk-full');
      }
      const whole = settled.filter(({ status }) => status === 'fulfilled').length;
      assert.ok(Math.abs(whole - Math.min(6, room / size)) <= 1, `${whole} of 6 in ${room} bytes`);
    }
    assert.deepEqual(await store.put([note('after', 1)]), [true]);
    assert.equal(await textOf(await reopened(), 'after'), 'after 1');
  });

  it('appends again what a short write tore, and acknowledges it', async () => {
    for (let taken = 0; taken < 90; taken++) {
      let writes = 0;
      windows.disk.fault = (operation, path) =>
        operation === 'write' && journal.test(path) && (writes += 1) === 1 ? taken : undefined;
      const ops = [note(`a ${taken}`, 1), note(`b ${taken}`, 1)] as const;
      const puts = await Promise.all([store.put([ops[0]]), store.put([ops[1]])]);
      assert.deepEqual(puts, [[true], [true]]);
    }
    const again = await reopened();
    for (let taken = 0; taken < 90; taken++) {
      assert.equal(await textOf(again, `a ${taken}`), `a ${taken} 1`);
      assert.equal(await textOf(again, `b ${taken}`), `b ${taken} 1`);
    }
  });

  it('keeps the order of its puts when one has to be appended again', async () => {
    let writes = 0;
    let second: Promise<boolean[]> | undefined;
    windows.disk.fault = (operation, path) => {
      if (operation !== 'write' || !journal.test(path) || (writes += 1) > 1) return undefined;
      second = store.put([note('order', 2)]);
      return 30;
    };
    assert.deepEqual(await store.put([note('order', 1)]), [true]);
    assert.deepEqual(await second, [true]);
    assert.equal(await textOf(store, 'order'), 'order 2');
  });

  it('gives up on a disk that keeps nothing', async () => {
    windows.disk.fault = (operation, path) =>
      operation === 'write' && journal.test(path) ? 0 : undefined;
    assert.equal(await codeOf(store.put([note('nowhere', 1)])), 'io');
  });

  it('reads through short reads', async () => {
    windows.disk.fault = (operation) => (operation === 'read' ? 40 : undefined);
    assert.deepEqual(await store.put([note('short', 1)]), [true]);
    assert.equal(await textOf(store, 'short'), 'short 1');
  });

  const path = (): string => windows.path('00000001.jsonl');
  const losses: Record<string, () => void> = {
    'was deleted': () => windows.disk.delete(path()),
    'was truncated': () => windows.disk.put(path(), windows.disk.bytes(path()).subarray(0, -2)),
    'was emptied': () => windows.disk.put(path(), Buffer.alloc(0)),
    'was replaced by its copy': () => {
      const bytes = windows.disk.bytes(path());
      const name = path();
      windows.disk.delete(name);
      windows.disk.put(name, Buffer.from(bytes));
    },
    'was truncated and grew past where it was': () => {
      windows.disk.put(path(), Buffer.from('x'.repeat(10_000)));
    },
  };
  for (const [what, lose] of Object.entries(losses)) {
    it(`acknowledges nothing after the journal ${what}`, async () => {
      windows.disk.watching = false;
      lose();
      assert.equal(await codeOf(store.put([note('lost', 1)])), 'journal-lost');
      assert.equal(await codeOf(store.put([note('lost', 1)])), 'journal-lost');
      assert.deepEqual(troubles, ['journal-lost']);
    });

    it(`notices without a put that the journal ${what}`, async () => {
      const told = new Promise<StoreError | undefined>((resolve) => {
        store.onDidChangeTrouble(resolve);
      });
      lose();
      windows.clock.advance(1000);
      assert.equal((await told)?.code, 'journal-lost');
    });
  }

  it('acknowledges nothing when the journal is deleted during the put', async () => {
    windows.disk.fault = (operation, at) => {
      if (operation === 'sync' && journal.test(at)) windows.disk.delete(path());
    };
    assert.equal(await codeOf(store.put([note('lost', 1)])), 'journal-lost');
  });

  it('says so when the index cannot be loaded', async () => {
    const openIndex = (): never => {
      throw new Error('no wasm');
    };
    assert.equal(await codeOf(windows.open({ openIndex })), 'index');
  });
});

describe('power cut', () => {
  const cut = async (syncing: boolean): Promise<number> => {
    let lost = 0;
    for (let round = 0; round < 30; round++) {
      const windows = new Windows();
      windows.disk.syncing = syncing;
      const acknowledged: string[] = [];
      const store = await windows.open({ segmentBytes: 2000 });
      const writing = Array.from({ length: 40 }, async (_, i) => {
        for (let wait = 0; wait < i; wait++) await new Promise(setImmediate);
        if ((await store.put([note(`n${i}`, 1)]))[0]) acknowledged.push(`n${i}`);
      });
      for (let wait = 0; wait < round; wait++) await new Promise(setImmediate);
      const left = windows.disk.powerCut(() => ((round * 7) % 10) / 10);
      const expected = [...acknowledged];
      await Promise.all(writing);
      await windows.close();
      const after = new Windows(left);
      const opened = await after.open();
      for (const id of expected) if ((await textOf(opened, id)) !== `${id} 1`) lost += 1;
      await after.close();
    }
    return lost;
  };

  it('loses nothing that was acknowledged', async () => {
    assert.equal(await cut(true), 0);
  });

  it('would lose it without sync (this test can fail)', async () => {
    assert.ok((await cut(false)) > 100);
  });
});
