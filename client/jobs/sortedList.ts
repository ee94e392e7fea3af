/** A list that is always in order. Finding is a binary search; no two elements may compare as equal. */
export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #all: T[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get first(): T | undefined {
    return this.#all[0];
  }

  get last(): T | undefined {
    return this.#all.at(-1);
  }

  get size(): number {
    return this.#all.length;
  }

  add(one: T): void {
    this.#all.splice(this.before(one), 0, one);
  }

  remove(one: T): void {
    const index = this.before(one);
    const found = this.#all[index];
    if (found === undefined || this.#compare(found, one) !== 0) return;
    // Most are taken from the front, which is cheaper this way.
    if (index === 0) this.#all.shift();
    else this.#all.splice(index, 1);
  }

  /** How many come before it, whether it is in the list or not. */
  before(one: T): number {
    let low = 0;
    let high = this.#all.length;
    // Most are added at the end.
    if (high > 0 && this.#compare(this.#all[high - 1]!, one) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#all[middle]!, one) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  head(count: number): T[] {
    return this.#all.slice(0, count);
  }

  takeAll(): T[] {
    return this.#all.splice(0);
  }
}
