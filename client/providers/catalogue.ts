import type { ProviderDescription } from './provider.ts';

/** What is known of a provider without loading anything: enough to let one be picked. */
export interface CatalogueEntry extends Omit<ProviderDescription, 'load'> {
  /** For the person who picks; the setting `promptWorkbench.provider` says the same. */
  readonly summary: string;
}

/** Every provider there is, in the order in which they are offered and, when nobody is named, asked. */
export const catalogue = {
  openai: {
    slug: 'openai',
    name: 'OpenAI',
    summary: 'OpenAI and servers that speak its API. Needs a credential.',
    baseUrl: 'https://api.openai.com/v1',
    needsCredential: true,
    offline: false,
    keyUrl: 'https://platform.openai.com/api-keys',
    defaultModel: 'gpt-5.4-mini',
  },
  echo: {
    slug: 'echo',
    name: 'Echo (offline)',
    summary:
      'Answers on this machine without a key or network, marked as offline. For trying things out.',
    baseUrl: '',
    needsCredential: false,
    offline: true,
    defaultModel: 'echo-1',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** What the setting says when no provider is set. */
export const automatic = {
  name: 'Automatic',
  summary: 'The provider of the first credential of the folder.',
} as const;
