/** Reads an answer of Anthropic's messages. */
import type { Answer } from '../answer.ts';

interface MessageBody {
  readonly model?: unknown;
  readonly content?: readonly { readonly type?: unknown; readonly text?: unknown }[];
  readonly stop_reason?: unknown;
  readonly stop_details?: { readonly category?: unknown; readonly explanation?: unknown } | null;
  readonly usage?: Readonly<Record<string, unknown>> | null;
}

export function readMessageEvent(event: object, answer: Answer): void {
  const { type, delta, message, usage } = event as {
    readonly type?: unknown;
    readonly delta?: MessageBody & { readonly type?: unknown; readonly text?: unknown };
    readonly message?: MessageBody;
    readonly usage?: MessageBody['usage'];
  };
  answer.event();
  switch (type) {
    case 'message_start':
      answer.model(message?.model);
      readUsage(message?.usage, answer);
      return;
    case 'content_block_delta':
      // Thinking and the like are deltas of other types.
      if (delta?.type === 'text_delta') answer.text(delta.text);
      return;
    case 'message_delta':
      readUsage(usage, answer);
      readStop(delta ?? {}, answer);
      return;
    default:
  }
}

/** A whole answer. */
export function readMessage(body: object, answer: Answer): void {
  const message = body as MessageBody;
  if (!Array.isArray(message.content)) return;
  answer.event();
  answer.model(message.model);
  for (const { type, text } of message.content) if (type === 'text') answer.text(text);
  readUsage(message.usage, answer);
  readStop(message, answer);
}

/** What was read from and written to the cache was sent as well. */
function readUsage(usage: MessageBody['usage'], answer: Answer): void {
  const input = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens']
    .map((name) => usage?.[name])
    .filter((count) => typeof count === 'number');
  const sum = input.length > 0 ? input.reduce((a, b) => a + b, 0) : undefined;
  answer.usage(sum, usage?.['output_tokens'], usage?.['cache_read_input_tokens']);
}

const reasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
};

function readStop({ stop_details, stop_reason }: MessageBody, answer: Answer): void {
  if (typeof stop_reason !== 'string') return;
  if (stop_reason === 'refusal') {
    const { category, explanation } = stop_details ?? {};
    const words = [explanation, category].find((one) => typeof one === 'string');
    answer.refuse(typeof words === 'string' ? words : '');
  }
  answer.finish(reasons[stop_reason] ?? stop_reason);
}
