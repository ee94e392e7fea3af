/** What a run can be sent with, without a store: credentials as a list, providers that nobody loads. */
import { defaultOf } from '../../../client/credentials/choice.ts';
import type { Credential } from '../../../client/model.ts';
import type { Provider } from '../../../client/providers/provider.ts';
import { Registry } from '../../../client/providers/registry.ts';

const load = (): Promise<Provider> => Promise.reject(new Error('Not needed to choose.'));
const providers = new Registry([
  {
    slug: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    needsCredential: true,
    offline: false,
    defaultModel: 'gpt-default',
    load,
  },
  {
    slug: 'other',
    name: 'Other',
    baseUrl: 'https://other.example',
    needsCredential: true,
    offline: false,
    load,
  },
  {
    slug: 'echo',
    name: 'Echo (offline)',
    baseUrl: '',
    needsCredential: false,
    offline: true,
    defaultModel: 'echo-1',
    load,
  },
]);

export function credential(given: Partial<Credential> & Pick<Credential, 'id'>): Credential {
  return {
    provider: 'openai',
    name: given.id,
    baseUrl: 'https://api.openai.com/v1',
    origin: 'https://api.openai.com',
    keyless: false,
    isDefault: false,
    enabled: true,
    priority: 0,
    createdAt: 0,
    ...given,
  };
}

export function options(all: readonly Credential[], provider?: string) {
  const list = async (slug?: string) =>
    all.filter((one) => slug === undefined || one.provider === slug);
  return {
    providers,
    defaultProvider: () => provider,
    credentials: {
      list,
      find: async (name: string) => all.find((one) => one.id === name || one.name === name),
      defaultFor: async (slug: string) => defaultOf(await list(slug)),
    },
  };
}

export const work = credential({
  id: 'work',
  isDefault: true,
  preferredModel: 'm-work',
  temperature: 0.5,
  maxTokens: 9,
  system: 'Be kind.',
});
export const backup = credential({ id: 'backup', preferredModel: 'm-backup' });
export const local = credential({
  id: 'local',
  baseUrl: 'http://localhost:1/v1',
  origin: 'http://localhost:1',
});
export const other = credential({
  id: 'other',
  provider: 'other',
  preferredModel: 'm-other',
  isDefault: true,
});
