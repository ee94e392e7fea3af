/** What other tools say of the model, in our keys. */
import type { Value } from '../values.ts';
import type { Loss } from './draft.ts';
import { type Data, lineOf, list, text } from './source.ts';

const spellings: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  maxOutputTokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  max_completion_tokens: 'max_tokens',
  maxOutputTokenCount: 'max_tokens',
  max_tokens: 'max_tokens',
  maxTokens: 'max_tokens',
  topP: 'top_p',
  top_p: 'top_p',
  topK: 'top_k',
  top_k: 'top_k',
  stop: 'stop',
  stopSequences: 'stop',
  stop_sequences: 'stop',
};

/** Sampling parameters by our names, and those we have no key for. */
export function parameters(
  given: Data,
  source: string,
): { head: Record<string, Value>; losses: Loss[] } {
  const head: Record<string, Value> = {};
  const losses: Loss[] = [];
  for (const [key, value] of Object.entries(given)) {
    const ours = Object.hasOwn(spellings, key) ? spellings[key] : undefined;
    if (ours === 'stop') head['stop'] = list(value).map((one) => text(one) ?? '');
    else if (ours !== undefined && typeof value === 'number') head[ours] = value;
    else {
      const line = lineOf(source, key);
      const reason = 'There is no such model parameter here.';
      losses.push({ key, reason, ...(line !== undefined && { line }) });
    }
  }
  return { head, losses };
}

const providers: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  cohere: 'cohere',
  ollama: 'ollama',
};

/** `openai/gpt-x` and `openai:chat:gpt-x`: who answers, where it is somebody we know, and the model. */
export function modelOf(written: string | undefined): { provider?: string; model?: string } {
  if (written === undefined || written === '') return {};
  const [first = '', ...rest] = written.split(/[/:]/);
  if (rest.length === 0) return { model: written };
  const model = written
    .slice(first.length + 1)
    .replace(/^(?:chat|responses|messages|completion):/, '');
  const provider = Object.hasOwn(providers, first.toLowerCase())
    ? providers[first.toLowerCase()]
    : undefined;
  return { model, ...(provider !== undefined && { provider }) };
}
