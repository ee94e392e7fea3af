import { isOpen, noFilter } from './filters.ts';
import type { OutputListFilter, OutputRow, SearchState } from '../../client/panels/protocol.ts';

const pageSize = 100;

interface Answer {
  readonly rows: readonly OutputRow[];
  readonly total: number;
  readonly search?: SearchState;
}

type Fetch = (filter: OutputListFilter, offset: number, limit: number) => Promise<Answer>;

/**
 * The rows of the list, fetched a page at a time as they come into sight. What is known stays on screen until
 * something newer has arrived, so nothing flickers; pages out of sight are forgotten when they go stale.
 */
export class RowSource {
  readonly #fetch: Fetch;
  readonly #changed: () => void;
  readonly #fresh = new Set<number>();
  readonly #loading = new Set<number>();
  #pages = new Map<number, readonly OutputRow[]>();
  #filter = noFilter;
  /** The filter that `total` is about. */
  #answered: OutputListFilter | undefined;
  #generation = 0;
  #total: number | undefined;
  #error: string | undefined;
  #search: SearchState | undefined;

  constructor(fetch: Fetch, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** How many rows there are; `undefined` before the first answer. */
  get total(): number | undefined {
    return this.#total;
  }

  /** There is not a single output, filters apart. */
  get isEmpty(): boolean {
    return isOpen(this.#filter) && this.#total === 0 && this.#answered === this.#filter;
  }

  /** How far the search through all texts is; `undefined` while no text is searched. */
  get search(): SearchState | undefined {
    return this.#filter.text.trim() === '' ? undefined : this.#search;
  }

  /** Why the last question could not be answered. */
  get error(): string | undefined {
    return this.#error;
  }

  get filter(): OutputListFilter {
    return this.#filter;
  }

  row(index: number): OutputRow | undefined {
    return this.#pages.get(Math.trunc(index / pageSize))?.[index % pageSize];
  }

  /** Where a row is among those known. */
  indexOf(id: string): number | undefined {
    for (const [page, rows] of this.#pages) {
      const index = rows.findIndex((row) => row.id === id);
      if (index >= 0) return page * pageSize + index;
    }
    return undefined;
  }

  /** Sees to it that these rows get here. */
  need(first: number, last: number): void {
    const lastPage = Math.trunc(Math.max(last, 0) / pageSize);
    for (let page = Math.trunc(Math.max(first, 0) / pageSize); page <= lastPage; page++) {
      if (!this.#fresh.has(page) && !this.#loading.has(page)) void this.#load(page);
    }
  }

  setFilter(filter: OutputListFilter): void {
    this.#filter = filter;
    this.refresh();
  }

  /** News of the search through all texts. */
  searched(search: SearchState): void {
    const isNew = search.found !== this.#total;
    this.#search = search;
    if (isNew) this.refresh();
    else this.#changed();
  }

  /** What is known may be out of date. */
  refresh(): void {
    this.#generation += 1;
    this.#fresh.clear();
    this.#loading.clear();
    this.#error = undefined;
    this.#changed();
  }

  async #load(page: number): Promise<void> {
    const generation = this.#generation;
    this.#loading.add(page);
    try {
      const { rows, search, total } = await this.#fetch(this.#filter, page * pageSize, pageSize);
      if (generation !== this.#generation) return;
      // The first answer of a generation: the others' rows may have moved.
      if (this.#fresh.size === 0) this.#pages = new Map([...this.#pages].slice(-8));
      this.#pages.set(page, rows);
      this.#fresh.add(page);
      this.#total = total;
      this.#search = search;
      this.#answered = this.#filter;
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#error = error instanceof Error ? error.message : String(error);
      // Not asked again by itself: a person decides with Try Again.
      this.#fresh.add(page);
    }
    this.#loading.delete(page);
    this.#changed();
  }
}
