import assert from 'node:assert/strict';
import { type ErrorKind, errorKinds } from '../../../client/model.ts';
import { type About, actionsFor } from '../../../client/providers/actions.ts';

describe('buttons of an error', () => {
  const ids = (kind: ErrorKind, about: About): string =>
    actionsFor({ kind, message: '' }, about)
      .map(({ id }) => id)
      .join(' ');
  const credential = { hasCredential: true };
  const none = { hasCredential: false };

  for (const kind of errorKinds) {
    it(`there are some for ${kind}, and they fit`, () => {
      assert.notEqual(ids(kind, credential), '');
      assert.doesNotMatch(ids(kind, none), /replaceKey|editCredential/);
      assert.doesNotMatch(ids(kind, { ...credential, withheld: true }), /runAgain/);
      assert.doesNotMatch(ids(kind, { ...credential, ownModel: true }), /chooseModel/);
      const all = actionsFor({ kind, message: '' }, { ...credential, withheld: true });
      assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    });
  }

  const cases: { kind: ErrorKind; about: About; are: string }[] = [
    { kind: 'auth', about: credential, are: 'replaceKey editCredential runAgain' },
    { kind: 'model_not_found', about: credential, are: 'chooseModel editCredential' },
    {
      kind: 'model_not_found',
      about: { ...credential, ownModel: true },
      are: 'openTemplate editCredential',
    },
    { kind: 'interrupted', about: credential, are: 'runAgain' },
    { kind: 'interrupted', about: { ...credential, withheld: true }, are: 'openTemplate' },
    { kind: 'no_credential', about: none, are: 'addCredential useOffline' },
    { kind: 'credential_missing', about: none, are: 'addCredential openTemplate' },
    // The credential of an old run has been removed.
    { kind: 'credential_missing', about: credential, are: 'addCredential openTemplate' },
    { kind: 'credential_unfit', about: credential, are: 'openTemplate' },
    { kind: 'no_default', about: none, are: 'makeDefault openTemplate' },
    { kind: 'key_missing', about: credential, are: 'replaceKey runAgain' },
    { kind: 'unknown_provider', about: none, are: 'openTemplate' },
    { kind: 'unknown_default_provider', about: none, are: 'selectProvider openTemplate' },
  ];
  for (const { kind, about, are } of cases) {
    it(`are for ${kind}, ${JSON.stringify(about)}: ${are}`, () => {
      assert.equal(ids(kind, about), are);
    });
  }

  it('have labels', () => {
    const [first] = actionsFor({ kind: 'auth', message: '' }, credential);
    assert.deepEqual(first, { id: 'replaceKey', label: 'Replace Key' });
  });
});
