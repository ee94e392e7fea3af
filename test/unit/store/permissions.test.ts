import assert from 'node:assert/strict';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '../../../client/store/open.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';
import { note } from './fixtures.ts';

async function modes(directory: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name));
    found.add(`${entry.isDirectory() ? 'directory' : 'file'} ${(mode & 0o777).toString(8)}`);
  }
  return found;
}

describe('permissions of a store', function () {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('are for its owner alone, also of one that was there with others', async () => {
    const { path, remove } = await temporaryDirectory();
    const open = () => openStore({ directory: path, folder: 'file:///p', snapshotBytes: 10 });
    const first = await open();
    await first.put([note('a', 1, 'x'.repeat(100))]);
    const { directory } = first;
    await first.close();
    const expected = new Set(['directory 700', 'file 600']);
    assert.deepEqual(await modes(path), expected);
    for (const name of ['', 'journal', 'index', 'windows'])
      await chmod(join(directory, name), 0o755);
    for (const name of await readdir(join(directory, 'journal')))
      await chmod(join(directory, 'journal', name), 0o644);
    await chmod(join(directory, 'store.json'), 0o664);
    const again = await open();
    assert.deepEqual(await modes(path), expected);
    await again.close();
    await remove();
  });
});
