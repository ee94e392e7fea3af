import type { Disposable } from '../model.ts';
import type { Clock } from '../providers/clock.ts';

/** Timers stand still while a machine sleeps, and clocks are set: no alarm sleeps longer in one piece. */
const longestSleep = 30_000;

/** Rings once, at the earliest of the times it was set to; perhaps too early, never much too late. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #set: (Disposable & { readonly at: number }) | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  at(time: number): void {
    if (this.#set !== undefined && this.#set.at <= time) return;
    this.#start(time, time - this.#clock.now());
  }

  after(ms: number): void {
    this.#start(this.#clock.now() + ms, ms);
  }

  clear(): void {
    this.#set?.dispose();
    this.#set = undefined;
  }

  #start(at: number, ms: number): void {
    this.clear();
    // Should the clock have been set back just now, the time left means nothing.
    const timer = this.#clock.after(Math.min(ms, longestSleep), () => {
      this.#set = undefined;
      this.#ring();
    });
    this.#set = { at, dispose: () => timer.dispose() };
  }
}
