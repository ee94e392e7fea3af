/** Tokens, roughly, where nobody has counted them. Pure. */
import type { JobRequest } from '../model.ts';

/** In English and in code; other languages have fewer characters to a token, and the answer's own count corrects it. */
const charactersPerToken = 4;

export function tokensOf(text: { readonly length: number }): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** What a request may use at most: its prompt, and as much of an answer as it allows. */
export function estimatedTokens({ messages, parameters }: JobRequest): number {
  let characters = 0;
  for (const { content } of messages) characters += content.length;
  return Math.ceil(characters / charactersPerToken) + (parameters.maxTokens ?? 0);
}
