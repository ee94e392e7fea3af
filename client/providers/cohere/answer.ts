/** Reads an answer of Cohere's chat. */
import type { Answer } from '../answer.ts';
import { FaultError } from '../fault.ts';

interface Content {
  readonly type?: unknown;
  readonly text?: unknown;
}
interface Counts {
  readonly inputTokens?: unknown;
  readonly outputTokens?: unknown;
}

/** @throws FaultError for an answer that failed */
export function readChatEvent(event: object, answer: Answer): void {
  const { type, delta } = event as {
    readonly type?: unknown;
    readonly delta?: {
      readonly error?: unknown;
      readonly finishReason?: unknown;
      readonly message?: { readonly content?: Content };
      readonly usage?: { readonly billedUnits?: Counts; readonly tokens?: Counts };
    };
  };
  answer.event();
  if (type === 'content-delta') answer.text(delta?.message?.content?.text);
  if (type !== 'message-end') return;
  // What is billed; the tokens count what Cohere adds to every prompt as well.
  const counts = delta?.usage?.billedUnits ?? delta?.usage?.tokens;
  answer.usage(counts?.inputTokens, counts?.outputTokens);
  finish(delta?.finishReason, delta?.error, answer);
}

interface Document {
  readonly finish_reason?: unknown;
  readonly message?: { readonly content?: readonly Content[] };
  readonly usage?: Readonly<
    Record<string, { readonly input_tokens?: unknown; readonly output_tokens?: unknown }>
  >;
}

/** A whole answer, in the spelling of the wire. @throws FaultError for one that failed */
export function readChat(body: object, answer: Answer): void {
  const { finish_reason, message, usage } = body as Document;
  if (!Array.isArray(message?.content)) return;
  answer.event();
  for (const { type, text } of message.content as readonly Content[])
    if (type === 'text') answer.text(text);
  const counts = usage?.['billed_units'] ?? usage?.['tokens'];
  answer.usage(counts?.input_tokens, counts?.output_tokens);
  finish(finish_reason, undefined, answer);
}

const reasons: Readonly<Record<string, string>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
};

function finish(reason: unknown, error: unknown, answer: Answer): void {
  if (typeof reason !== 'string') return;
  const said = typeof error === 'string' ? error : 'The answer failed';
  if (reason === 'TIMEOUT') {
    throw new FaultError({ on: 'answer', whole: false, code: '504', message: said });
  }
  if (reason === 'ERROR_TOXIC') answer.refuse();
  else if (reason.startsWith('ERROR')) {
    throw new FaultError({ on: 'answer', whole: false, type: 'server_error', message: said });
  }
  answer.finish(reasons[reason] ?? reason);
}
