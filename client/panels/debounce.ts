import type { Disposable } from '../model.ts';
import type { Clock } from '../providers/clock.ts';

/** Runs `work` once, `ms` after the last call: what people type arrives as one change. */
export class Debounce implements Disposable {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #work: () => void;
  #pending: Disposable | undefined;

  constructor(clock: Clock, ms: number, work: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#work = work;
  }

  call(): void {
    this.#pending?.dispose();
    this.#pending = this.#clock.after(this.#ms, () => {
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
