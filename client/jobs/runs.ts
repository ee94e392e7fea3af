import type { Disposable, Job } from '../model.ts';
import { Emitter } from '../store/emitter.ts';
import type { Halts } from './halts.ts';
import { JobRun, type RunOptions } from './jobRun.ts';
import type { Memory } from './memory.ts';
import type { TextEvent } from './queue.ts';

type Shared = Omit<RunOptions, 'withheld' | 'onText' | 'onAnswered' | 'onFailure'>;

export interface RunsOptions extends Shared {
  readonly memory: Memory;
  readonly halts: Pick<Halts, 'note'>;
  /** False in Restricted Mode. */
  readonly mayRun: () => boolean;
  /** It waits for another attempt. */
  readonly onPostponed: (job: Job) => void;
  /** Somebody else has it, or it has ended without this window. */
  readonly onLost: (jobId: string) => void;
  /** Asked for after the next attempt was stored: there is no run any more that could obey. */
  readonly onCancelledLate: (jobId: string) => Promise<void>;
}

/** The attempts under way in this window. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #runs = new Map<string, JobRun>();
  readonly #byOutput = new Map<string, JobRun>();
  readonly #ends = new Set<Promise<unknown>>();
  readonly #texts = new Emitter<TextEvent>();

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** @returns true when there is one to stop */
  cancel(jobId: string): boolean {
    const run = this.#runs.get(jobId);
    run?.stop('cancelled');
    return run !== undefined;
  }

  has(jobId: string): boolean {
    return this.#runs.has(jobId);
  }

  textOf(outputId: string): string | undefined {
    return this.#byOutput.get(outputId)?.text;
  }

  /** When the attempts with this provider were begun; those that are not sent yet are missing. */
  startsAt(provider: string): number[] {
    return [...this.#runs.values()].flatMap((run) =>
      run.provider === provider && run.startedAt !== undefined ? [run.startedAt] : [],
    );
  }

  onText(listener: (event: TextEvent) => void): Disposable {
    return this.#texts.on(listener);
  }

  /**
   * Runs a job to its end or its next wait. Never rejects. @param answered called as soon as the provider has answered
   * @returns the job then, if it is still known here
   */
  async run(id: string, answered: () => void): Promise<Job | undefined> {
    const run = this.#attempt(id, answered).catch((error: unknown) => {
      const text = error instanceof Error ? error.stack : String(error);
      this.#options.log.error(`Job ${id}: ${text}`);
      return undefined;
    });
    this.#ends.add(run);
    const job = await run;
    this.#ends.delete(run);
    return job;
  }

  async close(): Promise<void> {
    for (const run of this.#runs.values()) run.stop('interrupted');
    await Promise.all(this.#ends);
  }

  async #attempt(id: string, onAnswered: () => void): Promise<Job | undefined> {
    const { closing, halts, mayRun, memory, table } = this.#options;
    // Before anything is read: a run begins with the key.
    if (!mayRun()) return undefined;
    const stored = memory.recent.take(id) ?? (await table.read(id));
    if (closing.aborted) return undefined;
    if (stored?.rows.job.state !== 'pending') {
      this.#options.onLost(id);
      return undefined;
    }
    const run: JobRun = new JobRun(stored, {
      ...this.#options,
      withheld: memory.withheld.get(id),
      onText: ({ outputId, text: { length } }, text) => {
        this.#texts.fire({ outputId, offset: length, text });
      },
      onAnswered,
      onFailure: (error, runAt) => halts.note(run.credential, error, runAt),
    });
    this.#runs.set(id, run);
    this.#byOutput.set(run.outputId, run);
    try {
      const job = await run.run();
      await this.#after(id, run, job);
      return job;
    } finally {
      this.#runs.delete(id);
      this.#byOutput.delete(run.outputId);
    }
  }

  async #after(id: string, run: JobRun, job: Job | undefined): Promise<void> {
    const { memory, onCancelledLate, onPostponed } = this.#options;
    this.#runs.delete(id);
    if (job?.state !== 'pending') memory.withheld.delete(id);
    else if (run.isCancelled) await onCancelledLate(id);
    else onPostponed(job);
  }
}
