/** What a run will use and cost, before it is sent. Estimates say that they are, and a price is never guessed. */
import type { Cost, JobRequest } from '../model.ts';
import { costOf } from './cost.ts';

export interface Forecast {
  /** About: see `tokensOf`. */
  readonly inputTokens: number;
  /** Of the answer. `basis`: the median of earlier answers of the template, or the most it may have. */
  readonly output?: { readonly tokens: number; readonly basis: 'earlier' | 'limit' };
  /** Of the prompt and, where it is known, the answer; missing where the price is not known. */
  readonly cost?: Cost;
  /** Answers on this machine, for nothing. */
  readonly free: boolean;
}

export interface ForecastOf {
  readonly request: Pick<JobRequest, 'messages' | 'model' | 'parameters' | 'provider'>;
  readonly countTokens: (text: string) => number;
  /** Median tokens of earlier answers of this template with this model. */
  readonly typical: number | undefined;
  /** The provider's own servers are asked: others may have other prices. */
  readonly own: boolean;
  readonly offline: boolean;
}

export function forecast({ countTokens, offline, own, request, typical }: ForecastOf): Forecast {
  const { messages, model, parameters, provider } = request;
  const inputTokens = messages.reduce((sum, { content }) => sum + countTokens(content), 0);
  const output = outputOf(typical, parameters.maxTokens);
  const usage = { inputTokens, outputTokens: output?.tokens ?? 0 };
  const cost = own && !offline ? costOf(provider, model, usage) : undefined;
  return { inputTokens, ...(output && { output }), ...(cost && { cost }), free: offline };
}

function outputOf(typical: number | undefined, limit: number | undefined): Forecast['output'] {
  if (typical !== undefined) {
    return { tokens: Math.min(typical, limit ?? typical), basis: 'earlier' };
  }
  return limit === undefined ? undefined : { tokens: limit, basis: 'limit' };
}
