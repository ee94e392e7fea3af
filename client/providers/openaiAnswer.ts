/** Reads an answer of chat completions, from whatever server: nothing about its shape is taken for granted. */
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { Usage } from '../model.ts';
import { FaultError } from './fault.ts';
import { refusalOf } from './openaiFault.ts';
import type { Completion } from './provider.ts';

/** What has been read so far. */
export class Answer {
  readonly #onText: (text: string) => void;
  #events = 0;
  #finishReason: string | undefined;
  #model: string | undefined;
  #usage: Usage | undefined;
  #refusal = '';
  requestId: string | undefined;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** The provider's end marker was seen. */
  get ended(): boolean {
    return this.#finishReason !== undefined;
  }

  /** A piece of a stream, or a whole answer: its `message` is where a piece has its `delta`. */
  read(event: unknown): void {
    if (typeof event !== 'object' || event === null) return;
    this.#events++;
    const { model, usage, choices } = event as Event;
    if (typeof model === 'string' && model !== '') this.#model = model;
    this.#usage = usageOf(usage) ?? this.#usage;
    const choice = Array.isArray(choices) ? choices[0] : undefined;
    const message = choice?.delta ?? choice?.message;
    if (typeof message?.content === 'string' && message.content !== '')
      this.#onText(message.content);
    if (typeof message?.refusal === 'string') this.#refusal += message.refusal;
    if (typeof choice?.finish_reason === 'string') this.#finishReason = choice.finish_reason;
  }

  /** @throws FaultError when this was no whole answer */
  completion(): Completion {
    if (this.#events === 0) throw new FaultError({ on: 'shape', detail: 'an empty answer' });
    if (this.#finishReason === undefined) throw new FaultError({ on: 'truncated' });
    if (this.#refusal !== '') throw new FaultError({ on: 'filtered', message: this.#refusal });
    if (this.#finishReason === 'content_filter') throw new FaultError({ on: 'filtered' });
    return {
      finishReason: this.#finishReason,
      modelAnswered: this.#model,
      usage: this.#usage,
      requestId: this.requestId,
    };
  }
}

type Message = { readonly content?: unknown; readonly refusal?: unknown };
interface Event {
  readonly model?: unknown;
  readonly usage?: unknown;
  readonly choices?: readonly {
    readonly delta?: Message;
    readonly message?: Message;
    readonly finish_reason?: unknown;
  }[];
}

function usageOf(usage: unknown): Usage | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const { prompt_tokens, completion_tokens } = usage as Record<string, unknown>;
  if (typeof prompt_tokens !== 'number' && typeof completion_tokens !== 'number') return undefined;
  return {
    inputTokens: typeof prompt_tokens === 'number' ? prompt_tokens : undefined,
    outputTokens: typeof completion_tokens === 'number' ? completion_tokens : undefined,
  };
}

/** Reads the response to its end, as a stream or, from servers that ignore `stream`, as one JSON document. */
export async function readAnswer(
  response: Response,
  stream: AsyncIterable<ChatCompletionChunk>,
  answer: Answer,
): Promise<void> {
  const type = response.headers.get('content-type') ?? '';
  if (/\bjson\b/i.test(type)) readDocument(await response.text(), answer);
  else if (/\bhtml\b/i.test(type))
    throw new FaultError({ on: 'shape', detail: await response.text() });
  else for await (const chunk of stream) answer.read(chunk);
}

function readDocument(text: string, answer: Answer): void {
  const body: unknown = JSON.parse(text);
  refuseError(body, text, answer.requestId);
  answer.read(body);
}

/** Some servers put an error into an answer with status 200. @throws FaultError */
export function refuseError(body: unknown, text: string, requestId: string | undefined): void {
  if (typeof body !== 'object' || body === null || !('error' in body)) return;
  if (body.error === undefined || body.error === null) return;
  const refusal = refusalOf(body.error, text);
  // RunPod's vLLM puts the status beside the error, not into it.
  const beside = 'code' in body && typeof body.code === 'number' ? String(body.code) : undefined;
  const code = refusal.code ?? beside;
  throw new FaultError({ on: 'answer', whole: true, requestId, ...refusal, code });
}
