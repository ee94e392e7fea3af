import type { Cost, Usage } from '../model.ts';
import { factsOf, tableDate } from './modelFacts.ts';
import type { Provider, ProviderDescription } from './provider.ts';

const million = 1_000_000;

/** What an answer cost; `undefined` where the tokens or the price are not known: never a guess. */
export function costOf(
  provider: string,
  model: string,
  usage: Usage | undefined,
): Cost | undefined {
  const price = factsOf(provider, model)?.price;
  const { inputTokens, outputTokens, cacheReadTokens = 0 } = usage ?? {};
  if (price === undefined || inputTokens === undefined || outputTokens === undefined)
    return undefined;
  if (price.upTo !== undefined && inputTokens > price.upTo) return undefined;
  const read = price.cacheRead ?? price.input;
  const input = (inputTokens - cacheReadTokens) * price.input + cacheReadTokens * read;
  const amount = (input + outputTokens * price.output) / million;
  return {
    amount,
    currency: 'USD',
    inputPrice: price.input,
    outputPrice: price.output,
    priceDate: tableDate,
  };
}

/** A provider that says what its answers cost, as long as they come from its own servers. */
export function priced(
  provider: Provider,
  { baseUrl, slug }: Pick<ProviderDescription, 'baseUrl' | 'slug'>,
): Provider {
  return {
    async stream(connection, request, onText, signal) {
      const completion = await provider.stream(connection, request, onText, signal);
      const own = baseUrl !== '' && connection.origin === new URL(baseUrl).origin;
      const cost = own ? costOf(slug, request.model, completion.usage) : undefined;
      return { ...completion, ...(cost && { cost }) };
    },
    listModels: (connection, signal) => provider.listModels(connection, signal),
  };
}
