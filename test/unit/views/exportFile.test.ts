import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../../support/temporaryStore.ts';
import { useVscodeDouble } from '../../support/vscodeDouble.ts';

useVscodeDouble();
const { writeExport } = await import('../../../client/views/history/exportHistory.ts');

describe('file of an export', () => {
  it('is whole, for its owner alone, and replaces the one before', async () => {
    const { path, remove } = await temporaryDirectory();
    const file = join(path, 'out.jsonl');
    await writeFile(file, 'before');
    const piece = 'é'.repeat(100_000);
    await writeExport(file, async (write) => {
      for (let i = 0; i < 5; i++) await write(piece);
      assert.equal(await readFile(file, 'utf8'), 'before');
      return { outputs: 5, unreadable: 0 };
    });
    assert.equal(await readFile(file, 'utf8'), piece.repeat(5));
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(path), ['out.jsonl']);
    await remove();
  });

  it('stays as it was when the export fails', async () => {
    const { path, remove } = await temporaryDirectory();
    const file = join(path, 'out.jsonl');
    await writeFile(file, 'before');
    const failing = writeExport(file, async (write) => {
      await write('half');
      throw new Error('cancelled');
    });
    await assert.rejects(failing, /cancelled/);
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(await readdir(path), ['out.jsonl']);
    await remove();
  });
});
