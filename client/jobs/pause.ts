import type { Disposable } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import type { Store } from '../store/store.ts';
import type { Schedule } from './schedule.ts';

const id = 'pause';

export interface PauseOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly schedule: Schedule;
}

/**
 * Whether the folder's queue is paused: a row of the store, so that it holds for all of its windows and after a
 * restart. The window named in it is the one that paused; nobody has to live for it to count.
 */
export class Pause implements Disposable {
  readonly #options: PauseOptions;
  readonly #listening: Disposable;
  #known: Promise<void>;
  /** One after the other: the last one said counts. */
  #setting: Promise<unknown> = Promise.resolve();
  #wishes = 0;

  constructor(options: PauseOptions) {
    this.#options = options;
    this.#listening = options.store.onDidChange((changes) => {
      if (changes.some((change) => change.table === 'leases' && change.id === id)) {
        this.#known = this.#known.then(() => this.#read());
      }
    });
    this.#known = this.#read();
  }

  /** Resolves, always, when it is known. */
  get known(): Promise<void> {
    return this.#known;
  }

  /** Counts in this window at once. @throws StoreError when it could not be stored: then it is as before */
  async set(paused: boolean): Promise<void> {
    if (paused) this.#options.schedule.pause();
    this.#wishes++;
    const setting = this.#setting.then(() => this.#write(paused));
    this.#setting = setting.catch(() => undefined);
    try {
      await setting;
    } finally {
      this.#wishes--;
      await this.#read();
    }
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #write(paused: boolean): Promise<void> {
    const { clock, store } = this.#options;
    for (let applied = false; !applied;) {
      const rev = (await store.leases.get(id))?.rev ?? 0;
      const lease = { id, at: clock.now(), ...(paused && { window: store.windowId }) };
      [applied = false] = await store.put([['leases', id, rev + 1, lease]]);
    }
  }

  async #read(): Promise<void> {
    const { log, schedule, store } = this.#options;
    try {
      const paused = (await store.leases.get(id))?.value.window !== undefined;
      // Somebody here has just said otherwise; what is stored then is read after it.
      if (this.#wishes > 0) return;
      if (paused && !schedule.paused) schedule.pause();
      if (!paused && schedule.paused) schedule.resume();
    } catch (error) {
      log.warn(`It cannot be read whether the queue is paused: ${String(error)}`);
    }
  }
}
