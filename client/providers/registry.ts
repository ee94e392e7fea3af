import { catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { priced } from './cost.ts';
import { createEcho } from './echo.ts';
import type { Log } from './log.ts';
import type { Provider, ProviderDescription } from './provider.ts';
import type { Redactor } from './redact.ts';
import { redacted } from './redacted.ts';

export interface RegistryOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly redactor: Redactor;
}

/** Every provider there is. Listing them costs nothing; an SDK is loaded when its provider is first used. */
export class Registry {
  readonly #descriptions: ReadonlyMap<string, ProviderDescription>;

  constructor(descriptions: readonly ProviderDescription[]) {
    this.#descriptions = new Map(descriptions.map((one) => [one.slug, one]));
  }

  list(): readonly ProviderDescription[] {
    return [...this.#descriptions.values()];
  }

  get(slug: string): ProviderDescription | undefined {
    return this.#descriptions.get(slug);
  }
}

export function builtInProviders(options: RegistryOptions): Registry {
  const { clock, log, redactor } = options;
  const once = (
    load: () => Promise<Provider>,
    about: Pick<ProviderDescription, 'baseUrl' | 'slug'>,
  ): (() => Promise<Provider>) => {
    let loading: Promise<Provider> | undefined;
    return () => (loading ??= load().then((one) => redacted(priced(one, about), redactor)));
  };
  const openai = (
    about: Pick<ProviderDescription, 'baseUrl' | 'slug'>,
  ): (() => Promise<Provider>) =>
    once(async () => (await import('./openai/openai.ts')).createOpenAi({ clock, log }), about);
  return new Registry([
    { ...catalogue.openai, load: openai(catalogue.openai) },
    {
      ...catalogue.anthropic,
      load: once(async () => {
        const { createAnthropic } = await import('./anthropic/anthropic.ts');
        return createAnthropic({ clock, log });
      }, catalogue.anthropic),
    },
    {
      ...catalogue.cohere,
      load: once(
        async () => (await import('./cohere/cohere.ts')).createCohere({ clock, log }),
        catalogue.cohere,
      ),
    },
    { ...catalogue.openaiCompatible, load: openai(catalogue.openaiCompatible) },
    { ...catalogue.echo, load: once(async () => createEcho(clock), catalogue.echo) },
  ]);
}
