import assert from 'node:assert/strict';
import type { OutputDetail, OutputRow } from '../../../client/panels/protocol.ts';
import { DetailSource } from '../../../media/outputs/detailSource.ts';
import { noFilter } from '../../../media/outputs/filters.ts';
import { RowSource } from '../../../media/outputs/rowSource.ts';

const turn = (): Promise<void> => new Promise(setImmediate);

describe('The rows behind the list', () => {
  /** A host with `total` rows whose ids count from `first`. */
  function list(total: number, first = 0) {
    const host = { total, first, asked: [] as number[], failing: false };
    let changes = 0;
    const source = new RowSource(
      async (filter, offset, limit) => {
        host.asked.push(offset);
        if (host.failing) throw new Error('No disk.');
        const size = Math.max(0, Math.min(limit, host.total - offset));
        const rows = Array.from(
          { length: size },
          (_, index) => ({ id: `${filter.text}${host.first + offset + index}` }) as OutputRow,
        );
        return { rows, total: host.total };
      },
      () => {
        changes++;
      },
    );
    return { host, source, changes: () => changes };
  }

  it('are fetched by page, once, when they come into sight', async () => {
    const { host, source } = list(100_000);
    assert.equal(source.total, undefined);
    source.need(0, 20);
    source.need(5, 25);
    await turn();
    source.need(90, 110);
    source.need(70_000, 70_020);
    await turn();
    assert.deepEqual(host.asked, [0, 100, 70_000]);
    assert.equal(source.total, 100_000);
    assert.equal(source.row(70_010)?.id, '70010');
    assert.equal(source.row(500), undefined);
    assert.equal(source.indexOf('105'), 105);
    assert.equal(source.indexOf('500'), undefined);
  });

  it('are asked for anew when a search has found more, and not when it has only gone on', async () => {
    const { host, source, changes } = list(3);
    source.setFilter({ ...noFilter, text: 'x' });
    source.need(0, 20);
    await turn();
    source.searched({ state: 'searching', found: 3, share: 0.5 });
    source.need(0, 20);
    assert.deepEqual([host.asked.length, source.search?.share], [1, 0.5]);
    host.total = 4;
    const before = changes();
    source.searched({ state: 'done', found: 4, share: 1 });
    source.need(0, 20);
    await turn();
    assert.deepEqual([host.asked.length, source.total], [2, 4]);
    assert.ok(changes() > before);
    source.setFilter({ ...noFilter, text: '' });
    assert.equal(source.search, undefined);
  });

  it('stay while newer ones are on their way', async () => {
    const { host, source } = list(50);
    source.need(0, 20);
    await turn();
    host.first = 1000;
    source.refresh();
    assert.equal(source.row(3)?.id, '3');
    source.need(0, 20);
    await turn();
    assert.equal(source.row(3)?.id, '1003');
  });

  it('of an older question are not taken for those of a newer one', async () => {
    const { source } = list(50);
    source.need(0, 20);
    source.setFilter({ ...noFilter, text: 'b' });
    source.need(0, 20);
    await turn();
    assert.equal(source.row(0)?.id, 'b0');
  });

  it('say why there are none, and ask again only when told to', async () => {
    const { host, source } = list(50);
    host.failing = true;
    source.need(0, 20);
    await turn();
    source.need(0, 20);
    await turn();
    assert.deepEqual([source.error, host.asked.length], ['No disk.', 1]);
    host.failing = false;
    source.refresh();
    source.need(0, 20);
    await turn();
    assert.deepEqual([source.error, source.total], [undefined, 50]);
  });

  it('become fewer', async () => {
    const { host, source } = list(300);
    source.need(0, 250);
    await turn();
    host.total = 1;
    source.refresh();
    source.need(0, 250);
    await turn();
    assert.equal(source.total, 1);
    assert.equal(source.row(1), undefined);
  });
});

describe('The output behind the detail', () => {
  function detail() {
    const asked: string[] = [];
    const answers = new Map<string, PromiseWithResolvers<OutputDetail | undefined>>();
    const source = new DetailSource(
      (id) => {
        asked.push(id);
        const answer = Promise.withResolvers<OutputDetail | undefined>();
        answers.set(id, answer);
        return answer.promise;
      },
      () => undefined,
    );
    const answer = async (id: string): Promise<void> => {
      answers.get(id)!.resolve({ output: { id } } as OutputDetail);
      await turn();
    };
    return { answer, answers, asked, source };
  }

  it('is nothing, then on its way, then here', async () => {
    const { answer, source } = detail();
    const kinds = [source.state.kind];
    source.select('a');
    kinds.push(source.state.kind);
    assert.deepEqual(kinds, ['none', 'loading']);
    await answer('a');
    assert.equal(source.detail?.output.id, 'a');
  });

  it('stays on screen while another is on its way, but is not taken for it', async () => {
    const { answer, source } = detail();
    source.select('a');
    await answer('a');
    source.select('b');
    assert.deepEqual([source.state.kind, source.detail], ['shown', undefined]);
    await answer('b');
    assert.equal(source.detail?.output.id, 'b');
  });

  it('is the last one selected, however fast', async () => {
    const { answer, asked, source } = detail();
    source.select('a');
    source.select('b');
    source.select('c');
    await answer('a');
    await answer('c');
    assert.equal(source.detail?.output.id, 'c');
    assert.deepEqual(asked, ['a', 'c']);
  });

  it('is asked for once more when it changed while it was on its way', async () => {
    const { answer, asked, source } = detail();
    source.select('a');
    source.refresh();
    source.refresh();
    await answer('a');
    await answer('a');
    assert.deepEqual(asked, ['a', 'a']);
  });

  it('may be gone, or fail', async () => {
    const { answers, source } = detail();
    source.select('a');
    answers.get('a')!.resolve(undefined);
    await turn();
    assert.equal(source.state.kind, 'gone');
    source.select('b');
    answers.get('b')!.reject(new Error('No disk.'));
    await turn();
    assert.deepEqual(source.state, { kind: 'failed', message: 'No disk.' });
  });
});
