import assert from 'node:assert/strict';
import { secretName } from '../../../client/credentials/secrets.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { openStoreOfProcess } from '../../support/temporaryStore.ts';
import { canary, folder, work, CredentialsFixture } from './fixture.ts';

describe('choice of a credential', () => {
  let fixture: CredentialsFixture;

  beforeEach(async () => {
    fixture = await CredentialsFixture.open();
  });

  afterEach(() => fixture.close());

  it('has one default per provider: the first, then the one that was made it', async () => {
    const first = await fixture.credentials.add(work);
    const second = await fixture.credentials.add({ ...work, name: 'Second' });
    const other = await fixture.credentials.add({ ...work, provider: 'other', name: 'Third' });
    assert.deepEqual([first.isDefault, second.isDefault, other.isDefault], [true, false, true]);
    await fixture.credentials.setDefault(second.id);
    assert.equal((await fixture.credentials.defaultFor('openai'))?.id, second.id);
    assert.equal((await fixture.credentials.defaultFor('other'))?.id, other.id);
    assert.equal(
      (await fixture.credentials.list('openai')).filter((one) => one.isDefault).length,
      1,
    );
  });

  it('does not skip a default that is disabled, and best skips what cannot work', async () => {
    const first = await fixture.credentials.add(work);
    const second = await fixture.credentials.add({ ...work, name: 'Second' });
    const third = await fixture.credentials.add({ ...work, name: 'Third' });
    await fixture.credentials.edit(first.id, { enabled: false });
    fixture.secrets.values.delete(secretName('openai', folder, second.id));
    assert.equal((await fixture.credentials.defaultFor('openai'))?.id, first.id);
    assert.equal((await fixture.credentials.bestFor('openai'))?.id, third.id);
    assert.deepEqual(
      (await fixture.credentials.chainFor('openai')).map(({ id }) => id),
      [first.id, third.id],
    );
  });

  it('asks when several are left and none is the default', async () => {
    const first = await fixture.credentials.add(work);
    const second = await fixture.credentials.add({ ...work, name: 'Second' });
    await fixture.credentials.add({ ...work, name: 'Third' });
    await fixture.credentials.remove(first.id);
    assert.equal(await fixture.credentials.defaultFor('openai'), undefined);
    await fixture.credentials.remove(second.id);
    assert.equal((await fixture.credentials.defaultFor('openai'))?.name, 'Third');
  });

  it('finds by id and by name', async () => {
    const { id } = await fixture.credentials.add(work);
    assert.equal((await fixture.credentials.find(id))?.id, id);
    assert.equal((await fixture.credentials.find(' WORK '))?.id, id);
    assert.equal(await fixture.credentials.find('nobody'), undefined);
  });

  it('notes its use, at most once a minute', async () => {
    const { id } = await fixture.credentials.add(work);
    const uses = [];
    for (const wait of [0, 59_000, 1_000]) {
      fixture.clock.advance(wait);
      await fixture.credentials.touch(id);
      uses.push((await fixture.credentials.list())[0]?.lastUsedAt);
    }
    const [first, , third] = uses;
    assert.deepEqual(uses, [fixture.clock.now() - 60_000, first, fixture.clock.now()]);
    assert.equal(third, fixture.clock.now());
  });

  it('makes the keys of earlier sessions known to the redactor', async () => {
    await fixture.credentials.add(work);
    const fresh = new Redactor();
    const again = fixture.window(fixture.store, fresh);
    await again.registerSecrets();
    assert.equal(fresh.redact(canary), '[redacted]');
  });

  it('loses no change when two windows edit at the same time', async () => {
    const { id } = await fixture.credentials.add(work);
    const twin = await openStoreOfProcess(fixture.directory, 2, new Set());
    const others = fixture.window(twin, fixture.redactor);
    await Promise.all([
      fixture.credentials.edit(id, { preferredModel: 'm-1' }),
      others.edit(id, { temperature: 0.7 }),
      fixture.credentials.edit(id, { system: 'Be kind.' }),
      others.edit(id, { maxTokens: 9 }),
    ]);
    await twin.close();
    const edited = (await fixture.store.credentials.get(id))?.value;
    assert.deepEqual(
      [edited?.preferredModel, edited?.temperature, edited?.system, edited?.maxTokens],
      ['m-1', 0.7, 'Be kind.', 9],
    );
  });
});
