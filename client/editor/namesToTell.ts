import type { Credential } from '../model.ts';
import type { KnownNamesParams } from '../../server/protocol.ts';

interface Provider {
  readonly slug: string;
  readonly name: string;
  readonly defaultModel?: string;
}

/** What completion may offer: each provider with the models it is known to have, and the credentials in use. */
export function namesToTell(
  providers: readonly Provider[],
  credentials: readonly Credential[],
): Omit<KnownNamesParams, 'folder'> {
  const used = credentials.filter(({ enabled }) => enabled);
  return {
    providers: providers.map(({ slug, name, defaultModel }) => {
      const preferred = used
        .filter(({ provider }) => provider === slug)
        .map(({ preferredModel }) => preferredModel);
      const models = [...preferred, defaultModel].filter((model) => model !== undefined);
      return { slug, name, models: [...new Set(models)] };
    }),
    credentials: used.map(({ name, provider }) => ({ name, provider })),
  };
}
