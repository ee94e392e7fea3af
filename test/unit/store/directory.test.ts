import assert from 'node:assert/strict';
import { findDirectory, giveStore, hasStore, listStores } from '../../../client/store/directory.ts';
import { diskError, StoreDisk } from '../../support/storeDisk.ts';

const root = '/stores';
let ids = 0;

function find(disk: StoreDisk, folder: string | undefined) {
  return findDirectory(disk, root, folder, () => `id-${(ids += 1)}`);
}

function storeFile(disk: StoreDisk, path: string, content: unknown): void {
  disk.put(
    `${path}/store.json`,
    Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  );
}

describe('store directory', () => {
  it('is made once for a folder, with its format and folder written down', async () => {
    const disk = new StoreDisk();
    const made = await find(disk, 'file:///p');
    assert.match(made.path, /^\/stores\/[\da-f]{24}$/);
    assert.deepEqual(JSON.parse(disk.bytes(`${made.path}/store.json`).toString()), {
      format: 1,
      folders: ['file:///p'],
      checksum: 'fc50201c',
    });
    const files = ['store.backup.json', 'store.json'].map((name) => `${made.path}/${name}`);
    assert.deepEqual(disk.paths().sort(), files);
    assert.deepEqual(disk.bytes(files[0]!), disk.bytes(files[1]!));
    assert.deepEqual(await find(disk, 'file:///p'), made);
    assert.deepEqual(await find(disk, 'file:///p/'), made);
  });

  it('is another one for another folder and for none', async () => {
    const disk = new StoreDisk();
    const paths = [];
    for (const folder of ['file:///p', 'file:///q', undefined])
      paths.push((await find(disk, folder)).path);
    assert.equal(new Set(paths).size, 3);
    assert.equal((await find(disk, undefined)).path, paths[2]);
  });

  it('can be asked for without being made', async () => {
    const disk = new StoreDisk();
    assert.equal(await hasStore(disk, root, 'file:///p'), false);
    await find(disk, 'file:///p/');
    storeFile(disk, `${root}/moved`, { format: 1, folders: ['file:///moved'] });
    const before = disk.paths();
    const asked = ['file:///p', 'file:///moved/', 'file:///q', undefined];
    const answers = await Promise.all(asked.map((folder) => hasStore(disk, root, folder)));
    assert.deepEqual([answers, disk.paths()], [[true, true, false, false], before]);
  });

  it('is the same for windows that make it at the same time', async () => {
    for (let round = 0; round < 20; round++) {
      const disk = new StoreDisk();
      const found = await Promise.all(
        Array.from({ length: 4 }, async (_, i) => {
          for (let turns = 0; turns < (i * round) % 7; turns++) await Promise.resolve();
          return find(disk, 'file:///p');
        }),
      );
      assert.equal(new Set(found.map(({ path }) => path)).size, 1);
      assert.equal(disk.paths().length, 2);
    }
  });

  it('is found under any name by what it says', async () => {
    const disk = new StoreDisk();
    storeFile(disk, `${root}/moved`, { format: 1, folders: ['file:///old', 'file:///new'] });
    storeFile(disk, `${root}/other`, { format: 1, folders: ['file:///other'] });
    storeFile(disk, `${root}/broken`, '{');
    assert.equal((await find(disk, 'file:///new')).path, `${root}/moved`);
    assert.equal((await find(disk, 'file:///old')).path, `${root}/moved`);
  });

  it('is a new one when the folder gave its store away', async () => {
    const disk = new StoreDisk();
    const first = await find(disk, 'file:///p');
    storeFile(disk, first.path, { format: 1, folders: ['file:///elsewhere'] });
    const second = await find(disk, 'file:///p');
    assert.notEqual(second.path, first.path);
    assert.deepEqual(await find(disk, 'file:///p'), second);
    assert.equal((await find(disk, 'file:///elsewhere')).path, first.path);
  });

  for (const damaged of ['', '{"format":1', '[]', '{"format":"1","folders":[]}']) {
    it(`is repaired when store.json is ${damaged || 'empty'}`, async () => {
      const disk = new StoreDisk();
      const made = await find(disk, 'file:///p');
      storeFile(disk, made.path, damaged);
      assert.deepEqual(await find(disk, 'file:///p'), made);
      assert.match(disk.bytes(`${made.path}/store.json`).toString(), /"folders"/);
    });
  }

  it('is found, and mended, whichever bit of store.json or its twin is flipped', async () => {
    const disk = new StoreDisk();
    const made = await find(disk, 'file:///p');
    const aliased = await findDirectory(disk, root, 'file:///q', () => 'id', ['file:///p']);
    assert.equal(aliased.path, made.path);
    for (const name of ['store.json', 'store.backup.json']) {
      const path = `${made.path}/${name}`;
      const whole = Buffer.from(disk.bytes(path));
      for (let bit = 0; bit < whole.length * 8; bit++) {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        disk.put(path, bytes);
        const folder = bit % 2 ? 'file:///p' : 'file:///q';
        assert.deepEqual(await find(disk, folder), made, `bit ${bit} of ${name}`);
        assert.deepEqual(disk.bytes(path), whole, `bit ${bit} of ${name}`);
      }
    }
    assert.equal((await listStores(disk, root)).length, 1);
  });

  it('is found by its twin when store.json is gone', async () => {
    const disk = new StoreDisk();
    const made = await find(disk, 'file:///p');
    await giveStore(disk, root, made.path, 'file:///moved');
    disk.delete(`${made.path}/store.json`);
    assert.deepEqual(await find(disk, 'file:///moved'), made);
    assert.ok(disk.paths().includes(`${made.path}/store.json`));
  });

  it('is taken up where neither can be understood', async () => {
    const disk = new StoreDisk();
    const made = await find(disk, 'file:///p');
    const wrong = { format: 1, folders: ['file:///x'], checksum: '00000000' };
    storeFile(disk, made.path, wrong);
    disk.put(`${made.path}/store.backup.json`, Buffer.from('{'));
    assert.deepEqual(await find(disk, 'file:///p'), made);
    assert.deepEqual(await find(disk, 'file:///p'), made);
  });

  it('is not rewritten when a newer version has made it', async () => {
    const disk = new StoreDisk();
    const content = { format: 7, folders: ['file:///p'], more: true };
    storeFile(disk, `${root}/x`, content);
    const before = Buffer.from(disk.bytes(`${root}/x/store.json`));
    await findDirectory(disk, root, 'file:///alias', () => 'id', ['file:///p']);
    await find(disk, 'file:///p');
    await assert.rejects(giveStore(disk, root, `${root}/x`, 'file:///q'), /newer version/);
    assert.deepEqual(disk.paths(), [`${root}/x/store.json`]);
    assert.deepEqual(disk.bytes(`${root}/x/store.json`), before);
  });

  it('tells the format of a newer version', async () => {
    const disk = new StoreDisk();
    storeFile(disk, `${root}/x`, { format: 7, folders: ['file:///p'], more: true });
    assert.deepEqual(await find(disk, 'file:///p'), { path: `${root}/x`, format: 7 });
  });

  it('is named all the same where it cannot be made now', async () => {
    const disk = new StoreDisk();
    disk.fault = (operation) => {
      if (operation === 'makeDirectory') throw diskError('ENOSPC');
    };
    const named = await find(disk, 'file:///p');
    disk.fault = () => undefined;
    assert.deepEqual(await find(disk, 'file:///p'), named);
  });
});

describe('store of a folder with several names', () => {
  it('is found by each of them', async () => {
    const disk = new StoreDisk();
    const made = await find(disk, 'file:///link');
    const newId = (): string => 'id';
    const viaReal = await findDirectory(disk, root, 'file:///real', newId, ['file:///link/']);
    assert.equal(viaReal.path, made.path);
    assert.equal((await find(disk, 'file:///real')).path, made.path);
    assert.equal((await find(disk, 'file:///link')).path, made.path);
    assert.equal(await hasStore(disk, root, 'file:///other', 'file:///real'), true);
  });

  it('goes over to the folder it is given to, and that one leaves its own', async () => {
    const disk = new StoreDisk();
    const old = await find(disk, 'file:///before');
    const empty = await find(disk, 'file:///after');
    await giveStore(disk, root, old.path, 'file:///after');
    assert.equal((await find(disk, 'file:///after')).path, old.path);
    assert.notEqual((await find(disk, 'file:///before')).path, old.path);
    const folders = (await listStores(disk, root)).find(({ path }) => path === empty.path)?.folders;
    assert.deepEqual(folders, []);
    assert.deepEqual(
      disk.paths().filter((path) => path.endsWith('.tmp')),
      [],
    );
  });
});
