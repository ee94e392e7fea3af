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
  anthropic: {
    slug: 'anthropic',
    name: 'Anthropic',
    summary: 'Claude, and servers that speak its messages. Needs a credential.',
    baseUrl: 'https://api.anthropic.com',
    needsCredential: true,
    offline: false,
    keyUrl: 'https://platform.claude.com/settings/keys',
    defaultModel: 'claude-haiku-5-5',
  },
  cohere: {
    slug: 'cohere',
    name: 'Cohere',
    summary: 'Command models of Cohere. Needs a credential.',
    baseUrl: 'https://api.cohere.com',
    needsCredential: true,
    offline: false,
    keyUrl: 'https://dashboard.cohere.com/api-keys',
    defaultModel: 'command-a-plus-05-2026',
  },
  openaiCompatible: {
    slug: 'openai-compatible',
    name: 'OpenAI-compatible',
    summary:
      'Ollama, LM Studio, vLLM, Azure OpenAI, OpenRouter and other servers that speak the API of OpenAI.',
    baseUrl: '',
    needsCredential: true,
    offline: false,
    presets: [
      { name: 'Ollama', baseUrl: 'http://localhost:11434/v1', needsKey: false },
      { name: 'LM Studio', baseUrl: 'http://localhost:1234/v1', needsKey: false },
      { name: 'vLLM', baseUrl: 'http://localhost:8000/v1', needsKey: false },
      {
        name: 'Azure OpenAI',
        baseUrl: 'https://YOUR-RESOURCE.openai.azure.com/openai/v1',
        needsKey: true,
        keyUrl: 'https://ai.azure.com',
      },
      {
        name: 'OpenRouter',
        baseUrl: 'https://openrouter.ai/api/v1',
        needsKey: true,
        keyUrl: 'https://openrouter.ai/settings/keys',
      },
      { name: 'Another server', baseUrl: 'http://localhost:8080/v1', needsKey: false },
    ],
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
