import type { Credentials } from '../credentials/credentials.ts';
import type { Disposable, Job, Priority } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import type { Redactor } from '../providers/redact.ts';
import type { Registry } from '../providers/registry.ts';
import { Emitter } from '../store/emitter.ts';
import type { Change, Store } from '../store/store.ts';
import { Durations } from './durations.ts';
import { Estimates } from './estimates.ts';
import { Halts } from './halts.ts';
import { type Decision, JobTable } from './jobTable.ts';
import { Limits } from './limits.ts';
import { Memory } from './memory.ts';
import { Pause } from './pause.ts';
import { entryOf } from './place.ts';
import type { Enqueued, NewJob, Queue, TextEvent, Waiting } from './queue.ts';
import { ended, queued, type Rows } from './records.ts';
import { RefusedJobs } from './refusedJobs.ts';
import { Rescue } from './rescue.ts';
import { RestrictedError } from './restricted.ts';
import { Runs } from './runs.ts';
import { Schedule } from './schedule.ts';
import { waitingFor } from './waiting.ts';
import { forgotten, withhold } from './withheld.ts';

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
  /** Jobs at a time with a provider. */
  readonly concurrency: (provider: string) => number;
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
  readonly #limits: Limits;
  readonly #pause: Pause;
  readonly #memory = new Memory();
  readonly #runs: Runs;
  readonly #estimates: Estimates;
  readonly #refused: RefusedJobs;
  readonly #closing = new AbortController();
  readonly #changes = new Emitter<void>();
  readonly #listening: Disposable;
  readonly #rescue: Rescue;

  constructor(options: JobQueueOptions) {
    const { clock, concurrency, credentials, log, store } = options;
    this.#options = options;
    this.#store = store;
    this.#table = new JobTable(store, clock, log);
    this.#limits = new Limits(store, clock, log, () => this.start());
    this.#schedule = new Schedule({
      clock,
      concurrency,
      limits: this.#limits,
      run: (id, answered) => this.#run(id, answered),
      onRecheck: () => this.#rescue.begin(),
      onDidChange: () => this.#changes.fire(),
    });
    this.#pause = new Pause({ store, clock, log, schedule: this.#schedule });
    const closing = this.#closing.signal;
    this.#refused = new RefusedJobs(this.#table, this.#cancellation, closing, log);
    this.#halts = new Halts(this.#schedule, credentials, log);
    const onAdded = (job: Job): void => this.#schedule.add(entryOf(job));
    const shared = { ...options, closing, halts: this.#halts, table: this.#table };
    this.#rescue = new Rescue({
      ...shared,
      refused: this.#refused,
      schedule: this.#schedule,
      onAdopted: onAdded,
    });
    this.#runs = new Runs({
      ...shared,
      memory: this.#memory,
      window: store.windowId,
      onPostponed: onAdded,
      onLost: (id) => this.#forget(id),
      onCancelledLate: (id) => this.cancel(id),
    });
    this.#estimates = new Estimates({
      clock,
      durations: new Durations(store.outputs, clock),
      limits: this.#limits,
      runs: this.#runs,
      schedule: this.#schedule,
    });
    this.#listening = store.onDidChange((changes) => this.#follow(changes));
  }

  /**
   * Takes up what earlier windows have left behind, now and every 30 s. Called again when `mayRun` or `concurrency`
   * may have changed: looks at once at what may run now. Does nothing as long as nothing may run.
   */
  start(): void {
    void this.#ready().then(() => {
      if (this.#options.mayRun()) this.#schedule.start();
    });
  }

  async enqueue(order: NewJob): Promise<Enqueued> {
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
    if (withheld !== undefined) this.#memory.withheld.set(job.id, withheld);
    await this.#ready();
    if (this.#closing.signal.aborted) return job;
    this.#memory.recent.hold({ rows: { job, output }, revs: { job: 1, output: 1, execution: 0 } });
    this.#schedule.add(entryOf(job));
    const estimatedCompletion = this.#estimates.of(job);
    return estimatedCompletion === undefined ? job : { ...job, estimatedCompletion };
  }

  async cancel(jobId: string): Promise<void> {
    if (this.#runs.cancel(jobId)) return;
    const stored = await this.#table.decide(jobId, this.#cancellation, this.#closing.signal);
    if (stored?.rows.job.state === 'cancelled') this.#forget(jobId);
  }

  async runAgain(jobId: string): Promise<Enqueued> {
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

  setPriority(jobId: string, priority: Priority): Promise<void> {
    // Who says how urgent it is does not mean the front of the line as well.
    return this.#reorder(jobId, ({ front: _front, ...job }) => ({ ...job, priority }));
  }

  moveToFront(jobId: string): Promise<void> {
    return this.#reorder(jobId, (job) => ({ ...job, front: this.#options.clock.now() }));
  }

  liveText(outputId: string): string | undefined {
    return this.#runs.textOf(outputId);
  }

  waiting(job: Job): Waiting | undefined {
    return waitingFor(job, this.#schedule, this.#limits.check, this.#store.trouble);
  }

  estimate(job: Job): number | undefined {
    return this.#estimates.of(job);
  }

  upcoming(limit: number): readonly string[] {
    return this.#schedule.upcoming(limit).map(({ id }) => id);
  }

  get running(): number {
    return this.#schedule.running;
  }

  get paused(): boolean {
    return this.#schedule.paused;
  }

  pause(): Promise<void> {
    return this.#pause.set(true);
  }

  resume(): Promise<void> {
    return this.#pause.set(false);
  }

  onText(listener: (event: TextEvent) => void): Disposable {
    return this.#runs.onText(listener);
  }

  onDidChange(listener: () => void): Disposable {
    return this.#changes.on(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const part of [this.#listening, this.#limits, this.#pause, this.#schedule]) part.dispose();
    await Promise.all([this.#runs.close(), this.#rescue.settled(), this.#refused.settled()]);
  }

  readonly #cancellation: Decision = (rows): Rows | undefined => {
    const { job } = rows;
    if (job.state === 'pending') {
      return ended(rows, { state: 'cancelled', at: this.#options.clock.now() });
    }
    const asked = job.state !== 'processing' || job.cancelRequested;
    return asked ? undefined : { ...rows, job: { ...job, cancelRequested: true } };
  };

  /** Resolves when it is known what may be sent. */
  async #ready(): Promise<void> {
    await Promise.all([this.#limits.known, this.#pause.known]);
  }

  /** From the schedule: never rejects. */
  async #run(id: string, answered: () => void): Promise<void> {
    const entry = this.#schedule.get(id);
    const job = await this.#runs.run(id, answered);
    if (entry !== undefined) this.#limits.settle(entry, job);
  }

  async #reorder(jobId: string, change: (job: Job) => Job): Promise<void> {
    const decision: Decision = (rows) =>
      rows.job.state === 'pending' ? { ...rows, job: change(rows.job) } : undefined;
    const stored = await this.#table.decide(jobId, decision, this.#closing.signal);
    if (stored === undefined) return;
    this.#memory.recent.drop(jobId);
    this.#schedule.reorder(stored.rows.job);
  }

  #follow(changes: readonly Change[]): void {
    for (const { table, id, foreign } of changes) {
      if (table === 'credentials') this.#halts.review(id);
      if (table !== 'jobs') continue;
      this.#refused.review(id);
      if (foreign && (this.#schedule.get(id) !== undefined || !this.#limits.isIdle)) {
        void this.#review(id).catch((error: unknown) => {
          this.#options.log.error(`Job ${id} cannot be read: ${String(error)}`);
        });
      }
    }
  }

  /** Another window has written a job: if it is ours, it wants it stopped, has cancelled it or has moved it. */
  async #review(id: string): Promise<void> {
    const job = (await this.#store.jobs.get(id))?.value;
    if (job !== undefined) {
      this.#limits.note(job);
      void this.#halts.heardOf(job);
    }
    if (this.#runs.has(id)) {
      if (job?.cancelRequested || job?.state === 'cancelled') this.#runs.cancel(id);
    } else if (job?.state === 'pending' && job.queuedBy === this.#store.windowId) {
      this.#schedule.reorder(job);
    } else this.#forget(id);
  }

  /** The job is no longer this window's to run. */
  #forget(id: string): void {
    this.#schedule.remove(id);
    this.#memory.forget(id);
  }
}
