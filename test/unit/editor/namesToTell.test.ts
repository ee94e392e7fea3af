import assert from 'node:assert/strict';
import { namesToTell } from '../../../client/editor/namesToTell.ts';
import type { Credential } from '../../../client/model.ts';

const credential = (more: Partial<Credential>): Credential => ({
  id: 'c1',
  provider: 'openai',
  name: 'Work',
  baseUrl: 'https://api.example.com',
  origin: 'https://api.example.com',
  keyless: false,
  isDefault: true,
  enabled: true,
  priority: 0,
  createdAt: 0,
  ...more,
});

const openai = { slug: 'openai', name: 'OpenAI', defaultModel: 'm-default' };

describe('names told to the language server', () => {
  it('are those of the providers, with the models of their credentials first', () => {
    const used = credential({ preferredModel: 'm-mine' });
    const off = credential({ name: 'Old', preferredModel: 'm-old', enabled: false });
    assert.deepEqual(namesToTell([openai, { slug: 'x', name: 'X' }], [used, off]), {
      providers: [
        { slug: 'openai', name: 'OpenAI', models: ['m-mine', 'm-default'] },
        { slug: 'x', name: 'X', models: [] },
      ],
      credentials: [{ name: 'Work', provider: 'openai' }],
    });
  });

  it('have the models that a credential in use listed last behind the chosen ones', () => {
    const used = credential({ preferredModel: 'm-2' });
    const off = credential({ id: 'c2', enabled: false });
    const listed = (id: string) => (id === 'c1' ? ['m-1', 'm-2', 'm-3'] : ['m-off']);
    const { providers } = namesToTell([openai], [used, off], listed);
    assert.deepEqual(providers[0]?.models, ['m-2', 'm-default', 'm-1', 'm-3']);
  });

  it('say each model once and nothing of a key or an address', () => {
    const told = namesToTell([openai], [credential({ preferredModel: 'm-default' })]);
    assert.deepEqual(told.providers[0]?.models, ['m-default']);
    assert(!JSON.stringify(told).includes('example.com'));
  });
});
