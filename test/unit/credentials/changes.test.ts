import assert from 'node:assert/strict';
import { canary, diskFull, work, CredentialsFixture } from './fixture.ts';

describe('changes of credentials', () => {
  let fixture: CredentialsFixture;

  beforeEach(async () => {
    fixture = await CredentialsFixture.open();
  });

  afterEach(() => fixture.close());

  it('does not take the key along to another server', async () => {
    const added = await fixture.credentials.add(work);
    const baseUrl = 'https://evil.example/v1';
    assert.equal(fixture.credentials.needsKey(added, baseUrl), true);
    await assert.rejects(
      fixture.credentials.edit(added.id, { baseUrl }),
      /entered for api\.example\.com and is not sent to evil\.example/,
    );
    assert.deepEqual(await fixture.credentials.list(), [added]);
  });

  it('moves to another server with a key for it', async () => {
    const { id } = await fixture.credentials.add(work);
    const moved = await fixture.credentials.edit(id, {
      baseUrl: 'https://other.example',
      key: 'sk-other-key',
    });
    const connection = await fixture.credentials.connection(moved);
    assert.deepEqual(
      [connection.origin, connection.key?.()],
      ['https://other.example', 'sk-other-key'],
    );
  });

  it('sends no key to where somebody has changed the stored base URL', async () => {
    const added = await fixture.credentials.add(work);
    const evil = { ...added, baseUrl: 'https://evil.example/v1' };
    await assert.rejects(fixture.credentials.connection(evil), /is not sent to evil\.example/);
    const both = { ...evil, origin: 'https://evil.example' };
    await assert.rejects(
      fixture.credentials.connection(both),
      /entered for api\.example\.com and is not sent to evil\.example/,
    );
  });

  it('keeps the old key when a move cannot be stored', async () => {
    const added = await fixture.credentials.add(work);
    fixture.store.refuse(diskFull);
    const moving = fixture.credentials.edit(added.id, {
      baseUrl: 'https://other.example',
      key: 'sk-other-key',
    });
    await assert.rejects(moving, diskFull);
    assert.equal((await fixture.credentials.connection(added)).key?.(), canary);
  });

  it('edits preferences, clears them, and keeps what was not named', async () => {
    const { id } = await fixture.credentials.add({ ...work, temperature: 0.5, system: 'Be kind.' });
    await fixture.credentials.edit(id, {
      preferredModel: 'm-1',
      temperature: undefined,
      name: 'Home',
    });
    const [edited] = await fixture.credentials.list();
    assert.deepEqual(
      [edited?.name, edited?.preferredModel, edited?.temperature, edited?.system],
      ['Home', 'm-1', undefined, 'Be kind.'],
    );
  });

  it('replaces a key, also of a server that needed none before', async () => {
    const { id } = await fixture.credentials.add({ ...work, key: undefined });
    await fixture.credentials.replaceKey(id, 'sk-new-key');
    const [edited] = await fixture.credentials.list();
    assert.equal(edited?.keyless, false);
    assert.equal((await fixture.credentials.connection(edited)).key?.(), 'sk-new-key');
  });

  it('counts edits, but neither use nor becoming the default', async () => {
    const { id } = await fixture.credentials.add(work);
    const edits = async () => (await fixture.credentials.get(id))?.edits;
    await fixture.credentials.touch(id);
    await fixture.credentials.setDefault(id);
    assert.equal(await edits(), undefined);
    await fixture.credentials.edit(id, { name: 'Home' });
    assert.equal(await edits(), 1);
    await fixture.credentials.replaceKey(id, 'sk-new-key');
    assert.equal(await edits(), 2);
  });

  it('removes the key with the credential', async () => {
    const { id } = await fixture.credentials.add(work);
    await fixture.credentials.remove(id);
    assert.deepEqual([await fixture.credentials.list(), fixture.secrets.values.size], [[], 0]);
    await fixture.credentials.remove(id);
  });

  it('removes nothing when the secret storage refuses', async () => {
    const { id } = await fixture.credentials.add(work);
    fixture.secrets.refusing.add('delete');
    await assert.rejects(fixture.credentials.remove(id), /refused to delete the key/);
    assert.equal((await fixture.credentials.list()).length, 1);
  });
});
