import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../../client/store/store.ts';
import { openStore } from '../../../client/store/open.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';
import { execution, output } from './fixtures.ts';
import { run } from './upkeep.ts';

const searchWorker = fileURLToPath(
  new URL('../../../client/store/search/searchWorker.ts', import.meta.url),
);
const long = 'x'.repeat(300);

describe('search through all texts', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let store: Store;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    const options = { directory: directory.path, folder: 'file:///p', segmentBytes: 4_000 };
    store = await openStore({ ...options, searchWorker });
  });

  afterEach(async () => {
    await store.close();
    await directory.remove();
  });

  async function found(text: string, filter = {}): Promise<string[]> {
    const finding = store.outputs.find({ text, ...filter });
    await finding.ended;
    const ids = finding.page(0, 50).map(({ id }) => id);
    assert.deepEqual(finding.state, { state: 'done', found: ids.length, share: 1 });
    return ids;
  }

  const cases: readonly [name: string, text: string, search: string, is: boolean][] = [
    ['far down in an answer', `${long} Needle in it`, 'needle', true],
    ['beyond ASCII, in other capitals', `${long} ÉCLAIR ß`, 'éclair', true],
    ['with what JSON escapes', `${long} say "Hi\\ho"\nnext`, '"hi\\ho"\nnext', true],
    ['over the boundary of a block', `${'y'.repeat(2 * 1024 * 1024 - 30)}Needle`, 'needle', true],
    ['not there', `${long} hay`, 'needle', false],
    ['that is only the name of a field', long, 'durationms', false],
  ];
  for (const [name, text, search, is] of cases) {
    it(`finds a text ${name}${is ? '' : ': nothing'}`, async () => {
      await store.put(run('a', { text }));
      await store.put(run('b', { text: 'other' }));
      assert.deepEqual(await found(search), is ? ['a'] : []);
    });
  }

  it('finds prompts, values, errors and comments', async () => {
    await store.put(run('a'));
    const asked = { ...execution('execution of a'), outputId: 'a', context: { city: 'Bern' } };
    await store.put([['executions', 'execution of a', 2, asked]]);
    const feedback = { rating: 'down', comment: 'too dull', user: 'Ada', at: 1 } as const;
    const error = { kind: 'internal', message: `${long} broke` } as const;
    await store.put([['outputs', 'a', 2, output('a', { feedback, error })]]);
    for (const text of ['bern', 'hello', 'dull', 'broke'])
      assert.deepEqual(await found(text), ['a']);
  });

  it('finds only what is newest, and what the filter means, newest first', async () => {
    await store.put(run('a', { text: `${long} needle`, createdAt: 1 }));
    await store.put([['outputs', 'a', 2, output('a', { text: 'gone' })]]);
    await store.put(run('b', { text: `${long} needle`, createdAt: 2 }));
    await store.put(run('c', { text: 'needle in the preview', createdAt: 3 }));
    await store.put(run('d', { text: `${long} needle`, createdAt: 4 }, 'failed'));
    await store.put([['outputs', 'e', 1, output('e', { text: 'needle' })]]);
    await store.put([['outputs', 'e', 2, null]]);
    assert.deepEqual(await found('needle'), ['d', 'c', 'b']);
    assert.deepEqual(await found('needle', { status: 'completed' }), ['c', 'b']);
  });

  it('has the previews before the rest, and can be cancelled', async () => {
    await store.put(run('a', { text: `${long} needle` }));
    await store.put(run('b', { text: 'needle' }));
    const finding = store.outputs.find({ text: 'needle' });
    await finding.firstPage;
    assert.deepEqual(
      finding.page(0, 9).map(({ id }) => id),
      ['b'],
    );
    finding.cancel();
    await finding.ended;
    assert.equal(finding.state.state, 'cancelled');
  });

  it('looks again at what has changed', async () => {
    await store.put(run('a', { text: `${long} needle` }));
    await store.put(run('b', { text: `${long} other` }));
    const finding = store.outputs.find({ text: 'needle' });
    await finding.ended;
    await store.put([
      ['outputs', 'a', 2, null],
      ['outputs', 'b', 2, output('b', { text: `${long} needle` })],
    ]);
    await finding.refresh(['a', 'b']);
    assert.deepEqual(
      finding.page(0, 9).map(({ id }) => id),
      ['b'],
    );
  });

  it('goes on after a compaction', async () => {
    for (let rev = 1; rev < 12; rev++) await store.put(run('a', { text: `${long} needle` }));
    for (let rev = 2; rev < 12; rev++) {
      await store.put([['outputs', 'a', rev, output('a', { text: `${long} needle ${rev}` })]]);
    }
    const [, compacted] = await Promise.all([found('needle'), store.maintenance.compact()]);
    assert.ok(compacted.segments > 0);
    assert.deepEqual(await found('needle 11'), ['a']);
  });

  it('says that not everything was searched where it cannot be', async () => {
    const other = await openStore({ directory: directory.path, folder: 'file:///q' });
    await other.put(run('a', { text: 'needle' }));
    const finding = other.outputs.find({ text: 'needle' });
    await finding.ended;
    assert.deepEqual(finding.state, { state: 'failed', found: 1, share: 0 });
    await other.close();
  });
});
