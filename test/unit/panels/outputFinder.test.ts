import assert from 'node:assert/strict';
import { OutputFinder } from '../../../client/panels/outputFinder.ts';
import { Emitter } from '../../../client/store/emitter.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { OutputsStand as Stand } from './outputsStand.ts';

const filter = { text: '', status: '', rating: '', template: '', model: '' } as const;
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

describe('The search behind an Outputs page', () => {
  let stand: Stand;

  beforeEach(async () => {
    stand = await Stand.open();
  });
  afterEach(() => stand.close());

  const list = (text: string) =>
    stand.handlers.list({ filter: { ...filter, text }, offset: 0, limit: 9 });

  it('answers with what the previews have, and tells how the rest went', async () => {
    const id = await stand.answered('one', 'First needle');
    await stand.answered('two', 'Second');
    const { rows, search, total } = await list(' NEEDLE ');
    assert.deepEqual([total, search?.found, ...rows.map((row) => row.id)], [1, 1, id]);
    await turns();
    // Without a worker only the previews can be searched.
    assert.deepEqual(stand.told('search').at(-1), { state: 'failed', found: 1, share: 0 });
  });

  it('goes on with the same search for another page, and begins a new one for another text', async () => {
    await stand.answered('one', 'needle');
    await list('needle');
    await turns();
    assert.equal((await list('needle')).search?.state, 'failed');
    assert.equal((await list('need')).search?.found, 1);
    assert.equal((await list('')).search, undefined);
  });

  it('finds what comes in meanwhile, and no more what is deleted', async () => {
    const first = await stand.answered('one', 'needle');
    assert.equal((await list('needle')).total, 1);
    const second = await stand.answered('two', `${'x'.repeat(400)} needle`);
    stand.window.clock.advance(50);
    while (stand.told('changed').length === 0) await turns();
    assert.deepEqual(
      (await list('needle')).rows.map(({ id }) => id).sort(),
      [first, second].sort(),
    );
    assert.equal(await stand.handlers.remove({ id: first }), true);
    const told = stand.told('changed').length;
    stand.window.clock.advance(50);
    while (stand.told('changed').length === told) await turns();
    assert.deepEqual(
      (await list('needle')).rows.map(({ id }) => id),
      [second],
    );
  });
});

describe('The one search of a page', () => {
  function searching() {
    const emitter = new Emitter<void>();
    const finding = { cancelled: 0, state: { state: 'searching', found: 0, share: 0 } };
    const it = {
      ...finding,
      firstPage: Promise.resolve(),
      ended: Promise.resolve(),
      page: () => [],
      refresh: async () => undefined,
      onDidChange: (listener: () => void) => emitter.on(listener),
      cancel: () => {
        it.cancelled++;
      },
    };
    return { it, emitter, outputs: { find: () => it as never } };
  }

  it('tells news together, the end at once, and nothing any more once it is left', async () => {
    const clock = new FakeClock();
    const told: string[] = [];
    const finder = new OutputFinder(clock, ({ found, state }) => told.push(`${state} ${found}`));
    const { emitter, it, outputs } = searching();
    await finder.list(outputs, { text: 'x' }, { offset: 0, limit: 1 });
    for (const found of [1, 2, 3]) {
      it.state = { state: 'searching', found, share: 0 };
      emitter.fire();
    }
    clock.advance(150);
    it.state = { state: 'done', found: 4, share: 1 };
    emitter.fire();
    assert.deepEqual(told, ['searching 3', 'done 4']);
    finder.cancel();
    assert.equal(it.cancelled, 1);
    finder.stop();
    emitter.fire();
    clock.advance(1000);
    assert.deepEqual([told.length, it.cancelled], [2, 2]);
  });
});
