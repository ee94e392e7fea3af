import {
  type CancellationToken,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';

type Work<P, R> = (params: P, token: CancellationToken) => R | Promise<R>;
/** Fits every handler, whatever data its errors may carry. */
type Failure = ResponseError<never>;
export type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | Failure>;

const cancelled = () => new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Cancelled.');

/** One turn of the event loop: what has arrived on the connection by now is handled before it resolves. */
const turn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/**
 * The one policy for cancellation and failure that every handler follows. Nothing a handler does brings the server
 * down: a failure is written to the log, without any text of a prompt, and answered with what stands for "nothing".
 */
export class Safely {
  readonly #log: (message: string) => void;
  readonly #waiting = new Set<Promise<unknown>>();

  constructor(log: (message: string) => void) {
    this.#log = log;
  }

  /** For what an author waits for while typing: begins at once, with the document as it is now. */
  first<P, R>(name: string, otherwise: R, work: Work<P, R>): Handler<P, R> {
    return async (params, token) => {
      const answer = this.#answer(name, work, params, token, () => otherwise);
      this.#waiting.add(answer);
      try {
        return await answer;
      } finally {
        this.#waiting.delete(answer);
      }
    };
  }

  /** For everything else: lets edits, cancellations and what is `first` go ahead. */
  later<P, R>(name: string, otherwise: R, work: Work<P, R>): Handler<P, R> {
    return async (params, token) => {
      await this.idle();
      return this.#answer(name, work, params, token, () => otherwise);
    };
  }

  /** Like `later` for our own requests, whose answer has no shape for "it failed": they are rejected with the cause. */
  orReject<P, R>(name: string, work: Work<P, R>): Handler<P, R> {
    return async (params, token) => {
      await this.idle();
      return this.#answer(name, work, params, token, (error) => {
        return new ResponseError<never>(ErrorCodes.InternalError, messageOf(error));
      });
    };
  }

  /** For notifications, events and timers, which have no answer. */
  event<P>(name: string, work: (params: P) => unknown): (params: P) => void {
    return (params) => {
      this.run(name, () => work(params));
    };
  }

  /** Begins work that nobody waits for. */
  run(name: string, work: () => unknown): void {
    void (async () => {
      try {
        await work();
      } catch (error) {
        this.report(name, error);
      }
    })();
  }

  /** Resolves when all that has arrived was handled and nothing that is `first` is under way. */
  async idle(): Promise<void> {
    // The connection hands over one message per turn; two turns let a keystroke's completion pass.
    await turn();
    await turn();
    while (this.#waiting.size > 0) await Promise.allSettled(this.#waiting);
  }

  async #answer<P, R>(
    name: string,
    work: Work<P, R>,
    params: P,
    token: CancellationToken,
    failed: (error: unknown) => R | Failure,
  ): Promise<R | Failure> {
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await work(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (error instanceof ResponseError) return error as Failure;
      if (token.isCancellationRequested) return cancelled();
      const slip = slipIn(params);
      if (slip !== undefined) return new ResponseError<never>(ErrorCodes.InvalidParams, slip);
      this.report(name, error);
      return failed(error);
    }
  }

  /** For failures that happen outside a handler. */
  report(name: string, error: unknown): void {
    const stack = error instanceof Error ? error.stack : undefined;
    this.#log(`${name} failed: ${stack ?? messageOf(error)}`);
  }
}

/** Why the parameters of a request could not be worked with, as far as that is the client's fault. */
function slipIn(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null) return 'The parameters must be an object.';
  const isOfDocument = 'textDocument' in params || 'position' in params || 'range' in params;
  if (!isOfDocument && Object.keys(params).length > 0) return undefined;
  const textDocument = 'textDocument' in params ? params.textDocument : undefined;
  const isDocument =
    typeof textDocument === 'object' &&
    textDocument !== null &&
    'uri' in textDocument &&
    typeof textDocument.uri === 'string';
  return isDocument ? undefined : '“textDocument” must be an object with a “uri”.';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
