import assert from 'node:assert/strict';
import { Redactor } from '../../../client/providers/redact.ts';
import type { Change, Op } from '../../../client/store/store.ts';
import {
  changes,
  codeOf,
  credential,
  execution,
  job,
  note,
  output,
  textOf,
  Windows,
} from './fixtures.ts';

describe('store', () => {
  let windows: Windows;
  beforeEach(() => {
    windows = new Windows();
  });
  afterEach(() => windows.close());

  it('keeps what was put, also when it is opened again', async () => {
    const first = await windows.open();
    assert.deepEqual(await first.put([note('a', 1)]), [true]);
    assert.deepEqual(await first.contexts.get('a'), {
      rev: 1,
      value: { id: 'a', values: { text: 'a 1' }, at: 1 },
    });
    await windows.close();
    assert.equal(await textOf(await windows.open(), 'a'), 'a 1');
  });

  it('writes all ops of a put as one line', async () => {
    const store = await windows.open();
    const ops: Op[] = [
      ['jobs', 'j', 1, job('j', { state: 'completed' })],
      ['executions', 'e', 1, execution('e')],
      ['outputs', 'o', 1, output('o')],
    ];
    const before = lines(windows).length;
    assert.deepEqual(await store.put(ops), [true, true, true]);
    assert.equal(lines(windows).length, before + 1);
    assert.deepEqual((await store.executions.get('e'))?.value, execution('e'));
    assert.deepEqual((await store.outputs.get('o'))?.value, output('o'));
  });

  it('applies an op only when its rev is greater', async () => {
    const store = await windows.open();
    await store.put([note('r', 3, 'three')]);
    assert.deepEqual(
      await store.put([
        note('r', 3, 'again'),
        note('s', 1),
        note('r', 2, 'late'),
        note('r', 9, 'nine'),
      ]),
      [false, true, false, true],
    );
    assert.equal(await textOf(store, 'r'), 'nine');
  });

  it('deletes, and keeps an older writer from bringing the row back', async () => {
    const store = await windows.open();
    await store.put([note('d', 1)]);
    assert.deepEqual(await store.put([['contexts', 'd', 2, null]]), [true]);
    assert.equal(await store.contexts.get('d'), undefined);
    assert.deepEqual(await store.put([note('d', 2)]), [false]);
    assert.deepEqual(await store.put([note('d', 3)]), [true]);
    assert.equal(await textOf(store, 'd'), 'd 3');
  });

  it('shares one write and one sync among the puts of a tick', async () => {
    const store = await windows.open();
    await store.put([note('warm', 1)]);
    await new Promise(setImmediate);
    const counts = { write: 0, sync: 0 };
    windows.disk.fault = (operation) => {
      if (operation === 'write' || operation === 'sync') counts[operation] += 1;
    };
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.put([note(`tick ${i}`, 1)])));
    windows.disk.fault = () => undefined;
    assert.deepEqual(counts, { write: 1, sync: 1 });
  });

  it('tells what changed, once, and not what was refused', async () => {
    const store = await windows.open();
    const told: Change[] = [];
    store.onDidChange((changes) => told.push(...changes));
    const silent = store.onDidChange(() => assert.fail('disposed'));
    silent.dispose();
    await store.put([note('t', 2), note('t', 1)]);
    assert.deepEqual(told, [{ table: 'contexts', id: 't', foreign: false }]);
  });

  it('has told before it acknowledges', async () => {
    const store = await windows.open();
    const order: string[] = [];
    store.onDidChange(() => order.push('told'));
    await store.put([note('order', 1)]).then(() => order.push('acknowledged'));
    assert.deepEqual(order, ['told', 'acknowledged']);
  });

  it('shows another window what this one writes', async () => {
    const [one, two] = [await windows.open(), await windows.open()];
    const seen = changes(two, ([change]) => change?.id === 'shared');
    await one.put([note('shared', 1)]);
    assert.deepEqual(await seen, [{ table: 'contexts', id: 'shared', foreign: true }]);
    assert.equal(await textOf(two, 'shared'), 'shared 1');
  });

  it('sees what another window writes while it reads back its own', async () => {
    const [one, two] = [await windows.open(), await windows.open()];
    let reads = 0;
    windows.disk.afterRead = async () => {
      if ((reads += 1) > 1) return;
      await two.put([note('other', 1)]);
      for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
    };
    // The clock stands still, so nobody looks by the second.
    const seen = changes(one, (all) => all.some(({ id }) => id === 'other'));
    await one.put([note('own', 1)]);
    await seen;
    assert.equal(await textOf(one, 'other'), 'other 1');
  });

  it('looks every second where watching is silent', async () => {
    windows.disk.watching = false;
    const [one, two] = [await windows.open(), await windows.open()];
    const seen = changes(two, ([change]) => change?.id === 'quiet');
    await one.put([note('quiet', 1)]);
    assert.equal(await textOf(two, 'quiet'), undefined);
    windows.clock.advance(1000);
    await seen;
    windows.disk.watching = true;
  });

  it('does not show one folder what belongs to another', async () => {
    const [here, there] = [await windows.open(), await windows.open({ folder: 'file:///other' })];
    await here.put([note('mine', 1)]);
    assert.notEqual(here.directory, there.directory);
    assert.equal(await textOf(there, 'mine'), undefined);
  });

  it('does not mind the clock', async () => {
    const store = await windows.open();
    for (let rev = 1; rev <= 5; rev++) {
      windows.clock.time -= 86_400_000;
      assert.deepEqual(await store.put([note('back in time', rev)]), [true]);
    }
    await windows.close();
    assert.equal(await textOf(await windows.open(), 'back in time'), 'back in time 5');
  });

  it('takes secrets out before anything is written', async () => {
    const redaction = new Redactor();
    redaction.add('sk-123456');
    const store = await windows.open({ redaction });
    await store.put([note('secret', 1, 'key sk-123456!')]);
    assert.equal(await textOf(store, 'secret'), 'key [redacted]!');
    assert.equal(
      lines(windows).some((line) => line.includes('sk-123456')),
      false,
    );
  });

  const wrong: Record<string, readonly unknown[]> = {
    'an unknown table': ['nothing', 'a', 1, {}],
    'an empty id': ['contexts', '', 1, {}],
    'an id with NUL': ['contexts', 'a\0b', 1, {}],
    'an id that is no Unicode': ['contexts', '\uD800', 1, {}],
    'rev 0': ['contexts', 'a', 0, {}],
    'half a rev': ['contexts', 'a', 1.5, {}],
    'no value': ['contexts', 'a', 1, undefined],
    'a value that is no entity': ['contexts', 'a', 1, 'text'],
    'a value that is no JSON': ['contexts', 'a', 1, { value: 1n }],
  };
  for (const [what, op] of Object.entries(wrong)) {
    it(`refuses ${what}`, async () => {
      const store = await windows.open();
      await assert.rejects(store.put([op as unknown as Op]), TypeError);
    });
  }

  it('writes what was put before it closes, and nothing after', async () => {
    const store = await windows.open();
    const last = store.put([note('last', 1)]);
    const closing = store.close();
    assert.equal(await codeOf(store.put([note('too late', 1)])), 'closed');
    assert.deepEqual(await last, [true]);
    await closing;
    await store.close();
    assert.equal(await codeOf(store.contexts.get('last')), 'closed');
    assert.throws(() => store.outputs.list(), { code: 'closed' });
    assert.equal(await textOf(await windows.open(), 'last'), 'last 1');
  });

  it('keeps ids as they are', async () => {
    const ids = [
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      '0F8FAD5B-D9CB-469F-A165-70867728950E',
      '0f8fad5bd9cb469fa16570867728950e',
      '00000000-0000-0000-0000-000000000000',
      'größe/1',
    ];
    const store = await windows.open();
    await store.put(ids.map((id) => ['outputs', id, 1, output(id)]));
    assert.deepEqual(new Set(store.outputs.list().map(({ id }) => id)), new Set(ids));
    for (const id of ids) assert.equal((await store.outputs.get(id))?.value.id, id);
  });

  it('lists credentials by provider, priority and name', async () => {
    const store = await windows.open();
    await store.put([
      ['credentials', '1', 1, credential('1', { priority: 2, name: 'a' })],
      ['credentials', '2', 1, credential('2', { priority: 1, name: 'z' })],
      ['credentials', '3', 1, credential('3', { priority: 1, name: 'b' })],
      ['credentials', '4', 1, credential('4', { provider: 'anthropic', priority: 9 })],
      ['credentials', '5', 1, credential('5')],
      ['credentials', '5', 2, null],
    ]);
    const ids = async (provider?: string): Promise<string[]> =>
      (await store.credentials.list(provider)).map(({ value }) => value.id);
    assert.deepEqual(await ids(), ['4', '3', '2', '1']);
    assert.deepEqual(await ids('openai'), ['3', '2', '1']);
    assert.deepEqual([store.credentials.count(), store.credentials.count('anthropic')], [4, 1]);
  });
});

function lines(windows: Windows): string[] {
  return [...windows.journal.values()].flatMap((bytes) =>
    bytes.toString().split('\n').filter(Boolean),
  );
}
