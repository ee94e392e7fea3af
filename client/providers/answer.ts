import type { Usage } from '../model.ts';
import { FaultError } from './fault.ts';
import type { Completion } from './provider.ts';

/** What has been read of an answer so far, whatever the protocol. */
export class Answer {
  readonly #onText: (text: string) => void;
  #events = 0;
  #finishReason: string | undefined;
  #model: string | undefined;
  #usage: Usage | undefined;
  #refusal: string | undefined;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** The provider's own end marker was seen. */
  get ended(): boolean {
    return this.#finishReason !== undefined;
  }

  /** Something of the protocol arrived. */
  event(): void {
    this.#events++;
  }

  text(piece: unknown): void {
    if (typeof piece === 'string' && piece !== '') this.#onText(piece);
  }

  model(name: unknown): void {
    if (typeof name === 'string' && name !== '') this.#model = name;
  }

  /** Counts that are no numbers are left as they were. */
  usage(inputTokens: unknown, outputTokens: unknown, cacheReadTokens?: unknown): void {
    const input = typeof inputTokens === 'number' ? inputTokens : this.#usage?.inputTokens;
    const output = typeof outputTokens === 'number' ? outputTokens : this.#usage?.outputTokens;
    if (input === undefined && output === undefined) return;
    const known = this.#usage?.cacheReadTokens;
    const read = typeof cacheReadTokens === 'number' ? cacheReadTokens : known;
    const cached = read === undefined || read === 0 ? {} : { cacheReadTokens: read };
    this.#usage = { inputTokens: input, outputTokens: output, ...cached };
  }

  /** The end marker. `reason`: `stop`, `length`, or the provider's own word. */
  finish(reason: unknown): void {
    if (typeof reason === 'string') this.#finishReason = reason;
  }

  /** The provider declined the content, in these words if it gave any. */
  refuse(words = ''): void {
    this.#refusal = (this.#refusal ?? '') + words;
  }

  /** @throws FaultError when this was no whole answer */
  completion(requestId: string | undefined): Completion {
    if (this.#events === 0) throw new FaultError({ on: 'shape', detail: 'an empty answer' });
    if (this.#finishReason === undefined) throw new FaultError({ on: 'truncated' });
    if (this.#refusal !== undefined) {
      const said = this.#refusal === '' ? {} : { message: this.#refusal };
      throw new FaultError({ on: 'filtered', ...said });
    }
    return {
      finishReason: this.#finishReason,
      modelAnswered: this.#model,
      usage: this.#usage,
      requestId,
    };
  }
}
