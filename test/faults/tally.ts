/** Counts what was tried, what was promised and what was not kept. */

/** So many examples of each are told. */
const mostTold = 5;

export class Tally {
  runs = 0;
  acknowledged = 0;
  lost = 0;
  doubled = 0;
  note: string | undefined;
  readonly #broken: string[] = [];
  #left = 0;

  /** Acknowledged, and now it is not there. */
  lose(what: string): void {
    this.lost += 1;
    this.break(`lost: ${what}`);
  }

  /** Done twice. */
  double(what: string): void {
    this.doubled += 1;
    this.break(`doubled: ${what}`);
  }

  /** Any other promise that was not kept. */
  break(what: string): void {
    if (this.#broken.length < mostTold) this.#broken.push(what);
    else this.#left += 1;
  }

  /** Breaks the promise unless the condition holds. */
  expect(condition: boolean, otherwise: string): void {
    if (!condition) this.break(otherwise);
  }

  get broken(): string[] {
    return this.#left > 0 ? [...this.#broken, `… and ${this.#left} more`] : [...this.#broken];
  }
}
