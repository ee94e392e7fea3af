/**
 * One small RPC used on both sides of a webview: requests page → host, events host → page.
 * Every request is answered, with a result or an error; a page that goes away rejects what it waits for.
 */
import type { Disposable } from '../model.ts';
import type { PageContract } from './protocol.ts';

/** How messages get across; `window.postMessage` or `webview.postMessage`. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

type Requests<C extends PageContract> = C['requests'];
type Events<C extends PageContract> = C['events'];

export type Handlers<C extends PageContract> = {
  readonly [M in keyof Requests<C>]: (
    params: Requests<C>[M]['params'],
  ) => Promise<Requests<C>[M]['result']> | Requests<C>[M]['result'];
};

export type Listeners<C extends PageContract> = {
  readonly [E in keyof Events<C>]?: (payload: Events<C>[E]) => void;
};

type Wire =
  | { readonly request: number; readonly method: string; readonly params: unknown }
  | { readonly response: number; readonly result: unknown }
  | { readonly response: number; readonly error: string }
  | { readonly event: string; readonly payload: unknown };

interface Waiting {
  // oxlint-disable-next-line typescript/no-explicit-any -- each request knows its own result type
  readonly resolve: (value: any) => void;
  readonly reject: (error: Error) => void;
}

/** The page's end: asks and listens. */
export class PageChannel<C extends PageContract> implements Disposable {
  readonly #port: Port;
  readonly #waiting = new Map<number, Waiting>();
  readonly #subscription: Disposable;
  #next = 1;
  #closed = false;

  constructor(port: Port, listeners: Listeners<C>) {
    this.#port = port;
    this.#subscription = port.onMessage((message) => {
      this.#receive(message as Wire, listeners);
    });
  }

  /** @throws Error with the host's message. */
  request<M extends keyof Requests<C> & string>(
    method: M,
    params: Requests<C>[M]['params'],
  ): Promise<Requests<C>[M]['result']> {
    if (this.#closed) return Promise.reject(new Error('The page was closed.'));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.post({ request: id, method, params } satisfies Wire);
    });
  }

  dispose(): void {
    this.#closed = true;
    this.#subscription.dispose();
    for (const { reject } of this.#waiting.values()) reject(new Error('The page was closed.'));
    this.#waiting.clear();
  }

  #receive(message: Wire | undefined, listeners: Listeners<C>): void {
    if (typeof message !== 'object' || message === null) return;
    if ('event' in message) {
      if (Object.hasOwn(listeners, message.event)) {
        listeners[message.event as keyof Events<C>]?.(message.payload as never);
      }
      return;
    }
    if (!('response' in message)) return;
    const waiting = this.#waiting.get(message.response);
    this.#waiting.delete(message.response);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.result);
  }
}

/** The extension's end: answers and announces. What arrives is untrusted: unknown methods are refused. */
export class HostChannel<C extends PageContract> implements Disposable {
  readonly #port: Port;
  readonly #describeError: (error: unknown) => string;
  #subscription: Disposable | undefined;
  #disposed = false;

  /** @param describeError turns any thrown value into a sentence fit to show (redacted). */
  constructor(port: Port, describeError: (error: unknown) => string) {
    this.#port = port;
    this.#describeError = describeError;
  }

  /** Answers requests from now on; called once. */
  serve(handlers: Handlers<C>): void {
    this.#subscription = this.#port.onMessage((message) => {
      void this.#receive(message, handlers);
    });
  }

  emit<E extends keyof Events<C> & string>(event: E, payload: Events<C>[E]): void {
    this.#post({ event, payload });
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription?.dispose();
  }

  async #receive(message: unknown, handlers: Handlers<C>): Promise<void> {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    const { request, method, params } = message as Extract<Wire, { request: number }>;
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`Unknown request "${method}".`);
      const handler = handlers[method as keyof Handlers<C>];
      this.#post({ response: request, result: await handler(params) });
    } catch (error) {
      this.#post({ response: request, error: this.#describeError(error) });
    }
  }

  /** Posting into a closed page throws in VS Code; nobody is there to hear it. */
  #post(message: Wire): void {
    if (!this.#disposed) this.#port.post(message);
  }
}
