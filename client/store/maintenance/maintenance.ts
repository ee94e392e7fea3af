/** What is done to a history as a whole, by command and by itself. One thing at a time, and one window at a time. */
import { bestEffort } from '../faults.ts';
import type { SnapshotSchedule } from '../index/snapshotSchedule.ts';
import type { Snapshots } from '../index/snapshots.ts';
import type { Bodies } from '../journal/bodies.ts';
import { StoreError } from '../store.ts';
import type {
  CompactReport,
  Deletion,
  DeletionReport,
  ExportWishes,
  ExportReport,
  Maintenance,
  Store,
  VerifyReport,
  Wishes,
} from '../store.ts';
import { Compaction } from './compaction.ts';
import type { CompactionOptions } from './compaction.ts';
import { exportOutputs } from './exporting.ts';
import { readJournal } from './journalRows.ts';
import { Lease } from './lease.ts';
import { Purge } from './purge.ts';
import { leftovers, PendingPurge } from './pendingPurge.ts';
import { compare } from './verify.ts';

export interface MaintenanceOptions extends Omit<CompactionOptions, 'lease'> {
  readonly store: Pick<Store, 'windowId' | 'isWindowDead' | 'put' | 'trouble'>;
  readonly bodies: Bodies;
  readonly images: Snapshots;
  readonly snapshots: SnapshotSchedule;
  readonly now: () => number;
  readonly redact: (text: string) => string;
  /** Outputs older than so many days are deleted by and by; 0 keeps them for ever. */
  readonly retentionDays: () => number;
}

/** By itself it begins after so many seconds in which nothing happened, and looks again after so many. */
const quietSeconds = 60;
const againSeconds = 600;
const dayMs = 24 * 60 * 60 * 1000;

export class StoreMaintenance implements Maintenance {
  readonly #options: MaintenanceOptions;
  readonly #compaction: Compaction;
  readonly #lease: Lease;
  readonly #pending: PendingPurge;
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #busy = false;
  #quiet = 0;
  #nextLook = 0;
  #seconds = 0;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    const { index, now, store } = options;
    this.#lease = new Lease({ store, index, now });
    this.#pending = new PendingPurge(store, index, now);
    this.#compaction = new Compaction({ ...options, lease: this.#lease });
  }

  compact(wishes: Wishes = {}): Promise<CompactReport> {
    return this.#alone(() => this.#compaction.run(this.#until(wishes)));
  }

  delete(deletion: Deletion, wishes: Wishes = {}): Promise<DeletionReport> {
    return this.#alone(async () => {
      const { bodies, index, store } = this.#options;
      // From here on, should this window die, another one finishes it.
      await this.#pending.note();
      const put: Store['put'] = (ops) => store.put(ops);
      const purge = new Purge({ bodies, index, put, signal: this.#until(wishes).signal });
      const purged = await purge.run(deletion);
      return { ...purged, ...(await this.#erase(wishes)) };
    });
  }

  async verify(wishes: Wishes = {}): Promise<VerifyReport> {
    return this.#afterOthers(async () => {
      const { files, index, segments, tail } = this.#options;
      await tail.run(true);
      const journal = await readJournal({ ...this.#until(wishes), files, segments });
      await tail.run(true);
      return compare(journal, index);
    });
  }

  export(wishes: ExportWishes): Promise<ExportReport> {
    const { files, redact, segments } = this.#options;
    const options = { ...wishes, ...this.#until(wishes), files, redact, segments };
    return this.#afterOthers(() => exportOutputs(options));
  }

  async rebuildAtNextOpening(): Promise<void> {
    const { images, snapshots, tail } = this.#options;
    snapshots.stop();
    await images.removeBefore({ ...tail.position, segment: Number.POSITIVE_INFINITY });
  }

  /** Something happened. */
  stirred(): void {
    this.#quiet = 0;
  }

  /** About every second. */
  tick(): void {
    this.#seconds += 1;
    this.#quiet += 1;
    if (this.#busy || this.#quiet < quietSeconds || this.#seconds < this.#nextLook) return;
    this.#nextLook = this.#seconds + againSeconds;
    if (this.#options.store.trouble === undefined) void bestEffort(() => this.#tidyUp());
  }

  /** What is under way gives up at its next slice; what it leaves undone is done by whoever opens next. */
  async close(): Promise<void> {
    this.#closing.abort(new StoreError('closed', 'The history is closed.'));
    await bestEffort(() => this.#last);
  }

  async #tidyUp(): Promise<void> {
    if (this.#pending.isNoted) await this.#alone(() => this.#erase({}));
    const days = this.#options.retentionDays();
    const time = this.#options.now() - days * dayMs;
    if (days > 0 && this.#hasOlder(time)) await this.delete({ kind: 'before', time });
    if (await this.#compaction.isDue()) await this.compact();
  }

  #until(wishes: Wishes): Wishes & { readonly signal: AbortSignal } {
    const given = wishes.signal ? [wishes.signal] : [];
    return { ...wishes, signal: AbortSignal.any([this.#closing.signal, ...given]) };
  }

  #hasOlder(time: number): boolean {
    const sql = 'SELECT 1 FROM outputs WHERE deleted = 0 AND created_at < ? LIMIT 1';
    return this.#options.index().query(sql, [time]).length > 0;
  }

  /** The texts of deleted rows go from the disk: out of the journal, and with the images made before. */
  async #erase(wishes: Wishes): Promise<Pick<DeletionReport, 'freed' | 'remaining'>> {
    const { images, snapshots, tail, writer } = this.#options;
    await writer.seal();
    const { after, before } = await this.#compaction.run({ ...this.#until(wishes), forGood: true });
    const { position } = tail;
    await bestEffort(() => snapshots.writeNow());
    await images.removeBefore(position);
    const remaining = await leftovers(this.#options, this.#options.index());
    if (remaining === 0) await this.#pending.done();
    return { freed: Math.max(0, before - after), remaining };
  }

  /** @throws StoreError `busy` when another window tidies up */
  #alone<T>(task: () => Promise<T>): Promise<T> {
    return this.#afterOthers(async () => {
      const { trouble } = this.#options.store;
      if (trouble) throw trouble;
      if (!(await this.#lease.claim())) {
        const message = 'Another window is tidying up this history. Try again in a minute.';
        throw new StoreError('busy', message);
      }
      try {
        return await task();
      } finally {
        await bestEffort(() => this.#lease.release());
      }
    });
  }

  #afterOthers<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(async () => {
      this.#busy = true;
      try {
        return await task();
      } finally {
        this.#busy = false;
      }
    });
    this.#last = run.catch(() => undefined);
    return run;
  }
}
