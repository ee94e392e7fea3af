import type { Credentials } from '../credentials/credentials.ts';
import type { Attempt, Credential, Disposable, ErrorInfo, Job, JobRequest } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import {
  type Completion,
  type Connection,
  type Provider,
  ProviderError,
} from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import type { Decision, JobTable, Read } from './jobTable.ts';
import { ended, type Ending, interruption, postponed, taken } from './records.ts';
import { isTransient, mayRetry, retryDelay } from './retry.ts';
import { forgotten, type Withheld } from './withheld.ts';

/** Half an answer is stored this often (milliseconds), so that a crash keeps what was on screen. */
const saveInterval = 5_000;

export interface RunOptions {
  readonly table: JobTable;
  readonly credentials: Pick<Credentials, 'connection' | 'get' | 'touch'>;
  readonly providers: Pick<Registry, 'get'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly window: string;
  readonly onText: (run: JobRun, text: string) => void;
  /** What the stored job lacks: values that are sent but never stored. */
  readonly withheld: Withheld | undefined;
  /** The whole answer is here; it is not stored yet. */
  readonly onAnswered: () => void;
  /** Before the failure is stored; with the time of the next attempt when there is one. */
  readonly onFailure: (error: ErrorInfo, runAt: number | undefined) => void;
  /** The window is going: nothing may be waited for. */
  readonly closing: AbortSignal;
}

/** Why a run was stopped from outside. */
export type Stop = 'cancelled' | 'interrupted';

interface Ready {
  readonly provider: Provider;
  readonly connection: Connection;
}

/** One attempt of one job in this window, from claiming it to the record of its end. */
export class JobRun {
  readonly #options: RunOptions;
  readonly #stop = new AbortController();
  #text = '';
  #stored: Read;
  #startedAt: number | undefined;
  #credential: Credential | undefined;
  #saver: Disposable | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(stored: Read, options: RunOptions) {
    this.#stored = stored;
    this.#options = options;
  }

  get provider(): string {
    return this.#stored.rows.job.request.provider;
  }

  /** When this attempt was sent; `undefined` before. */
  get startedAt(): number | undefined {
    return this.#startedAt;
  }

  get outputId(): string {
    return this.#stored.rows.job.outputId;
  }

  /** As it was when this run asked for its key. */
  get credential(): Credential | undefined {
    return this.#credential;
  }

  /** What has arrived so far. */
  get text(): string {
    return this.#text;
  }

  #concealed(text: string): string {
    return this.#options.withheld?.conceal(text) ?? text;
  }

  /** Somebody wants it cancelled; an attempt that ends just then may not have noticed. */
  get isCancelled(): boolean {
    return this.#stop.signal.reason === 'cancelled';
  }

  /** Ends it as soon as possible; what has arrived is kept. */
  stop(why: Stop): void {
    this.#stop.abort(why);
  }

  /** @returns the job as it is stored then; `undefined` when somebody else has it */
  async run(): Promise<Job | undefined> {
    const { request, withheld } = this.#stored.rows.job;
    if (withheld && this.#options.withheld === undefined) {
      return this.#end({ state: 'interrupted', error: forgotten });
    }
    let ready: Ready;
    try {
      ready = await this.#prepare(request);
    } catch (error) {
      return this.#end({ state: 'failed', error: this.#infoOf(error) });
    }
    if (!this.#stop.signal.aborted && (await this.#take())) return this.#attempt(ready);
    // A closing window leaves what it has not sent to the next one.
    return this.isCancelled ? this.#end({ state: 'cancelled' }) : undefined;
  }

  async #prepare({ provider, credential }: JobRequest): Promise<Ready> {
    const description = this.#options.providers.get(provider);
    if (description === undefined) {
      throw new ProviderError({ kind: 'internal', message: `There is no provider '${provider}'.` });
    }
    const connection = description.needsCredential
      ? await this.#connection(credential)
      : { baseUrl: '', origin: '', key: undefined };
    return { provider: await description.load(), connection };
  }

  async #connection(id: string | undefined): Promise<Connection> {
    const credential = id === undefined ? undefined : await this.#options.credentials.get(id);
    this.#credential = credential;
    if (credential !== undefined) return this.#options.credentials.connection(credential);
    throw new ProviderError({
      kind: 'credential_missing',
      message:
        'The credential of this run has been removed, so it cannot be sent again. Run its template anew with another credential.',
    });
  }

  /** Claims the job and says that it is being sent, durably, before anything leaves. */
  async #take(): Promise<boolean> {
    const { clock, closing, table, window } = this.#options;
    const signal = AbortSignal.any([closing, this.#stop.signal]);
    const stored = await table.decide(
      this.#stored.rows.job.id,
      (rows) => (isWaiting(rows.job, window) ? taken(rows, window, clock.now()) : undefined),
      signal,
      this.#stored,
    );
    if (stored !== undefined) this.#stored = stored;
    return stored !== undefined;
  }

  async #attempt({ provider, connection }: Ready): Promise<Job | undefined> {
    const { clock, credentials, withheld } = this.#options;
    const { request: stored } = this.#stored.rows.job;
    const request = { ...stored, messages: withheld?.messages ?? stored.messages };
    this.#startedAt = clock.now();
    this.#saver = clock.after(saveInterval, this.#save);
    let done: Completion;
    try {
      const signal = this.#stop.signal;
      done = await provider.stream(connection, request, this.#receive, signal);
    } catch (error) {
      return this.#failed(this.#infoOf(error));
    }
    this.#options.onAnswered();
    if (request.credential !== undefined) {
      void credentials.touch(request.credential).catch(() => undefined);
    }
    return this.#completed(done);
  }

  readonly #receive = (piece: string): void => {
    this.#options.onText(this, piece);
    this.#text += piece;
  };

  readonly #save = (): void => {
    this.#saver = this.#options.clock.after(saveInterval, this.#save);
    this.#saving = this.#saving
      .then(async () => {
        const { table, withheld } = this.#options;
        const text = withheld?.concealSoFar(this.#text) ?? this.#text;
        this.#stored = await table.saveText(this.#stored, text);
      })
      // The end stores all of it.
      .catch(() => undefined);
  };

  #completed({ finishReason, notes, ...rest }: Completion): Promise<Job | undefined> {
    const attempt = this.#attemptRecord(rest);
    return this.#end({ state: 'completed', attempt, finishReason, notes });
  }

  async #failed(error: ErrorInfo): Promise<Job | undefined> {
    const attempt = this.#attemptRecord({ error, requestId: error.requestId });
    if (this.#stop.signal.aborted) return this.#end({ ...this.#stopped(), attempt });
    const attempts = [...this.#stored.rows.job.attempts, attempt];
    if (this.#text === '' && mayRetry(error, attempts)) return this.#postpone(error, attempt);
    this.#options.onFailure(error, undefined);
    // Half an answer has been seen and perhaps used: whether to ask again is for a person to say.
    const interrupted = this.#text !== '' && isTransient(error);
    return this.#end({ state: interrupted ? 'interrupted' : 'failed', attempt, error });
  }

  async #postpone(error: ErrorInfo, attempt: Attempt): Promise<Job | undefined> {
    const { clock, random } = this.#options;
    const runAt = clock.now() + retryDelay(error, attempt.number - 1, random());
    this.#options.onFailure(error, runAt);
    const stored = await this.#decide((rows) =>
      rows.job.cancelRequested || this.isCancelled
        ? ended(rows, { state: 'cancelled', at: clock.now(), attempt })
        : postponed(rows, attempt, runAt),
    );
    return stored?.rows.job;
  }

  async #end(ending: Omit<Ending, 'at' | 'text'>): Promise<Job | undefined> {
    const whole = { ...ending, at: this.#options.clock.now(), text: this.#concealed(this.#text) };
    const stored = await this.#decide((rows) => ended(rows, whole));
    return stored?.rows.job;
  }

  /** Writes what became of the job, as long as it is still this window's to say so. */
  async #decide(decision: Decision): Promise<Read | undefined> {
    const { closing, table, window } = this.#options;
    this.#saver?.dispose();
    await this.#saving;
    const guarded: Decision = (rows) => (isOurs(rows.job, window) ? decision(rows) : undefined);
    return table.decide(this.#stored.rows.job.id, guarded, closing, this.#stored);
  }

  #stopped(): Omit<Ending, 'at' | 'text'> {
    const why = this.#stop.signal.reason as Stop;
    return why === 'cancelled' ? { state: why } : { state: why, error: interruption };
  }

  #attemptRecord(
    result: Pick<Attempt, 'cost' | 'error' | 'modelAnswered' | 'requestId' | 'usage'>,
  ): Attempt {
    const { attempts, id, request } = this.#stored.rows.job;
    const now = this.#options.clock.now();
    const startedAt = this.#startedAt ?? now;
    const attempt: Attempt = {
      number: attempts.length + 1,
      provider: request.provider,
      credential: request.credential,
      modelAsked: request.model,
      startedAt,
      durationMs: now - startedAt,
      ...result,
    };
    this.#options.log.info(`Job ${id}: ${inWords(attempt)}`);
    return attempt;
  }

  #infoOf(error: unknown): ErrorInfo {
    const { info } = ProviderError.is(error) ? error : this.#unexpected(error);
    return { ...info, message: this.#concealed(info.message) };
  }

  #unexpected(error: unknown): { readonly info: ErrorInfo } {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#options.log.error(this.#concealed(stack ?? message));
    return {
      info: { kind: 'internal', message: `The run failed: ${message}. The log says more.` },
    };
  }
}

/** For the log: neither prompt nor answer. */
function inWords(attempt: Attempt): string {
  const { durationMs, error, modelAsked, number, provider, requestId, usage } = attempt;
  const what = `attempt ${number} at ${provider} with ${modelAsked}`;
  const how = error === undefined ? 'was answered' : `failed (${error.kind}: ${error.message})`;
  const tokens = usage ? `, ${usage.inputTokens ?? '?'} + ${usage.outputTokens ?? '?'} tokens` : '';
  return `${what} ${how} after ${durationMs} ms${tokens}${requestId ? `, request ${requestId}` : ''}`;
}

function isWaiting(job: Job, window: string): boolean {
  return job.state === 'pending' && job.queuedBy === window && !job.cancelRequested;
}

/**
 * Ours to end: waiting here, claimed here, or claimed here and then declared dead by another window too early; what
 * came back is better than its guess.
 */
function isOurs(job: Job, window: string): boolean {
  if (job.state === 'pending') return job.queuedBy === window;
  return (
    (job.state === 'processing' || job.state === 'interrupted') && job.claim?.window === window
  );
}
