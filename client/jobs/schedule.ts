import PQueue from 'p-queue';
import type { Credential, Disposable, ErrorInfo, Job, Priority } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import { longestWait } from './retry.ts';

/** What the queue needs to know of a job to decide when it runs; the job itself stays in the store. */
export interface Entry {
  readonly id: string;
  readonly provider: string;
  /** Credential id. */
  readonly credential: string | undefined;
  readonly priority: Priority;
  readonly queuedAt: number;
  /** Retries so far, why, and until when the next one waits. */
  readonly retry?: { readonly count: number; readonly error: ErrorInfo; readonly at: number };
}

export function entryOf(job: Job): Entry {
  const { attempts, error, id, priority, queuedAt, request, runAt } = job;
  const waits = runAt !== undefined && error !== undefined;
  return {
    id,
    provider: request.provider,
    credential: request.credential,
    priority,
    queuedAt,
    ...(waits && { retry: { count: attempts.length, error, at: runAt } }),
  };
}

/** Why nothing is sent with a credential at the moment: until a time, or until somebody has edited the credential. */
interface Halt {
  readonly error: ErrorInfo;
  readonly until?: number;
  /** `edits` of the credential that was refused. */
  readonly edits: number | undefined;
  /** Jobs added later are tried all the same: whoever queues one knows what went wrong. */
  readonly before: number;
}

export interface Place extends Entry {
  /** Counts up: first in, first out. */
  readonly order: number;
  readonly state: 'waiting' | 'lined up' | 'running';
}

const weights: Readonly<Record<Priority, number>> = { high: 2, default: 1, low: 0 };
/** Waits are looked at again at least this often: timers stand still while a machine sleeps. */
const recheck = 30_000;

export interface ScheduleOptions {
  readonly clock: Clock;
  /** Jobs at a time, per provider; asked whenever a job may start. */
  readonly concurrency: () => number;
  /** Runs a job to its end or its next wait. Must not reject. */
  readonly run: (id: string) => Promise<void>;
  /** At least every 30 s. */
  readonly onRecheck: () => void;
  readonly onDidChange: () => void;
}

/** Decides when each job of this window runs: one lane per provider, priorities, waits, halted credentials. */
export class Schedule implements Disposable {
  readonly #options: ScheduleOptions;
  readonly #places = new Map<string, Place>();
  readonly #lanes = new Map<string, PQueue>();
  readonly #halts = new Map<string, Halt>();
  #order = 0;
  #paused = false;
  #disposed = false;
  #alarm: (Disposable & { readonly at: number }) | undefined;

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  /** Looks at once at what may run now. */
  start(): void {
    this.#wake();
  }

  get size(): number {
    return this.#places.size;
  }

  get running(): number {
    let count = 0;
    for (const { state } of this.#places.values()) if (state === 'running') count++;
    return count;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get(id: string): Place | undefined {
    return this.#places.get(id);
  }

  /** All of one provider, for counting who is before whom. */
  *of(provider: string): Iterable<Place> {
    for (const place of this.#places.values()) if (place.provider === provider) yield place;
  }

  add(entry: Entry): void {
    // A run that ends late may have another attempt to come: the next window takes it up.
    if (this.#disposed) return;
    this.#admit({ ...entry, order: this.#order++, state: 'waiting' });
    this.#options.onDidChange();
  }

  remove(id: string): void {
    if (this.#places.delete(id)) this.#options.onDidChange();
  }

  /** Nothing goes out with this credential: until a time or until it is edited; without a time, until it is edited. */
  halt({ edits, id }: Credential, error: ErrorInfo, until?: number): void {
    this.#halts.set(id, { error, until, edits, before: this.#order });
    this.#options.onDidChange();
  }

  isHalted(credential: string): boolean {
    return this.#halts.has(credential);
  }

  /** Goes on with a credential that is another one now than the one that was refused; `undefined` when it is gone. */
  release(id: string, now: Credential | undefined): void {
    const halt = this.#halts.get(id);
    if (halt === undefined || (now !== undefined && now.edits === halt.edits)) return;
    this.#halts.delete(id);
    this.#wake();
  }

  haltOf(place: Place): Halt | undefined {
    const halt = place.credential === undefined ? undefined : this.#halts.get(place.credential);
    if (halt === undefined || isOver(halt.until ?? Infinity, this.#options.clock.now()))
      return undefined;
    return halt.until === undefined && place.order >= halt.before ? undefined : halt;
  }

  pause(): void {
    this.#paused = true;
    for (const lane of this.#lanes.values()) lane.pause();
    this.#options.onDidChange();
  }

  resume(): void {
    this.#paused = false;
    for (const lane of this.#lanes.values()) lane.start();
    this.#options.onDidChange();
  }

  dispose(): void {
    this.#disposed = true;
    this.#alarm?.dispose();
    this.#places.clear();
    for (const lane of this.#lanes.values()) lane.clear();
  }

  /** Lines up what may run; the rest waits for the alarm. */
  #admit(place: Place): void {
    if (this.#waits(place)) return;
    this.#places.set(place.id, { ...place, state: 'lined up' });
    const start = (): Promise<void> => this.#start(place.id);
    void this.#lane(place.provider).add(start, { priority: weights[place.priority] });
  }

  async #start(id: string): Promise<void> {
    const place = this.#places.get(id);
    if (place?.state !== 'lined up') return;
    // Its credential may have been halted while it was lined up.
    if (this.#waits(place)) return;
    this.#places.set(id, { ...place, state: 'running' });
    this.#options.onDidChange();
    await this.#options.run(id);
    const after = this.#places.get(id);
    if (after?.state === 'running') this.#places.delete(id);
    this.#options.onDidChange();
  }

  /** Puts it aside if it may not run yet. */
  #waits(place: Place): boolean {
    const halt = this.haltOf(place);
    const due = Math.max(place.retry?.at ?? 0, halt === undefined ? 0 : (halt.until ?? Infinity));
    if (isOver(due, this.#options.clock.now())) return false;
    this.#places.set(place.id, { ...place, state: 'waiting' });
    this.#wakeBy(due);
    return true;
  }

  #wake(): void {
    if (this.#disposed) return;
    this.#alarm?.dispose();
    this.#alarm = undefined;
    const concurrency = this.#options.concurrency();
    for (const lane of this.#lanes.values()) lane.concurrency = concurrency;
    this.#wakeBy(this.#options.clock.now() + recheck);
    const waiting = [...this.#places.values()].filter(({ state }) => state === 'waiting');
    for (const place of waiting.sort((a, b) => a.order - b.order)) this.#admit(place);
    this.#options.onRecheck();
    this.#options.onDidChange();
  }

  #wakeBy(at: number): void {
    if (this.#alarm !== undefined && this.#alarm.at <= at) return;
    this.#alarm?.dispose();
    const { clock } = this.#options;
    // Should the clock have been set back just now, the time left means nothing.
    const wait = Math.min(at - clock.now(), recheck);
    const timer = clock.after(wait, () => this.#wake());
    this.#alarm = { at, dispose: () => timer.dispose() };
  }

  #lane(provider: string): PQueue {
    const known = this.#lanes.get(provider);
    if (known !== undefined) return known;
    const lane = new PQueue({
      concurrency: this.#options.concurrency(),
      autoStart: !this.#paused,
    });
    this.#lanes.set(provider, lane);
    return lane;
  }
}

/** No wait is as long as this one would be: the clock was set back meanwhile. */
function isOver(until: number, now: number): boolean {
  return until <= now || (until !== Infinity && until - now > longestWait);
}
