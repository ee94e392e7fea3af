import type { Disposable } from '../model.ts';

/** The clock of the panels; tests bring one that they turn by hand. */
export interface Timers {
  /** Runs once after `ms` milliseconds unless disposed before. */
  after(ms: number, run: () => void): Disposable;
}

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return {
      dispose() {
        clearTimeout(timer);
      },
    };
  },
};

/** Runs `work` once, `ms` after the last call: what people type arrives as one change. */
export class Debounce implements Disposable {
  readonly #timers: Timers;
  readonly #ms: number;
  readonly #work: () => void;
  #pending: Disposable | undefined;

  constructor(timers: Timers, ms: number, work: () => void) {
    this.#timers = timers;
    this.#ms = ms;
    this.#work = work;
  }

  call(): void {
    this.#pending?.dispose();
    this.#pending = this.#timers.after(this.#ms, () => {
      this.#pending = undefined;
      this.#work();
    });
  }

  /** Does now what is still due: before something that must not come first, and before going away. */
  flush(): void {
    if (this.#pending === undefined) return;
    this.dispose();
    this.#work();
  }

  dispose(): void {
    this.#pending?.dispose();
    this.#pending = undefined;
  }
}
