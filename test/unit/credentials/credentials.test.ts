import assert from 'node:assert/strict';
import { secretName } from '../../../client/credentials/secrets.ts';
import { everyByte } from '../../support/everyByte.ts';
import { canary, diskFull, folder, work, CredentialsFixture } from './fixture.ts';

describe('new credentials of a folder', () => {
  let fixture: CredentialsFixture;

  beforeEach(async () => {
    fixture = await CredentialsFixture.open();
  });

  afterEach(() => fixture.close());

  it('keeps the public half in the store and the key in the secret storage alone', async () => {
    const added = await fixture.credentials.add(work);
    assert.deepEqual(await fixture.credentials.list(), [added]);
    assert.deepEqual(added, {
      id: 'c1',
      provider: 'openai',
      name: 'Work',
      baseUrl: 'https://api.example.com/v1',
      origin: 'https://api.example.com',
      keyless: false,
      isDefault: true,
      enabled: true,
      priority: 0,
      createdAt: fixture.clock.now(),
    });
    assert.deepEqual([...fixture.secrets.values.keys()], [secretName('openai', folder, 'c1')]);
    assert.doesNotMatch(await everyByte(fixture.directory), /canary/);
    assert.equal(fixture.redactor.redact(`x ${canary}`), 'x [redacted]');
  });

  it('gives the connection with the key, which does not show when printed', async () => {
    const connection = await fixture.credentials.connection(await fixture.credentials.add(work));
    assert.equal(connection.key?.(), canary);
    assert.doesNotMatch(JSON.stringify(connection), /canary/);
    assert.deepEqual(
      [connection.name, connection.baseUrl, connection.origin],
      ['Work', 'https://api.example.com/v1', 'https://api.example.com'],
    );
  });

  it('takes a server without key', async () => {
    const local = await fixture.credentials.add({
      provider: 'openai',
      name: 'Local',
      baseUrl: 'http://localhost:11434/v1',
    });
    assert.equal(local.keyless, true);
    assert.equal((await fixture.credentials.connection(local)).key, undefined);
    assert.equal(fixture.secrets.values.size, 0);
  });

  const bad: readonly {
    readonly field: string;
    readonly input: Partial<typeof work>;
    readonly message: RegExp;
  }[] = [
    { field: 'name', input: { name: '  ' }, message: /^Give the credential a name\.$/ },
    { field: 'name', input: { name: 'x'.repeat(101) }, message: /at most 100/ },
    { field: 'name', input: { name: ' wOrK ' }, message: /named 'wOrK' already/ },
    { field: 'baseUrl', input: { baseUrl: 'api.example.com' }, message: /^Enter a URL such as/ },
    { field: 'baseUrl', input: { baseUrl: 'ftp://x.example' }, message: /begins with https/ },
    {
      field: 'baseUrl',
      input: { baseUrl: 'https://me:pw@x.example' },
      message: /user name or password/,
    },
    { field: 'baseUrl', input: { baseUrl: 'https://x.example/#a' }, message: /no part after #/ },
    { field: 'key', input: { key: ' ' }, message: /^Enter the key\.$/ },
    { field: 'key', input: { key: 'sk canary' }, message: /^A key has no spaces(?!.*canary)/ },
    { field: 'key', input: { key: 'sk-canary\nx' }, message: /^A key has no spaces(?!.*canary)/ },
    { field: 'key', input: { key: 'schlüssel' }, message: /^A key has no spaces/ },
  ];
  for (const { field, input, message } of bad) {
    it(`refuses the ${field} ${JSON.stringify(Object.values(input)[0]?.slice(0, 30))}`, async () => {
      await fixture.credentials.add({ ...work, key: 'sk-other-key' });
      const refused = fixture.credentials.add({ ...work, name: 'New', ...input });
      await assert.rejects(refused, (error: Error & { field?: string }) => {
        assert.equal(error.field, field);
        assert.match(error.message, message);
        return true;
      });
      assert.equal((await fixture.credentials.list()).length, 1);
      assert.equal(fixture.secrets.values.size, 1);
    });
  }

  it('trims what is pasted', async () => {
    const added = await fixture.credentials.add({ ...work, name: ' Work ', key: ` ${canary}\n` });
    assert.equal(added.name, 'Work');
    assert.equal((await fixture.credentials.connection(added)).key?.(), canary);
  });

  it('keeps nothing when the secret storage refuses, and says so', async () => {
    fixture.secrets.refusing.add('set');
    await assert.rejects(
      fixture.credentials.add(work),
      /secret storage.*refused to store the key: The keyring is locked\./,
    );
    assert.deepEqual(await fixture.credentials.list(), []);
  });

  it('keeps no secret when the store refuses', async () => {
    fixture.store.refuse(diskFull);
    await assert.rejects(fixture.credentials.add(work), diskFull);
    assert.equal(fixture.secrets.values.size, 0);
  });

  it('tells when the key is not on this machine', async () => {
    const added = await fixture.credentials.add(work);
    fixture.secrets.values.clear();
    await assert.rejects(
      fixture.credentials.connection(added),
      (error: Error & { info?: { kind: string } }) => {
        assert.equal(error.info?.kind, 'key_missing');
        assert.match(error.message, /^The key of 'Work' is not on this machine\. Enter it/);
        return true;
      },
    );
  });

  it('tells when the key cannot be read', async () => {
    const added = await fixture.credentials.add(work);
    fixture.secrets.refusing.add('get');
    await assert.rejects(
      fixture.credentials.connection(added),
      /refused to read the key: The keyring is locked/,
    );
  });
});
