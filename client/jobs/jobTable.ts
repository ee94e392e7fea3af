import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import { type Op, type Store, StoreError } from '../store/store.ts';
import type { Rows } from './records.ts';

/** A job with its output (and its execution, once there is one), each with the revision it was read at. */
export interface Read {
  readonly rows: Rows;
  readonly revs: { readonly job: number; readonly output: number; readonly execution: number };
}

/** Decides on the newest state of a job. `undefined`: there is nothing to do any more. */
export type Decision = (rows: Rows) => Rows | undefined;

/** Tries while others keep writing the same rows; more than a handful is a bug, not bad luck. */
const mostTries = 50;
const recheck = 30_000;

/** The rows of jobs in the store: read together, written together, decided anew when somebody was faster. */
export class JobTable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * The job is read again after its output: were it the older of the two, a write of both from it could come too late
   * for the job and still hit the output.
   */
  async read(jobId: string): Promise<Read | undefined> {
    const found = await this.#store.jobs.get(jobId);
    if (found === undefined) return undefined;
    const { executionId, outputId, state } = found.value;
    const hasEnded = state !== 'pending' && state !== 'processing';
    const [output, execution] = await Promise.all([
      this.#store.outputs.get(outputId),
      // Before the end there is none; should there be one all the same, writing it is refused and it is read then.
      hasEnded ? this.#store.executions.get(executionId) : undefined,
    ]);
    const job = await this.#store.jobs.get(jobId);
    if (job === undefined || output === undefined) return undefined;
    return {
      rows: { job: job.value, output: output.value, execution: execution?.value },
      revs: { job: job.rev, output: output.rev, execution: execution?.rev ?? 0 },
    };
  }

  /**
   * Writes once, from what was read.
   * @returns what is stored now, or `undefined` when somebody was faster with the job.
   * @throws StoreError
   */
  async write({ rows, revs }: Read, next: Rows): Promise<Read | undefined> {
    const applied = await this.#store.put(ops({ rows, revs }, next));
    if (!applied[0]) return undefined;
    const written = { rows: next, revs: raised(revs, next) };
    // Whoever rated the output in between bumped only its own row: put ours on top of theirs.
    return applied.includes(false) ? this.#again(next) : written;
  }

  /**
   * Decides and writes until the decision stands or nothing is left to decide. While the store refuses, the decision
   * is kept and tried again, so that no result is lost to a full disk.
   * @param known saves reading when nobody else has written
   * @returns what is stored now, or `undefined` when there was nothing to decide or `signal` ended the waiting
   */
  async decide(
    jobId: string,
    decision: Decision,
    signal: AbortSignal,
    known?: Read,
  ): Promise<Read | undefined> {
    let current = known;
    for (let tries = 0; tries < mostTries;) {
      try {
        current ??= await this.read(jobId);
        const next = current && decision(current.rows);
        if (current === undefined || next === undefined) return undefined;
        const written = await this.write(current, next);
        if (written !== undefined) return written;
        tries++;
      } catch (error) {
        if (!(error instanceof StoreError) || isFinal(error)) throw error;
        this.#log.warn(`A job cannot be stored and is kept in memory: ${error.message}`);
        if (signal.aborted) return undefined;
        await this.#storeMayWork(signal);
      }
      current = undefined;
    }
    throw new Error(`Others kept writing job ${jobId}; gave up after ${mostTries} tries.`);
  }

  /** Stores what has arrived so far. A store that refuses now gets all of it at the end. */
  async saveText(read: Read, text: string): Promise<Read> {
    const { output } = read.rows;
    if (text === output.text) return read;
    const next = { ...output, text };
    try {
      const [applied] = await this.#store.put([['outputs', output.id, read.revs.output + 1, next]]);
      if (!applied) return (await this.read(read.rows.job.id)) ?? read;
      const revs = { ...read.revs, output: read.revs.output + 1 };
      return { rows: { ...read.rows, output: next }, revs };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return read;
    }
  }

  /** The job was ours to write, a row beside it was not: keep what others put there and they did not know of. */
  async #again(next: Rows): Promise<Read | undefined> {
    const current = await this.read(next.job.id);
    if (current === undefined) return undefined;
    const { feedback, text } = current.rows.output;
    const output = { ...next.output, feedback };
    // Text only grows: the longer one is the newer one.
    if (text.length > output.text.length) Object.assign(output, { text });
    const rest: Op[] = [['outputs', output.id, current.revs.output + 1, output]];
    if (next.execution !== undefined) {
      const { execution } = next;
      rest.push(['executions', execution.id, current.revs.execution + 1, execution]);
    }
    const applied = await this.#store.put(rest);
    return applied.includes(false) ? this.#again(next) : this.read(next.job.id);
  }

  /** Resolves when the store's trouble changes, or after a while in any case. */
  #storeMayWork(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        timer.dispose();
        listening.dispose();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = this.#clock.after(recheck, done);
      const listening = this.#store.onDidChangeTrouble(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** Waiting does not help against these. */
function isFinal({ code }: StoreError): boolean {
  return code === 'closed' || code === 'damaged';
}

function ops({ revs }: Read, { job, output, execution }: Rows): Op[] {
  return [
    ['jobs', job.id, revs.job + 1, job],
    ['outputs', output.id, revs.output + 1, output],
    ...(execution === undefined
      ? []
      : [['executions', execution.id, revs.execution + 1, execution] satisfies Op]),
  ];
}

function raised(revs: Read['revs'], { execution }: Rows): Read['revs'] {
  return {
    job: revs.job + 1,
    output: revs.output + 1,
    execution: revs.execution + (execution === undefined ? 0 : 1),
  };
}
