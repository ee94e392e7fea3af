/**
 * OpenAI and everything that speaks its chat completions, at any base URL. Its own bundle, loaded on first use.
 * Always streams; never retries (the queue does); takes nothing from the environment.
 */
import { type ClientOptions, OpenAI } from 'openai';
import type { ErrorInfo } from '../model.ts';
import type { Clock } from './clock.ts';
import { Deadlines, type Limits, listLimits, streamLimits } from './deadlines.ts';
import { errorInfo } from './errors.ts';
import { type Fault, FaultError } from './fault.ts';
import type { Log } from './log.ts';
import { Answer, readAnswer } from './openaiAnswer.ts';
import { faultOf } from './openaiFault.ts';
import { readModels } from './openaiModels.ts';
import { type Draft, draft, refusedParameter, without } from './openaiRequest.ts';
import {
  type Completion,
  type Connection,
  type ModelInfo,
  type Provider,
  ProviderError,
  type ProviderRequest,
} from './provider.ts';
import { safeFetch } from './safeFetch.ts';

export interface OpenAiOptions {
  readonly clock: Clock;
  /** Redacting. */
  readonly log: Log;
  /** Defaults suit reasoning models, which think for minutes before the first byte. */
  readonly limits?: Limits;
}

export function createOpenAi(options: OpenAiOptions): Provider {
  return new OpenAiProvider(options);
}

class OpenAiProvider implements Provider {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limits: Limits;
  /** Parameters a model at a base URL has refused before. */
  readonly #refused = new Map<string, Set<string>>();

  constructor({ clock, log, limits = streamLimits }: OpenAiOptions) {
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
    const deadlines = new Deadlines(this.#clock, this.#limits, signal);
    try {
      const whole = draft(request, connection.origin);
      const refused = this.#refusedBy(connection, request.model);
      for (;;) {
        const current = without(whole, refused);
        try {
          return await this.#send(connection, current, onText, deadlines);
        } catch (error) {
          const parameter = refusedParameter(current, this.#fault(error, deadlines));
          if (parameter === undefined) throw error;
          this.#log.info(`${request.model} refused ${parameter}; sending again without it.`);
          // Each can be refused once, so this ends.
          refused.add(parameter);
        }
      }
    } catch (error) {
      throw this.#refusal(error, deadlines, connection, request);
    } finally {
      deadlines.dispose();
    }
  }

  async listModels(connection: Connection, signal: AbortSignal): Promise<ModelInfo[]> {
    const deadlines = new Deadlines(this.#clock, listLimits, signal);
    try {
      const client = this.#client(connection, deadlines);
      const { signal } = deadlines;
      return await readModels(await client.models.list({ signal }).asResponse());
    } catch (error) {
      throw this.#refusal(error, deadlines, connection);
    } finally {
      deadlines.dispose();
    }
  }

  async #send(
    connection: Connection,
    { body, notes }: Draft,
    onText: (text: string) => void,
    deadlines: Deadlines,
  ): Promise<Completion> {
    const { signal } = deadlines;
    const client = this.#client(connection, deadlines);
    const answer = new Answer(onText);
    try {
      const { data, response } = await client.chat.completions
        .create(body, { signal })
        .withResponse();
      answer.requestId = response.headers.get('x-request-id') ?? undefined;
      await readAnswer(response, data, answer);
    } catch (error) {
      // What goes wrong after the end marker (a connection left open or cut) has cost nothing.
      if (!answer.ended) throw error;
    }
    return { ...answer.completion(), ...(notes.length > 0 ? { notes } : {}) };
  }

  /** The SDK never sees the key: our `fetch` sets it. Every option it would take from the environment is given. */
  #client(connection: Connection, deadlines: Deadlines): OpenAI {
    const log = this.#log;
    const options: ClientOptions = {
      apiKey: async () => 'unused',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: connection.baseUrl,
      maxRetries: 0,
      timeout: this.#limits.total,
      fetch: safeFetch(connection, deadlines),
      logLevel: 'warn',
      // The first argument only: the others may carry what was sent.
      logger: {
        debug: (message) => log.debug(message),
        info: (message) => log.info(message),
        warn: (message) => log.warn(message),
        error: (message) => log.error(message),
      },
    };
    try {
      return new OpenAI(options);
    } catch {
      // The one thing it reads in spite of all options. What it says would quote the variable.
      throw new FaultError({
        on: 'bug',
        message: 'OPENAI_CUSTOM_HEADERS in the environment is not valid',
      });
    }
  }

  /** An aborted stream ends as if it were cut off, so why it was aborted says more than what was thrown. */
  #fault(error: unknown, deadlines: Deadlines): Fault {
    return deadlines.fault ?? faultOf(error, this.#clock);
  }

  /** No `cause`: it may quote the key, and whoever prints an error prints its cause. */
  #refusal(
    error: unknown,
    deadlines: Deadlines,
    connection: Connection,
    request?: ProviderRequest,
  ): ProviderError {
    const fault = this.#fault(error, deadlines);
    const info: ErrorInfo = errorInfo(fault, {
      connection,
      ...(request && { model: request.model, ownModel: request.ownModel }),
    });
    if (fault.on === 'bug') this.#log.error(error instanceof Error ? error.stack! : String(error));
    return new ProviderError(info);
  }

  #refusedBy(connection: Connection, model: string): Set<string> {
    const key = `${connection.baseUrl} ${model}`;
    const known = this.#refused.get(key) ?? new Set();
    this.#refused.set(key, known);
    return known;
  }
}
