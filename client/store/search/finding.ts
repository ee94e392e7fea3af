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
import { conditionOf } from '../tables/outputSearch.ts';
import type { JournalSearch } from './journalSearch.ts';
import type { Hit } from './scan.ts';

export interface FindingOptions {
  readonly index: () => SqlIndex;
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

/** Rows of the index looked at in one go: about two milliseconds. */
const chunkRows = 2000;

export class Finding implements OutputFinding {
  readonly #options: FindingOptions;
  readonly #abort = new AbortController();
  readonly #changed = new Emitter<void>();
  readonly #rows = new Map<string, Row>();
  #sorted: readonly number[] | undefined;
  #state: OutputSearchState['state'] = 'searching';
  #share = 0;
  /** The previews have been looked at. */
  readonly previews: Promise<void>;
  /** Everything has been looked at, or the search was cancelled or failed. */
  readonly ended: Promise<void>;

  constructor(options: FindingOptions) {
    this.#options = options;
    this.previews = this.#searchPreviews();
    this.ended = this.#run();
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
    const { text, ...others } = filter;
    for (const id of ids) {
      const { sql, values } = conditionOf(others);
      const query = `SELECT rowid, created_at FROM outputs WHERE id = ? AND ${sql}`;
      const [row] = index().query(query, [toKey(id), ...values]);
      if (row && (await contains(id, text.toLowerCase()))) {
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

  async #run(): Promise<void> {
    try {
      await this.previews;
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

  async #searchPreviews(): Promise<void> {
    const { sql, values } = conditionOf(this.#options.filter);
    const last = Number(this.#options.index().query('SELECT max(rowid) FROM outputs')[0]?.[0] ?? 0);
    for (let to = last; to > 0 && !this.#abort.signal.aborted; to -= chunkRows) {
      const range = 'rowid > ? AND rowid <= ?';
      const query = `SELECT id, rowid, created_at FROM outputs NOT INDEXED WHERE ${range} AND ${sql}`;
      for (const [id, row, createdAt] of this.#options
        .index()
        .query(query, [to - chunkRows, to, ...values])) {
        this.#put(fromKey(id), Number(row), Number(createdAt));
      }
      await breathe();
    }
  }

  #add(hits: readonly Hit[]): void {
    const { text: _, ...filter } = this.#options.filter;
    const { sql, values } = conditionOf(filter);
    const index = this.#options.index();
    for (const { id, output, rev, table } of hits) {
      if (this.#rows.has(output)) continue;
      const newest = `SELECT 1 FROM ${table} WHERE id = ? AND rev = ? AND deleted = 0`;
      if (index.query(newest, [toKey(id), rev]).length === 0) continue;
      const meant = `SELECT rowid, created_at FROM outputs WHERE id = ? AND ${sql}`;
      const [row] = index.query(meant, [toKey(output), ...values]);
      if (row) this.#put(output, Number(row[0]), Number(row[1]));
    }
  }

  #put(id: string, row: number, createdAt: number): void {
    this.#rows.set(id, { row, createdAt });
    this.#sorted = undefined;
  }
}
