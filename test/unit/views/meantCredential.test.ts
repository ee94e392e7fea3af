import assert from 'node:assert/strict';
import type { Credential } from '../../../client/model.ts';
import { meantCredential } from '../../../client/views/meantCredential.ts';

const credential = (id: string, provider = 'openai'): Credential =>
  ({ id, provider, name: id }) as Credential;
const home = credential('home');
const work = credential('work');
const other = credential('other', 'else');

describe('the credential a command is about', () => {
  const cases: {
    name: string;
    all: Credential[];
    named?: { credential?: string; provider?: string };
    is: string;
  }[] = [
    { name: 'the named one', all: [home, work], named: { credential: 'work' }, is: 'one: work' },
    {
      name: 'no other when the named one is gone',
      all: [home],
      named: { credential: 'work', provider: 'openai' },
      is: 'removed',
    },
    { name: 'none of none', all: [], named: { credential: 'work' }, is: 'removed' },
    { name: 'the only one', all: [home], is: 'one: home' },
    {
      name: 'the only one of the provider',
      all: [home, other],
      named: { provider: 'else' },
      is: 'one: other',
    },
    { name: 'one of several', all: [home, work, other], is: 'several: home work other' },
    {
      name: 'one of several of the provider',
      all: [home, work, other],
      named: { provider: 'openai' },
      is: 'several: home work',
    },
    { name: 'none', all: [], is: 'none' },
    { name: 'none of the provider', all: [home], named: { provider: 'else' }, is: 'none' },
  ];
  for (const { name, all, named, is } of cases) {
    it(`is ${name}`, () => {
      const meant = meantCredential(all, named);
      const ids =
        meant.kind === 'one'
          ? [meant.credential.id]
          : meant.kind === 'several'
            ? meant.among.map(({ id }) => id)
            : [];
      assert.equal([meant.kind, ids.join(' ')].filter(Boolean).join(': '), is);
    });
  }
});
