/**
 * What is the same for every SDK: deadlines, one request per exchange, the repair of refused parameters, and every
 * fault in words. An SDK brings its `Dialect`. Always streams; never retries (the queue does); takes nothing from the
 * environment.
 */
import type { Clock } from './clock.ts';
import { Answer } from './answer.ts';
import { Deadlines, type Limits, listLimits, streamLimits } from './deadlines.ts';
import { type Draft, refusedParameter, type Repairs, without } from './draft.ts';
import { errorInfo } from './errors.ts';
import { Exchange } from './exchange.ts';
import { type Fault, FaultError } from './fault.ts';
import type { Log } from './log.ts';
import { chain } from './networkFault.ts';
import {
  type Completion,
  type Connection,
  type ModelInfo,
  type Provider,
  ProviderError,
  type ProviderRequest,
} from './provider.ts';
import { Redactor } from './redact.ts';
import { refuseError } from './refusal.ts';

export interface AdapterOptions {
  readonly clock: Clock;
  /** Redacting. */
  readonly log: Log;
  /** Defaults suit reasoning models, which think for minutes before the first byte. */
  readonly limits?: Limits;
}

/** One request under way, for a dialect. */
export interface Call {
  readonly connection: Connection;
  readonly exchange: Exchange;
  /** Milliseconds the whole may take. */
  readonly timeout: number;
  readonly log: Log;
}

/** How one SDK speaks. */
export interface Dialect<D extends Draft = Draft> {
  /** Headers the protocol asks for, in lower case. */
  headers(connection: Connection): Readonly<Record<string, string>>;
  /** The header that carries the key bare, where it is not `Authorization: Bearer`; in lower case. */
  keyHeader?(connection: Connection): string | undefined;
  draft(request: ProviderRequest, connection: Connection): D;
  repairs(draft: D): Repairs;
  /** Sends it; the events as the SDK parses them. */
  send(call: Call, draft: D): Promise<AsyncIterable<unknown>>;
  read(event: object, answer: Answer): void;
  /** A whole answer, from servers that do not stream. */
  readDocument(body: object, answer: Answer): void;
  listModels(call: Call): Promise<ModelInfo[]>;
  /** What only the SDK's own error classes tell: an error event inside a stream. */
  faultOf(error: unknown): Fault | undefined;
}

export class Adapter<D extends Draft> implements Provider {
  readonly #dialect: Dialect<D>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limits: Limits;
  /** Parameters a model at a base URL has refused before. */
  readonly #refused = new Map<string, Set<string>>();

  constructor(dialect: Dialect<D>, { clock, log, limits = streamLimits }: AdapterOptions) {
    this.#dialect = dialect;
    this.#clock = clock;
    this.#log = log;
    this.#limits = limits;
  }

  async stream(
    connection: Connection,
    request: ProviderRequest,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Completion> {
    return this.#within(this.#limits, signal, { connection, request }, async (deadlines) => {
      const whole = this.#dialect.draft(request, connection);
      const repairs = this.#dialect.repairs(whole);
      const refused = this.#refusedBy(connection, request.model);
      for (;;) {
        const draft = without(whole, refused, repairs) as D;
        try {
          return await this.#send(connection, draft, onText, deadlines);
        } catch (error) {
          const parameter = refusedParameter(draft, this.#fault(error, deadlines), repairs);
          if (parameter === undefined) throw error;
          this.#log.info(`${request.model} refused ${parameter}; sending again without it.`);
          // Each can be refused once, so this ends.
          refused.add(parameter);
        }
      }
    });
  }

  async listModels(connection: Connection, signal: AbortSignal): Promise<ModelInfo[]> {
    return this.#within(listLimits, signal, { connection }, (deadlines) => {
      const exchange = this.#exchange(connection, deadlines, false);
      return this.#met(exchange, () => this.#dialect.listModels(this.#call(connection, exchange)));
    });
  }

  async #send(
    connection: Connection,
    draft: D,
    onText: (text: string) => void,
    deadlines: Deadlines,
  ): Promise<Completion> {
    const exchange = this.#exchange(connection, deadlines, true);
    const answer = new Answer(onText);
    const { notes } = draft;
    const completion = await this.#met(exchange, async () => {
      try {
        for await (const event of await this.#dialect.send(this.#call(connection, exchange), draft))
          if (typeof event === 'object' && event !== null) this.#dialect.read(event, answer);
        if (exchange.document !== undefined) this.#readDocument(exchange, answer);
      } catch (error) {
        // What goes wrong after the end marker (a connection left open or cut) has cost nothing.
        if (!answer.ended) throw error;
      }
      return answer.completion(exchange.requestId);
    });
    return { ...completion, ...(notes.length > 0 && { notes }) };
  }

  #readDocument({ document = '', requestId }: Exchange, answer: Answer): void {
    const body: unknown = JSON.parse(document);
    if (typeof body !== 'object' || body === null) return;
    refuseError(body, document, requestId);
    this.#dialect.readDocument(body, answer);
  }

  #exchange(connection: Connection, deadlines: Deadlines, streams: boolean): Exchange {
    const headers = this.#dialect.headers(connection);
    const keyHeader = this.#dialect.keyHeader?.(connection);
    return new Exchange({ connection, deadlines, clock: this.#clock, headers, keyHeader, streams });
  }

  #call(connection: Connection, exchange: Exchange): Call {
    return { connection, exchange, timeout: this.#limits.total, log: this.#log };
  }

  /** What was met on the wire says more than what an SDK made of it. */
  async #met<T>(exchange: Exchange, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (exchange.fault !== undefined) throw new FaultError(exchange.fault);
      const fault = this.#dialect.faultOf(error);
      if (fault === undefined) throw error;
      const { requestId } = exchange;
      throw new FaultError(fault.on === 'answer' ? { requestId, ...fault } : fault);
    }
  }

  /** No `cause`: it may quote the key, and whoever prints an error prints its cause. */
  async #within<T>(
    limits: Limits,
    signal: AbortSignal,
    about: { readonly connection: Connection; readonly request?: ProviderRequest },
    work: (deadlines: Deadlines) => Promise<T>,
  ): Promise<T> {
    const deadlines = new Deadlines(this.#clock, limits, signal);
    try {
      return await work(deadlines);
    } catch (error) {
      const fault = this.#fault(error, deadlines);
      if (fault.on === 'bug')
        this.#log.error(error instanceof Error ? error.stack! : String(error));
      const { connection, request } = about;
      const of = request && { model: request.model, ownModel: request.ownModel };
      throw new ProviderError(errorInfo(withoutKey(fault, connection), { connection, ...of }));
    } finally {
      deadlines.dispose();
    }
  }

  /** An aborted stream ends as if it were cut off, so why it was aborted says more than what was thrown. */
  #fault(error: unknown, deadlines: Deadlines): Fault {
    if (deadlines.fault !== undefined) return deadlines.fault;
    for (const link of chain(error)) if (link instanceof FaultError) return link.fault;
    if (error instanceof SyntaxError)
      return { on: 'shape', detail: 'a part of the answer is no JSON' };
    return { on: 'bug', message: error instanceof Error ? error.message : String(error) };
  }

  #refusedBy(connection: Connection, model: string): Set<string> {
    const key = `${connection.baseUrl} ${model}`;
    const known = this.#refused.get(key) ?? new Set();
    this.#refused.set(key, known);
    return known;
  }
}

/** Before a message is cut to its length: half a key is known to no redactor. */
function withoutKey(fault: Fault, { key }: Connection): Fault {
  const redactor = new Redactor();
  if (key !== undefined) redactor.add(key());
  return redactor.redactAll(fault);
}
