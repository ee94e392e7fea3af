import type { Credentials } from '../credentials/credentials.ts';
import type { Disposable, Job } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import type { Redactor } from '../providers/redact.ts';
import type { Registry } from '../providers/registry.ts';
import { Emitter } from '../store/emitter.ts';
import type { Change, Store } from '../store/store.ts';
import { Halts } from './halts.ts';
import { JobRun } from './jobRun.ts';
import { type Decision, JobTable } from './jobTable.ts';
import { rescueOrphans } from './orphans.ts';
import type { NewJob, Queue, TextEvent, Waiting } from './queue.ts';
import { RecentJobs } from './recentJobs.ts';
import { ended, queued, type Rows } from './records.ts';
import { RefusedJobs } from './refusedJobs.ts';
import { RestrictedError } from './restricted.ts';
import { entryOf, Schedule } from './schedule.ts';
import { waitingFor } from './waiting.ts';
import { forgotten, type Withheld, withhold } from './withheld.ts';

export interface JobQueueOptions {
  readonly store: Store;
  readonly credentials: Pick<Credentials, 'connection' | 'get' | 'touch'>;
  readonly providers: Pick<Registry, 'get'>;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** 0 … 1, for the jitter of retries. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
  /** Jobs at a time, per provider; asked whenever a job may start. */
  readonly concurrency: () => number;
  /** False in Restricted Mode: then nothing is queued, taken up or sent, and no key is read. */
  readonly mayRun: () => boolean;
}

/**
 * The queue of one window. Inside the window a `Schedule` decides what runs when; across windows and restarts the
 * store does: every step is a record with the next `rev`, so a job is enqueued, claimed and ended exactly once.
 */
export class JobQueue implements Queue {
  readonly #options: JobQueueOptions;
  readonly #store: Store;
  readonly #table: JobTable;
  readonly #schedule: Schedule;
  readonly #halts: Halts;
  readonly #recent = new RecentJobs();
  readonly #runs = new Map<string, JobRun>();
  /** By job id, until the job has ended. */
  readonly #withheld = new Map<string, Withheld>();
  readonly #refused: RefusedJobs;
  readonly #ends = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #texts = new Emitter<TextEvent>();
  readonly #changes = new Emitter<void>();
  readonly #listening: Disposable;
  #rescuing: Promise<void> | undefined;

  constructor(options: JobQueueOptions) {
    const { clock, concurrency, log, store } = options;
    this.#options = options;
    this.#store = store;
    this.#table = new JobTable(store, clock, log);
    this.#schedule = new Schedule({
      clock,
      concurrency,
      run: (id) => this.#run(id),
      onRecheck: () => this.#rescue(),
      onDidChange: () => this.#changes.fire(),
    });
    this.#refused = new RefusedJobs(this.#table, this.#cancellation, this.#closing.signal, log);
    this.#halts = new Halts(this.#schedule, options.credentials, log);
    this.#listening = store.onDidChange((changes) => this.#follow(changes));
  }

  /**
   * Takes up what earlier windows have left behind, now and every 30 s. Called again when `mayRun` or `concurrency`
   * may have changed: looks at once at what may run now. Does nothing as long as nothing may run.
   */
  start(): void {
    if (this.#options.mayRun()) this.#schedule.start();
  }

  async enqueue(order: NewJob): Promise<Job> {
    const { clock, mayRun, newId, providers, redactor } = this.#options;
    if (!mayRun()) throw new RestrictedError();
    const offline = providers.get(order.request.provider)?.offline ?? false;
    const birth = { window: this.#store.windowId, at: clock.now(), offline, newId };
    const { job, output, withheld } = withhold(
      redactor.redactAll(queued(order, birth)),
      redactor.redactAll(order.sensitive ?? { names: [], messages: [] }),
    );
    try {
      await this.#store.put([
        ['jobs', job.id, 1, job],
        ['outputs', output.id, 1, output],
      ]);
    } catch (error) {
      this.#refused.add(job.id);
      throw error;
    }
    if (withheld !== undefined) this.#withheld.set(job.id, withheld);
    if (this.#closing.signal.aborted) return job;
    this.#recent.hold({ rows: { job, output }, revs: { job: 1, output: 1, execution: 0 } });
    this.#schedule.add(entryOf(job));
    return job;
  }

  async cancel(jobId: string): Promise<void> {
    const run = this.#runs.get(jobId);
    if (run !== undefined) {
      run.stop('cancelled');
      return;
    }
    const stored = await this.#table.decide(jobId, this.#cancellation, this.#closing.signal);
    if (stored?.rows.job.state === 'cancelled') this.#forget(jobId);
  }

  async runAgain(jobId: string): Promise<Job> {
    if (!this.#options.mayRun()) throw new RestrictedError();
    const job = (await this.#store.jobs.get(jobId))?.value;
    if (job === undefined) throw new Error('This run is no longer in the store.');
    if (job.state === 'pending' || job.state === 'processing') {
      throw new Error('This run has not ended yet. Cancel it first, or wait for its end.');
    }
    if (job.withheld) throw new Error(forgotten.message);
    const { context, outputId, priority, request, template, user } = job;
    const startedBy = 'user';
    return this.enqueue({
      template,
      context,
      request,
      priority,
      user,
      startedBy,
      rerunOf: outputId,
    });
  }

  liveText(outputId: string): string | undefined {
    for (const run of this.#runs.values()) if (run.outputId === outputId) return run.text;
    return undefined;
  }

  waiting(job: Job): Waiting | undefined {
    return waitingFor(job, this.#schedule, this.#store.trouble);
  }

  get running(): number {
    return this.#schedule.running;
  }

  get paused(): boolean {
    return this.#schedule.paused;
  }

  pause(): void {
    this.#schedule.pause();
  }

  resume(): void {
    this.#schedule.resume();
  }

  onText(listener: (event: TextEvent) => void): Disposable {
    return this.#texts.on(listener);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changes.on(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#listening.dispose();
    this.#schedule.dispose();
    for (const run of this.#runs.values()) run.stop('interrupted');
    await Promise.all([...this.#ends, this.#rescuing, this.#refused.settled()]);
  }

  readonly #cancellation: Decision = (rows): Rows | undefined => {
    const { job } = rows;
    if (job.state === 'pending') {
      return ended(rows, { state: 'cancelled', at: this.#options.clock.now() });
    }
    const asked = job.state !== 'processing' || job.cancelRequested;
    return asked ? undefined : { ...rows, job: { ...job, cancelRequested: true } };
  };

  /** From the schedule: never rejects. */
  async #run(id: string): Promise<void> {
    const run = this.#attempt(id).catch((error: unknown) => {
      this.#options.log.error(`Job ${id}: ${error instanceof Error ? error.stack : String(error)}`);
    });
    this.#ends.add(run);
    await run;
    this.#ends.delete(run);
  }

  async #attempt(id: string): Promise<void> {
    // Before anything is read: a run begins with the key.
    if (!this.#options.mayRun()) return;
    const stored = this.#recent.take(id) ?? (await this.#table.read(id));
    if (this.#closing.signal.aborted) return;
    if (stored?.rows.job.state !== 'pending') {
      this.#forget(id);
      return;
    }
    const run = new JobRun(stored, {
      ...this.#options,
      table: this.#table,
      window: this.#store.windowId,
      closing: this.#closing.signal,
      withheld: this.#withheld.get(id),
      onText: ({ outputId, text: { length } }, text) => {
        this.#texts.fire({ outputId, offset: length, text });
      },
      onFailure: (error, runAt) => this.#halts.note(run.credential, error, runAt),
    });
    this.#runs.set(id, run);
    try {
      const job = await run.run();
      this.#runs.delete(id);
      if (job?.state !== 'pending') this.#withheld.delete(id);
      // Asked for after the next attempt was stored: there is no run any more that could obey.
      else if (run.isCancelled) await this.cancel(id);
      else this.#schedule.add(entryOf(job));
    } finally {
      this.#runs.delete(id);
    }
  }

  #follow(changes: readonly Change[]): void {
    for (const { table, id, foreign } of changes) {
      if (table === 'credentials') this.#halts.review(id);
      if (table === 'jobs') this.#refused.review(id);
      if (table === 'jobs' && foreign && this.#schedule.get(id) !== undefined) {
        void this.#review(id).catch((error: unknown) => {
          this.#options.log.error(`Job ${id} cannot be read: ${String(error)}`);
        });
      }
    }
  }

  /** Another window has written a job of ours: it wants it stopped, or has cancelled it. */
  async #review(id: string): Promise<void> {
    const job = (await this.#store.jobs.get(id))?.value;
    const run = this.#runs.get(id);
    if (run !== undefined) {
      if (job?.cancelRequested || job?.state === 'cancelled') run.stop('cancelled');
    } else if (job?.state !== 'pending' || job.queuedBy !== this.#store.windowId) {
      this.#forget(id);
    }
  }

  /** The job is no longer this window's to run. */
  #forget(id: string): void {
    this.#schedule.remove(id);
    this.#recent.drop(id);
    this.#withheld.delete(id);
  }

  #rescue(): void {
    const { jobs } = this.#store;
    if (this.#rescuing !== undefined || this.#closing.signal.aborted) return;
    this.#refused.reviewAll();
    if (jobs.count(['pending', 'processing']) <= this.#schedule.size) return;
    const mine = (id: string): boolean =>
      this.#schedule.get(id) !== undefined || this.#refused.has(id);
    const { clock, log } = this.#options;
    this.#rescuing = rescueOrphans(this.#store, this.#table, { mine, now: () => clock.now() })
      .then((adopted) => {
        for (const job of adopted) this.#schedule.add(entryOf(job));
      })
      .catch((error: unknown) =>
        log.warn(`Jobs of closed windows cannot be taken up: ${String(error)}`),
      )
      .finally(() => {
        this.#rescuing = undefined;
      });
  }
}
