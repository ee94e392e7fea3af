import assert from 'node:assert/strict';
import { type ContextStore, RememberedValues } from '../../../client/panels/rememberedValues.ts';
import type { Store } from '../../../client/store/store.ts';
import { openStoreOfProcess, temporaryDirectory } from '../../support/temporaryStore.ts';

describe('Remembered values', () => {
  let store: Store;
  let remove: () => Promise<void>;
  const remembered = (over: ContextStore = store) =>
    new RememberedValues(
      async () => over,
      () => 7,
    );

  before(async () => {
    const directory = await temporaryDirectory();
    store = await openStoreOfProcess(directory.path, 1, new Set());
    remove = directory.remove;
  });
  after(async () => {
    await store.close();
    await remove();
  });

  it('are none at first', async () => {
    assert.deepEqual(await remembered().read('greet'), {});
  });

  it('are what was kept last, per template', async () => {
    await remembered().keep('greet', { name: 'Ada' });
    await remembered().keep('greet', { name: 'Grace', age: 3 });
    await remembered().keep('bye', {});
    assert.deepEqual(await remembered().read('greet'), { name: 'Grace', age: 3 });
    assert.deepEqual(await remembered().read('bye'), {});
  });

  it('are written also when another window writes at the same moment', async () => {
    let raced = false;
    const put: ContextStore['put'] = async (ops) => {
      if (!raced) {
        raced = true;
        await remembered().keep('greet', { name: 'other' });
      }
      return store.put(ops);
    };
    await remembered({ contexts: store.contexts, put }).keep('greet', { name: 'mine' });
    assert.deepEqual(await remembered().read('greet'), { name: 'mine' });
  });
});
