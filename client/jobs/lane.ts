import { byTurn, type Place } from './place.ts';
import { SortedList } from './sortedList.ts';

/** The jobs of one provider that wait for their turn, apart by credential: one may have to wait, another not. */
export class Lane {
  concurrency: number;
  running = 0;
  readonly #lines = new Map<string | undefined, SortedList<Place>>();

  constructor(concurrency: number) {
    this.concurrency = concurrency;
  }

  add(place: Place): void {
    const line = this.#lines.get(place.credential) ?? new SortedList(byTurn);
    line.add(place);
    this.#lines.set(place.credential, line);
  }

  remove(place: Place): void {
    this.#lines.get(place.credential)?.remove(place);
  }

  /** Takes all that wait with a credential. */
  take(credential: string): Place[] {
    return this.#lines.get(credential)?.takeAll() ?? [];
  }

  /** The first whose credential is free. @param mayGo asked of the first of each credential only */
  next(mayGo: (place: Place) => boolean): Place | undefined {
    let best: Place | undefined;
    for (const { first } of this.#lines.values()) {
      if (first === undefined || !mayGo(first)) continue;
      if (best === undefined || byTurn(first, best) < 0) best = first;
    }
    return best;
  }

  /** How many wait with the same credential whose turn comes before. */
  beforeWithCredential(place: Place): number {
    return this.#lines.get(place.credential)?.before(place) ?? 0;
  }

  /** The next ones, in the order of their turns, as far as credentials let them. */
  upcoming(limit: number): Place[] {
    return [...this.#lines.values()]
      .flatMap((line) => line.head(limit))
      .sort(byTurn)
      .slice(0, limit);
  }

  /** How many wait whose turn comes before. */
  before(place: Place): number {
    let count = 0;
    for (const line of this.#lines.values()) count += line.before(place);
    return count;
  }
}
