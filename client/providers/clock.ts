import type { Disposable } from '../model.ts';

/** Time as everything that waits sees it; tests bring a clock they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after `ms` milliseconds, unless disposed before. */
  after(ms: number, call: () => void): Disposable;
}

/** Node's timers take no longer delay; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(Math.max(0, ms), longestDelay));
    return { dispose: () => clearTimeout(timer) };
  },
};
