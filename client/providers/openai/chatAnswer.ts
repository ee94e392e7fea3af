/** Reads an answer of chat completions, from whatever server: nothing about its shape is taken for granted. */
import type { Answer } from '../answer.ts';

type Message = { readonly content?: unknown; readonly refusal?: unknown };
interface Event {
  readonly model?: unknown;
  readonly usage?: {
    readonly prompt_tokens?: unknown;
    readonly completion_tokens?: unknown;
    readonly prompt_tokens_details?: { readonly cached_tokens?: unknown } | null;
  } | null;
  readonly choices?: readonly {
    readonly delta?: Message;
    readonly message?: Message;
    readonly finish_reason?: unknown;
  }[];
}

/** A piece of a stream, or a whole answer: its `message` is where a piece has its `delta`. */
export function readChat(event: object, answer: Answer): void {
  const { model, usage, choices } = event as Event;
  answer.event();
  answer.model(model);
  const cached = usage?.prompt_tokens_details?.cached_tokens;
  answer.usage(usage?.prompt_tokens, usage?.completion_tokens, cached);
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  const message = choice?.delta ?? choice?.message;
  answer.text(message?.content);
  if (typeof message?.refusal === 'string') answer.refuse(message.refusal);
  if (choice?.finish_reason === 'content_filter') answer.refuse();
  answer.finish(choice?.finish_reason);
}
