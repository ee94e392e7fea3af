import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { migrate, schema } from '../../../client/store/index/migrations.ts';
import { openSqlIndex } from '../../../client/store/index/sqlIndex.ts';
import { note, textOf, Windows } from './fixtures.ts';

async function imageOf(version: number): Promise<Uint8Array> {
  const index = await openSqlIndex();
  assert.equal(migrate(index, schema.slice(0, version)), true);
  const image = index.export();
  index.close();
  return image;
}

describe('migrations of the index', () => {
  for (let version = 1; version < schema.length; version++) {
    it(`take an image of version ${version} along, or have it rebuilt`, async () => {
      const index = await openSqlIndex(await imageOf(version));
      const mustRefold = schema.slice(version).some(({ refold }) => refold);
      assert.equal(migrate(index), !mustRefold);
      index.close();
    });
  }

  it('run a step that needs nothing of the journal on the older image', async () => {
    const index = await openSqlIndex(await imageOf(schema.length));
    const step = { statements: ['CREATE INDEX later ON outputs (duration_ms)'] };
    assert.equal(migrate(index, [...schema, step]), true);
    assert.equal(index.query('PRAGMA user_version')[0]?.[0], schema.length + 1);
    assert.equal(index.query("SELECT count(*) FROM sqlite_master WHERE name = 'later'")[0]?.[0], 1);
    index.close();
  });

  it('refuse an image of a newer version', async () => {
    const index = await openSqlIndex(await imageOf(schema.length));
    assert.equal(migrate(index, schema.slice(0, -1)), false);
    index.close();
  });

  it('lose nothing when a history of the first version is opened', async () => {
    const windows = new Windows();
    const store = await windows.open({ snapshotBytes: 10 });
    await store.put([note('a', 1, 'x'.repeat(100))]);
    await windows.close();
    const [name] = [...windows.snapshots.keys()];
    const old = Buffer.from(await imageOf(1));
    const path = windows.path(name!);
    windows.disk.delete(path);
    const checksum = crc32(old).toString(16).padStart(8, '0');
    windows.disk.put(path.replace(/[\da-f]{8}\.sqlite$/, `${checksum}.sqlite`), old);
    const again = await windows.open();
    assert.equal(await textOf(again, 'a'), 'x'.repeat(100));
    assert.equal((await again.maintenance.verify()).differences, 0);
    await windows.close();
  });

  it('leave no text of a deleted row in an image', async () => {
    const index = await openSqlIndex();
    migrate(index);
    const values = "1, 1, 1, 1, 0, 'SECRET-PREVIEW'";
    for (let i = 0; i < 50; i++) {
      index.run(
        `INSERT INTO outputs (id, rev, segment, position, bytes, deleted, preview) VALUES ('${i}', ${values})`,
      );
    }
    index.run('UPDATE outputs SET preview = NULL, deleted = 1');
    assert.equal(Buffer.from(index.export()).includes('SECRET-PREVIEW'), false);
    index.close();
  });
});
