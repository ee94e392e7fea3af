import type { ErrorInfo } from '../../client/model.ts';
import {
  type Completion,
  type Connection,
  type ModelInfo,
  type Provider,
  ProviderError,
  type ProviderRequest,
} from '../../client/providers/provider.ts';

/** One request that has reached the provider; the test decides what comes back. */
export class Call {
  readonly connection: Connection;
  readonly request: ProviderRequest;
  readonly signal: AbortSignal;
  readonly #onText: (text: string) => void;
  readonly #ended = Promise.withResolvers<Completion>();

  constructor(
    connection: Connection,
    request: ProviderRequest,
    onText: (text: string) => void,
    signal: AbortSignal,
  ) {
    this.connection = connection;
    this.request = request;
    this.signal = signal;
    this.#onText = onText;
    const cancel = (): void => this.fail({ kind: 'cancelled', message: 'Cancelled.' });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  }

  get ended(): Promise<Completion> {
    return this.#ended.promise;
  }

  get prompt(): string {
    return this.request.messages[0]?.content ?? '';
  }

  say(text: string): void {
    this.#onText(text);
  }

  finish(completion: Partial<Completion> = {}): void {
    this.#ended.resolve({ finishReason: 'stop', ...completion });
  }

  fail(error: ErrorInfo): void {
    this.#ended.reject(new ProviderError(error));
  }
}

/** A provider that does what the test says, call by call. */
export class ScriptedProvider implements Provider {
  readonly calls: Call[] = [];
  #taken = 0;
  #arrived = Promise.withResolvers<void>();

  async stream(
    ...[connection, request, onText, signal]: Parameters<Provider['stream']>
  ): Promise<Completion> {
    const call = new Call(connection, request, onText, signal);
    this.calls.push(call);
    this.#arrived.resolve();
    this.#arrived = Promise.withResolvers();
    return call.ended;
  }

  /** The next request, in the order they arrive. */
  async next(): Promise<Call> {
    for (;;) {
      const call = this.calls[this.#taken];
      if (call !== undefined) {
        this.#taken++;
        return call;
      }
      await this.#arrived.promise;
    }
  }

  async listModels(): Promise<ModelInfo[]> {
    return [];
  }
}
