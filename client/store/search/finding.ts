/**
 * One search of the outputs list: first the previews in the index, a slice at a time, then all texts of the journal
 * in a worker. What is found so far can be asked for a page at a time, newest first.
 */
import type { Disposable } from '../../model.ts';
import { breathe } from '../breathe.ts';
import { Emitter } from '../emitter.ts';
import { fromKey, toKey } from '../index/keys.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';
import type { OutputFilter, OutputFinding, OutputSearchState, OutputSummary } from '../store.ts';
import { conditionOf, containing } from '../tables/outputFilter.ts';
import type { JournalSearch } from './journalSearch.ts';
import type { Block, Previews } from './previews.ts';
import type { Hit } from './scan.ts';

export interface FindingOptions {
  readonly index: () => SqlIndex;
  readonly previews: Previews;
  /** Missing where there is no worker: then the previews are all that can be searched. */
  readonly journal: JournalSearch | undefined;
  readonly filter: OutputFilter & { readonly text: string };
  /** Whether the newest texts of an output contain this, which is in lower case. */
  readonly contains: (id: string, wanted: string) => Promise<boolean>;
  /** The rows with these numbers, newest first. */
  readonly read: (rows: readonly number[]) => OutputSummary[];
}

interface Row {
  readonly row: number;
  readonly createdAt: number;
}

/** The previews are looked at for so long before others get their turn. */
const sliceMs = 4;
/** So many rows fill a page. */
const pageRows = 50;

export class Finding implements OutputFinding {
  readonly #options: FindingOptions;
  readonly #abort = new AbortController();
  readonly #changed = new Emitter<void>();
  readonly #rows = new Map<string, Row>();
  #sorted: readonly number[] | undefined;
  #state: OutputSearchState['state'] = 'searching';
  #share = 0;
  readonly firstPage: Promise<void>;
  /** Everything has been looked at, or the search was cancelled or failed. */
  readonly ended: Promise<void>;

  constructor(options: FindingOptions) {
    this.#options = options;
    const page = Promise.withResolvers<void>();
    const previews = this.#searchPreviews(() => page.resolve());
    this.firstPage = Promise.race([page.promise, previews]);
    this.firstPage.catch(() => undefined);
    this.ended = this.#run(previews);
  }

  get filter(): FindingOptions['filter'] {
    return this.#options.filter;
  }

  get state(): OutputSearchState {
    return { state: this.#state, found: this.#rows.size, share: this.#share };
  }

  /** Called after something was found, some more was looked at, or it ended. */
  onDidChange(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  page(offset: number, limit: number): OutputSummary[] {
    this.#sorted ??= [...this.#rows.values()]
      .sort((a, b) => b.createdAt - a.createdAt || b.row - a.row)
      .map(({ row }) => row);
    return this.#options.read(this.#sorted.slice(offset, offset + limit));
  }

  async refresh(ids: readonly string[]): Promise<void> {
    const { contains, filter, index } = this.#options;
    for (const id of ids) {
      const { sql, values } = conditionOf(filter);
      const query = `SELECT row, created_at FROM outputs WHERE id = ? AND ${sql}`;
      const [row] = index().query(query, [toKey(id), ...values]);
      if (row && (await contains(id, filter.text.toLowerCase()))) {
        this.#put(id, Number(row[0]), Number(row[1]));
      } else if (this.#rows.delete(id)) this.#sorted = undefined;
    }
  }

  cancel(): void {
    if (this.#state !== 'searching') return;
    this.#state = 'cancelled';
    this.#abort.abort();
    this.#changed.fire();
  }

  async #run(previews: Promise<void>): Promise<void> {
    try {
      await previews;
      const { filter, journal } = this.#options;
      if (!journal) throw new Error('There is no worker to search with.');
      const listener = {
        onHits: (hits: readonly Hit[]) => this.#add(hits),
        onProgress: (share: number) => {
          this.#share = share;
          this.#changed.fire();
        },
      };
      await journal.run(filter.text.toLowerCase(), listener, this.#abort.signal);
      if (this.#state === 'searching') this.#state = 'done';
    } catch {
      // The previews were searched all the same; the state says that not everything was.
      if (this.#state === 'searching') this.#state = 'failed';
    }
    this.#changed.fire();
  }

  async #searchPreviews(onPage: () => void): Promise<void> {
    const { filter, previews } = this.#options;
    const wanted = filter.text.toLowerCase();
    let since = performance.now();
    for (const block of previews.blocks()) {
      if (previews.mayContain(block, wanted)) this.#searchBlock(block, wanted);
      if (this.#rows.size >= pageRows) onPage();
      if (performance.now() - since < sliceMs) continue;
      await breathe();
      if (this.#abort.signal.aborted) return;
      since = performance.now();
    }
  }

  #searchBlock({ after, to }: Block, wanted: string): void {
    const { sql, values } = containing(conditionOf(this.#options.filter), wanted);
    const query = `SELECT id, row, created_at FROM outputs NOT INDEXED WHERE row > ? AND row <= ? AND ${sql}`;
    const found = this.#options.index().query(query, [after, to, ...values]);
    for (const [id, row, createdAt] of found) {
      this.#put(fromKey(id), Number(row), Number(createdAt));
    }
  }

  #add(hits: readonly Hit[]): void {
    const { sql, values } = conditionOf(this.#options.filter);
    const index = this.#options.index();
    for (const { id, output, rev, table } of hits) {
      if (this.#rows.has(output)) continue;
      const newest = `SELECT 1 FROM ${table} WHERE id = ? AND rev = ? AND deleted = 0`;
      if (index.query(newest, [toKey(id), rev]).length === 0) continue;
      const meant = `SELECT row, created_at FROM outputs WHERE id = ? AND ${sql}`;
      const [row] = index.query(meant, [toKey(output), ...values]);
      if (row) this.#put(output, Number(row[0]), Number(row[1]));
    }
  }

  #put(id: string, row: number, createdAt: number): void {
    this.#rows.set(id, { row, createdAt });
    this.#sorted = undefined;
  }
}
