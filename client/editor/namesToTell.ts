import type { Credential } from '../model.ts';
import type { KnownNamesParams } from '../../server/protocol.ts';

interface Provider {
  readonly slug: string;
  readonly name: string;
  readonly defaultModel?: string;
}

/**
 * What completion may offer: each provider with the models it is known to have, and the credentials in use.
 * @param listed the models a credential listed last, by its id.
 */
export function namesToTell(
  providers: readonly Provider[],
  credentials: readonly Credential[],
  listed: (credential: string) => readonly string[] = () => [],
): Omit<KnownNamesParams, 'folder'> {
  const used = credentials.filter(({ enabled }) => enabled);
  return {
    providers: providers.map(({ slug, name, defaultModel }) => {
      const own = used.filter(({ provider }) => provider === slug);
      const preferred = own.map(({ preferredModel }) => preferredModel);
      const all = [...preferred, defaultModel, ...own.flatMap(({ id }) => listed(id))];
      return { slug, name, models: [...new Set(all.filter((model) => model !== undefined))] };
    }),
    credentials: used.map(({ name, provider }) => ({ name, provider })),
  };
}
