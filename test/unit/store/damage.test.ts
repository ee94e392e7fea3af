import assert from 'node:assert/strict';
import type { Damage } from '../../../client/store/journal/position.ts';
import { codeOf, credential, job, Windows } from './fixtures.ts';

describe('store with a damaged record', () => {
  it('leaves a damaged record out of lists, tells of it once, and keeps the stores', async () => {
    const file = '00000001.jsonl';
    const windows = new Windows();
    const damages: Damage[] = [];
    const store = await windows.open({ onDamage: (more) => damages.push(...more) });
    for (const id of ['one', 'two', 'three']) {
      await store.put([['jobs', id, 1, job(id)]]);
      await store.put([['credentials', id, 1, credential(id)]]);
    }
    const bytes = windows.disk.bytes(windows.path(file));
    const starts = ['jobs', 'credentials'].map((table) => {
      const at = bytes.indexOf(`["${table}","two"`);
      bytes[at + 4]! ^= 1;
      return bytes.lastIndexOf('\n', at) + 1;
    });
    const ids = async (): Promise<unknown> =>
      [await store.jobs.list(), await store.credentials.list()].map((rows) =>
        rows.map(({ value }) => value.id).join(),
      );
    assert.deepEqual(await ids(), ['one,three', 'one,three']);
    assert.equal(await codeOf(store.jobs.get('two')), 'damaged');
    assert.equal((await store.jobs.get('three'))?.value.id, 'three');
    await ids();
    assert.deepEqual(
      damages,
      starts.map((offset) => ({ file, offset, reason: 'damaged' })),
    );
    assert.equal(store.trouble, undefined);
    await windows.close();
  });
});
