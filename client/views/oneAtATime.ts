import type { Clock } from '../providers/clock.ts';

/** Longer than the pause before a held key repeats (milliseconds). */
const repeatPause = 800;

/**
 * Lets one thing per key be under way. Whoever asks meanwhile joins it, and so does a second click or a key that is
 * held down, until nobody has asked for a moment.
 */
export class OneAtATime {
  readonly #clock: Clock;
  readonly #underWay = new Map<string, { promise: Promise<void>; askedAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  do(key: string, work: () => Promise<void>): Promise<void> {
    const known = this.#underWay.get(key);
    if (known !== undefined) {
      known.askedAt = this.#clock.now();
      return known.promise;
    }
    const entry = { promise: work(), askedAt: this.#clock.now() };
    this.#underWay.set(key, entry);
    const ended = (): void => this.#endWhenQuiet(key, entry);
    entry.promise.then(ended, () => this.#underWay.delete(key));
    return entry.promise;
  }

  #endWhenQuiet(key: string, entry: { readonly askedAt: number }): void {
    const rest = entry.askedAt + repeatPause - this.#clock.now();
    if (rest <= 0) this.#underWay.delete(key);
    else this.#clock.after(rest, () => this.#endWhenQuiet(key, entry));
  }
}
