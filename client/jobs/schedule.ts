import type { Credential, Disposable, ErrorInfo } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import { Alarm } from './alarm.ts';
import { Lane } from './lane.ts';
import { byRetry, byTurn, type Entry, type Place } from './place.ts';
import type { Limited } from './rateLimits.ts';
import { longestWait } from './retry.ts';
import { SortedList } from './sortedList.ts';

/** Why nothing is sent with a credential at the moment: until a time, or until somebody has edited the credential. */
interface Halt {
  readonly error: ErrorInfo;
  readonly until?: number;
  /** `edits` of the credential that was refused. */
  readonly edits: number | undefined;
  /** Jobs added later are tried all the same: whoever queues one knows what went wrong. */
  readonly before: number;
}

/** Waits are looked at again at least this often: timers stand still while a machine sleeps. */
const recheck = 30_000;

export interface ScheduleOptions {
  readonly clock: Clock;
  /** Jobs at a time with a provider; asked at every `start` and every 30 s. */
  readonly concurrency: (provider: string) => number;
  readonly limits?: {
    readonly check: (entry: Entry) => Limited | undefined;
    readonly reserve: (entry: Entry) => void;
  };
  /**
   * Runs a job to its end or its next wait. Must not reject. @param answered called when the provider is through with
   * it: another one may take its place while what came back is still being stored.
   */
  readonly run: (id: string, answered: () => void) => Promise<void>;
  /** At least every 30 s. */
  readonly onRecheck: () => void;
  readonly onDidChange: () => void;
}

/**
 * Decides when each job of this window runs: one lane per provider, priorities, waits, halted and limited credentials.
 * Whatever happens to one job costs the same however many others wait.
 */
export class Schedule implements Disposable {
  readonly #options: ScheduleOptions;
  readonly #places = new Map<string, Place>();
  readonly #lanes = new Map<string, Lane>();
  readonly #delayed = new SortedList(byRetry);
  /** By credential. */
  readonly #halted = new Map<string, Map<string, Place>>();
  readonly #halts = new Map<string, Halt>();
  readonly #alarm: Alarm;
  readonly #recheck: Alarm;
  #order = 0;
  #paused = false;
  #disposed = false;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => this.#advance());
    this.#recheck = new Alarm(options.clock, () => this.start());
  }

  /** Looks at once at what may run now. */
  start(): void {
    if (this.#disposed) return;
    for (const [provider, lane] of this.#lanes) {
      lane.concurrency = this.#options.concurrency(provider);
    }
    this.#recheck.clear();
    this.#recheck.after(recheck);
    this.#advance();
    this.#options.onRecheck();
    this.#options.onDidChange();
  }

  get size(): number {
    return this.#places.size;
  }

  get running(): number {
    let count = 0;
    for (const lane of this.#lanes.values()) count += lane.running;
    return count;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get(id: string): Place | undefined {
    return this.#places.get(id);
  }

  lane(
    provider: string,
  ): Pick<Lane, 'before' | 'beforeWithCredential' | 'concurrency' | 'running'> {
    return this.#lane(provider);
  }

  /** Those that wait: first by their turns, then by their retries, then those that wait for their credentials. */
  upcoming(limit: number): Place[] {
    const turns = [...this.#lanes.values()].flatMap((lane) => lane.upcoming(limit)).sort(byTurn);
    const halted = [...this.#halted.values()].flatMap((places) => [...places.values()]);
    return [...turns, ...this.#delayed.head(limit), ...halted].slice(0, limit);
  }

  add(entry: Entry): void {
    // A run that ends late may have another attempt to come: the next window takes it up.
    if (this.#disposed) return;
    this.#detach(entry.id);
    this.#admit({ ...entry, order: this.#order++, state: 'lined up' });
    this.#fill(entry.provider);
    this.#options.onDidChange();
  }

  /** Its priority has changed, or it was moved to the front. */
  reorder({ front, id, priority }: Pick<Entry, 'front' | 'id' | 'priority'>): void {
    const place = this.#places.get(id);
    if (place === undefined || place.state === 'running') return;
    this.#detach(id);
    this.#admit({ ...place, priority, ...(front !== undefined && { front }) });
    this.#fill(place.provider);
    this.#options.onDidChange();
  }

  remove(id: string): void {
    this.#detach(id);
    if (this.#places.delete(id)) this.#options.onDidChange();
  }

  /** Nothing goes out with this credential: until a time or until it is edited; without a time, until it is edited. */
  halt({ edits, id }: Pick<Credential, 'edits' | 'id'>, error: ErrorInfo, until?: number): void {
    const before = [...this.#lanes.values()].flatMap((lane) => lane.take(id));
    const halted = [...(this.#halted.get(id)?.values() ?? [])];
    this.#halted.delete(id);
    this.#halts.set(id, { error, until, edits, before: this.#order });
    for (const place of [...before, ...halted]) this.#admit(place);
    if (until !== undefined) this.#alarm.at(until);
    this.#options.onDidChange();
  }

  isHalted(credential: string): boolean {
    return this.#haltOf(credential) !== undefined;
  }

  /** Goes on with a credential that is another one now than the one that was refused; `undefined` when it is gone. */
  release(id: string, now: Credential | undefined): void {
    const halt = this.#halts.get(id);
    if (halt === undefined || (now !== undefined && now.edits === halt.edits)) return;
    this.#halts.delete(id);
    const halted = this.#halted.get(id)?.values() ?? [];
    this.#halted.delete(id);
    for (const place of halted) this.#admit(place);
    this.#advance();
    this.#options.onDidChange();
  }

  haltOf(place: Place): Halt | undefined {
    const halt = this.#haltOf(place.credential);
    if (halt === undefined) return undefined;
    return halt.until === undefined && place.order >= halt.before ? undefined : halt;
  }

  pause(): void {
    this.#paused = true;
    this.#options.onDidChange();
  }

  resume(): void {
    this.#paused = false;
    this.#advance();
    this.#options.onDidChange();
  }

  dispose(): void {
    this.#disposed = true;
    this.#alarm.clear();
    this.#recheck.clear();
    this.#places.clear();
    this.#delayed.takeAll();
    this.#halted.clear();
    this.#lanes.clear();
  }

  /** Puts it where it waits. */
  #admit(place: Place): void {
    if (place.retry !== undefined && !isOver(place.retry.at, this.#options.clock.now())) {
      const delayed: Place = { ...place, state: 'delayed' };
      this.#places.set(place.id, delayed);
      this.#delayed.add(delayed);
      this.#alarm.at(place.retry.at);
      return;
    }
    const halt = this.haltOf(place);
    if (halt !== undefined && halt.until === undefined)
      this.#putAside({ ...place, state: 'halted' });
    else {
      const linedUp: Place = { ...place, state: 'lined up' };
      this.#places.set(place.id, linedUp);
      this.#lane(place.provider).add(linedUp);
    }
  }

  #putAside(place: Place): void {
    const credential = place.credential ?? '';
    const halted = this.#halted.get(credential) ?? new Map<string, Place>();
    this.#halted.set(credential, halted.set(place.id, place));
    this.#places.set(place.id, place);
  }

  /** Takes it out of where it waits. */
  #detach(id: string): void {
    const place = this.#places.get(id);
    if (place?.state === 'delayed') this.#delayed.remove(place);
    if (place?.state === 'halted') this.#halted.get(place.credential ?? '')?.delete(id);
    if (place?.state === 'lined up') this.#lane(place.provider).remove(place);
  }

  /** Lines up the retries that are due, and starts what may run. */
  #advance(): void {
    if (this.#disposed) return;
    this.#alarm.clear();
    const now = this.#options.clock.now();
    const ends = [() => this.#delayed.first, () => this.#delayed.last];
    for (const end of ends) {
      for (let place = end(); place?.retry && isOver(place.retry.at, now); place = end()) {
        this.#delayed.remove(place);
        const { retry: _due, ...rest } = place;
        this.#admit(rest);
      }
    }
    const next = this.#delayed.first?.retry;
    if (next !== undefined) this.#alarm.at(next.at);
    for (const provider of this.#lanes.keys()) this.#fill(provider);
  }

  #fill(provider: string): void {
    if (this.#paused || this.#disposed) return;
    const lane = this.#lane(provider);
    while (lane.running < lane.concurrency) {
      const place = lane.next((one) => this.#mayGo(one));
      if (place === undefined) return;
      void this.#run(lane, place);
    }
  }

  /** Whether its credential lets it go now; if not, looks again when it does. */
  #mayGo(place: Place): boolean {
    const until =
      this.#haltOf(place.credential)?.until ?? this.#options.limits?.check(place)?.until;
    if (until !== undefined) this.#alarm.at(until);
    return until === undefined;
  }

  async #run(lane: Lane, place: Place): Promise<void> {
    lane.remove(place);
    lane.running++;
    this.#places.set(place.id, { ...place, state: 'running' });
    this.#options.limits?.reserve(place);
    this.#options.onDidChange();
    let holds = true;
    const leave = (): void => {
      if (!holds) return;
      holds = false;
      lane.running--;
      this.#fill(place.provider);
    };
    await this.#options.run(place.id, leave);
    if (this.#places.get(place.id)?.state === 'running') this.#places.delete(place.id);
    leave();
    // What the answer has used is known now: it may leave room for more.
    this.#fill(place.provider);
    this.#options.onDidChange();
  }

  #haltOf(credential: string | undefined): Halt | undefined {
    const halt = credential === undefined ? undefined : this.#halts.get(credential);
    const now = this.#options.clock.now();
    return halt === undefined || isOver(halt.until ?? Infinity, now) ? undefined : halt;
  }

  #lane(provider: string): Lane {
    const known = this.#lanes.get(provider);
    if (known !== undefined) return known;
    const lane = new Lane(this.#options.concurrency(provider));
    this.#lanes.set(provider, lane);
    return lane;
  }
}

/** No wait is as long as this one would be: the clock was set back meanwhile. */
function isOver(until: number, now: number): boolean {
  return until <= now || (until !== Infinity && until - now > longestWait);
}
