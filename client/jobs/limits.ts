import type { Disposable, Job } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import type { Store } from '../store/store.ts';
import type { Entry } from './place.ts';
import { type Limited, RateLedger } from './rateLimits.ts';

/** Of each state; more is hardly sent in a minute. */
const mostRecent = 500;
const sentStates = [
  'completed',
  'failed',
  'cancelled',
  'interrupted',
  'processing',
  'pending',
] as const;

/**
 * The rate limits of the folder's credentials, and what all of its windows have sent. What was sent before this window
 * opened is read from the store, as soon as there is a limit it counts for.
 */
export class Limits implements Disposable {
  readonly #store: Store;
  readonly #ledger: RateLedger;
  readonly #log: Log;
  readonly #onDidChange: () => void;
  readonly #listening: Disposable;
  #loading: Promise<void>;
  #isStale = false;
  #disposed = false;

  /** @param onDidChange when more or less may be sent than before */
  constructor(store: Store, clock: Clock, log: Log, onDidChange: () => void) {
    this.#store = store;
    this.#ledger = new RateLedger(clock);
    this.#log = log;
    this.#onDidChange = onDidChange;
    this.#listening = store.onDidChange((changes) => {
      if (changes.some(({ table }) => table === 'credentials')) this.#reload();
    });
    this.#loading = this.#load();
  }

  /** Resolves, always, when the limits are known. Nothing should be sent before. */
  get known(): Promise<void> {
    return this.#loading;
  }

  /** No credential has a limit: what is sent needs not be told. */
  get isIdle(): boolean {
    return this.#ledger.isIdle;
  }

  readonly check = (entry: Entry): Limited | undefined => this.#ledger.check(entry);

  readonly reserve = (entry: Entry): void => this.#ledger.reserve(entry);

  /** An attempt has ended. @param job as it is now; `undefined` when it is not known */
  settle(entry: Entry, job: Job | undefined): void {
    if (this.isIdle) return;
    this.#ledger.cancel(entry);
    if (job !== undefined) this.#ledger.note(job);
  }

  note(job: Job): void {
    this.#ledger.note(job);
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
  }

  /** A change during a reading is read after it. */
  #reload(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    this.#loading = this.#loading
      .then(() => {
        this.#isStale = false;
        return this.#disposed ? undefined : this.#load();
      })
      .then(() => {
        if (!this.#disposed) this.#onDidChange();
      });
  }

  async #load(): Promise<void> {
    try {
      const rows = await this.#store.credentials.list();
      if (!this.#ledger.setLimits(rows.map(({ value }) => value))) return;
      for (const state of sentStates) {
        const page = { limit: mostRecent, newestFirst: state !== 'pending' };
        for (const { value } of await this.#store.jobs.list([state], page))
          this.#ledger.note(value);
      }
    } catch (error) {
      if (!this.#disposed) this.#log.warn(`Rate limits cannot be read: ${String(error)}`);
    }
  }
}
