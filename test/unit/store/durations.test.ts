import assert from 'node:assert/strict';
import type { Output } from '../../../client/model.ts';
import type { Op, Store } from '../../../client/store/store.ts';
import { output, Windows } from './fixtures.ts';

describe('durations of outputs', () => {
  const windows = new Windows();
  let store: Store;
  before(async () => {
    store = await windows.open();
    const other = { slug: 'other', name: 'Other', uri: '' };
    await store.put(
      [
        { status: 'completed', durationMs: 10, model: 'a', usage: { outputTokens: 7 } },
        { status: 'completed', durationMs: 20, model: 'b' },
        { status: 'completed', durationMs: 30, model: 'a', template: other },
        { status: 'failed', durationMs: 40, model: 'a' },
        { status: 'completed', model: 'a' },
        { status: 'completed', durationMs: 50, model: 'a', usage: { outputTokens: 9 } },
        { status: 'pending', model: 'a' },
      ].map((part, i): Op => {
        const createdAt = 1_800_000_000_000 + i;
        return ['outputs', `o${i}`, 1, output(`o${i}`, { createdAt, ...part } as Partial<Output>)];
      }),
    );
  });
  after(() => windows.close());

  it('are those of complete answers, newest first', () => {
    const { slug } = output('x').template;
    const durations = store.outputs.durations.bind(store.outputs);
    assert.deepEqual(durations({ model: 'a' }, 9), [50, 30, 10]);
    assert.deepEqual(durations({ template: slug, model: 'a' }, 9), [50, 10]);
    assert.deepEqual(durations({ template: 'other', model: 'b' }, 9), []);
    assert.deepEqual(durations({ model: 'a' }, 1), [50]);
  });

  it('stand beside the tokens of the same answers, where they were counted', () => {
    const { slug } = output('x').template;
    assert.deepEqual(store.outputs.tokens({ template: slug, model: 'a' }, 9), [9, 7]);
    assert.deepEqual(store.outputs.tokens({ template: slug, model: 'b' }, 9), []);
  });
});
