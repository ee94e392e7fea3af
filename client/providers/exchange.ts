import type { Clock } from './clock.ts';
import type { Deadlines } from './deadlines.ts';
import { type Fault, FaultError } from './fault.ts';
import { networkFault } from './networkFault.ts';
import type { Connection } from './provider.ts';
import { refusalOf } from './refusal.ts';
import { retryAfterMs } from './retryAfter.ts';

/** What is in a header at all; anything else would end up in an error message of `Headers`. */
const keyPattern = /^[\x21-\x7e]+$/;

export interface ExchangeOptions {
  readonly connection: Connection;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  /** Headers the protocol asks for, in lower case; an SDK's own may come from the environment. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Carries the key bare; without one it is `Authorization: Bearer`. */
  readonly keyHeader?: string | undefined;
  /** A stream is asked for: a JSON document in its place is kept as `document`. */
  readonly streams: boolean;
}

/**
 * One request of one connection: the `fetch` an SDK is given for it, and what was seen of the answer.
 *
 * Of the headers an SDK has put together only those that describe the body survive: SDKs take others from the
 * environment (organization, project, even a foreign `Authorization`), and none of that may decide where a key goes or
 * which key goes there. The credential is set last, by us alone. Redirects are refused: `fetch` would carry custom
 * headers to another origin and turn a POST into a GET.
 *
 * What goes wrong is classified here, before an SDK can wrap, swallow or rename it.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  #requestId: string | undefined;
  #fault: Fault | undefined;
  #document: string | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  get signal(): AbortSignal {
    return this.#options.deadlines.signal;
  }

  get requestId(): string | undefined {
    return this.#requestId;
  }

  /** Why there is no (whole) answer, if the reason was met on the wire. */
  get fault(): Fault | undefined {
    return this.#options.deadlines.fault ?? this.#fault;
  }

  /** The JSON that came instead of a stream, from servers that ignore `stream`. */
  get document(): string | undefined {
    return this.#document;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    try {
      return await this.#fetch(input, init);
    } catch (error) {
      this.#note(error);
      throw error;
    }
  };

  async #fetch(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const { connection } = this.#options;
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== connection.origin) throw new FaultError({ on: 'origin', to: url.origin });
    const response = await globalThis.fetch(url, {
      ...init,
      headers: this.#headers(init?.headers),
      redirect: 'manual',
      // Some SDKs wrap the signal they are given, and some of those forget to let go of it.
      signal: this.signal,
    });
    refuseRedirect(response, url);
    const { headers } = response;
    this.#requestId = requestIdOf(headers);
    const watched = this.#watched(response);
    if (!response.ok) throw new FaultError(await this.#refusal(watched));
    const type = headers.get('content-type') ?? '';
    if (/\bhtml\b/i.test(type)) throw new FaultError({ on: 'shape', detail: await watched.text() });
    if (!this.#options.streams || !/\bjson\b/i.test(type)) return watched;
    this.#document = await watched.text();
    return new Response('', { headers: { 'content-type': 'text/event-stream' } });
  }

  #note(error: unknown): void {
    this.#fault ??= error instanceof FaultError ? error.fault : networkFault(error);
  }

  #headers(given: ConstructorParameters<typeof Headers>[0]): Headers {
    const { connection, headers, keyHeader } = this.#options;
    const theirs = new Headers(given);
    const ours = new Headers({ 'user-agent': 'prompt-workbench', ...headers });
    for (const name of ['accept', 'content-type']) {
      const value = theirs.get(name);
      if (value !== null) ours.set(name, value);
    }
    if (connection.key === undefined) return ours;
    const key = connection.key();
    if (!keyPattern.test(key)) throw new FaultError({ on: 'key' });
    if (keyHeader === undefined) ours.set('authorization', `Bearer ${key}`);
    else ours.set(keyHeader, key);
    return ours;
  }

  async #refusal(response: Response): Promise<Fault> {
    const { headers, status } = response;
    const text = await response.text();
    const said = refusalOf(parsed(text), text === '' ? `status ${status}` : text);
    const wait = retryAfterMs(headers, this.#options.clock.now());
    return { on: 'status', status, requestId: this.#requestId, retryAfterMs: wait, ...said };
  }

  /**
   * Nobody reads on: SDKs stop at the last event, which comes just before the end of the body. Cancelled there and then,
   * the connection would be torn down, and the next request would have to begin with a handshake.
   */
  #letGo(reader: ReadableStreamDefaultReader<Uint8Array>, reason: unknown): void {
    const giveUp = (): void => void reader.cancel(reason).catch(() => undefined);
    if (this.signal.aborted) {
      giveUp();
      return;
    }
    const timer = this.#options.clock.after(longestEnd, giveUp);
    const toTheEnd = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    void toTheEnd()
      .catch(() => undefined)
      .finally(() => {
        timer.dispose();
      });
  }

  /** The same response, with every arriving byte noted: no SDK tells when a stream falls silent. */
  #watched(response: Response): Response {
    const reader = response.body?.getReader();
    if (reader === undefined) return response;
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const { done, value } = await reader.read().catch((error: unknown) => {
          this.#note(error);
          throw error;
        });
        if (done) {
          controller.close();
        } else {
          this.#options.deadlines.touch();
          controller.enqueue(value);
        }
      },
      cancel: (reason) => {
        this.#letGo(reader, reason);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  }
}

/** So long a server may take to end an answer whose last word has been read, in milliseconds. */
const longestEnd = 1000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** As OpenAI, Anthropic and Cohere name it. */
function requestIdOf(headers: Headers): string | undefined {
  const names = ['x-request-id', 'request-id', 'x-debug-trace-id'];
  return names.map((name) => headers.get(name)).find((value) => value !== null) ?? undefined;
}

function refuseRedirect(response: Response, url: URL): void {
  const redirects = response.status >= 300 && response.status < 400;
  if (!redirects && response.type !== 'opaqueredirect') return;
  void response.body?.cancel().catch(() => undefined);
  throw new FaultError({ on: 'redirect', to: destination(response.headers.get('location'), url) });
}

/** Origin only: the rest of a redirect may repeat what was sent. */
function destination(location: string | null, from: URL): string {
  if (location === null || !URL.canParse(location, from.href)) return 'another address';
  const to = new URL(location, from.href);
  return to.origin === from.origin ? `${to.origin}${to.pathname}` : to.origin;
}
