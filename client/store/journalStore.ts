import type { Disposable } from '../model.ts';
import { Bodies } from './journal/bodies.ts';
import { Credentials } from './tables/credentials.ts';
import { Emitter } from './emitter.ts';
import { bestEffort } from './faults.ts';
import { isKnownTable, isSoundId } from './index/fold.ts';
import type { JournalSearch } from './search/journalSearch.ts';
import { StoreMaintenance } from './maintenance/maintenance.ts';
import type { MaintenanceOptions } from './maintenance/maintenance.ts';
import { Jobs } from './tables/jobs.ts';
import { Outputs } from './tables/outputs.ts';
import type { Clock, Files } from './ports.ts';
import type { Damage } from './journal/position.ts';
import type { Presence } from './presence.ts';
import { isObject } from './journal/record.ts';
import { Rows } from './tables/rows.ts';
import type { Segments } from './journal/segments.ts';
import type { SnapshotSchedule } from './index/snapshotSchedule.ts';
import type { SqlIndex } from './index/sqlIndex.ts';
import { StoreError } from './store.ts';
import type { Change, Op, Store } from './store.ts';
import type { Tail } from './journal/tail.ts';
import type { Writer } from './journal/writer.ts';

/** Where watching the directory is silent, other windows' records are seen this late. */
const pollMs = 1_000;

export interface StoreParts {
  /** Absolute path of this store. */
  readonly directory: string;
  readonly windowId: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly segments: Segments;
  readonly index: SqlIndex;
  readonly tail: Tail;
  readonly writer: Writer;
  readonly presence: Presence;
  readonly snapshots: SnapshotSchedule;
  /** Places of the journal that cannot be read. */
  readonly damaged: (damages: readonly Damage[]) => void;
  /** Looks through all texts; missing where there is no worker for it. */
  readonly search: JournalSearch | undefined;
  /** For what is done to all of it. */
  readonly upkeep: Pick<MaintenanceOptions, 'images' | 'newId' | 'redact' | 'retentionDays'>;
  /** Why nothing may ever be written here, if so. */
  readonly refusal: StoreError | undefined;
}

export class JournalStore implements Store {
  readonly directory: string;
  readonly windowId: string;
  readonly credentials: Credentials;
  readonly jobs: Jobs;
  readonly executions: Rows<'executions'>;
  readonly outputs: Outputs;
  readonly contexts: Rows<'contexts'>;
  readonly leases: Rows<'leases'>;
  readonly maintenance: StoreMaintenance;
  readonly #parts: StoreParts;
  readonly #changed = new Emitter<readonly Change[]>();
  readonly #troubled = new Emitter<StoreError | undefined>();
  readonly #watching: Disposable[];
  #trouble: StoreError | undefined;
  /** Something happened in the directory while this window was writing. */
  #stirred = false;
  #closing: Promise<void> | undefined;
  #released = false;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.directory = parts.directory;
    this.windowId = parts.windowId;
    this.#trouble = parts.refusal;
    const bodies = new Bodies({
      files: parts.files,
      segments: parts.segments,
      generation: (segment) => this.#generation(segment),
      catchUp: () => parts.tail.run(),
      damaged: parts.damaged,
    });
    const source = { index: () => this.#index(), bodies };
    this.credentials = new Credentials('credentials', source);
    this.jobs = new Jobs('jobs', source);
    this.executions = new Rows('executions', source);
    this.outputs = new Outputs(source, parts.search);
    this.contexts = new Rows('contexts', source);
    this.leases = new Rows('leases', source);
    this.maintenance = new StoreMaintenance({
      ...parts,
      ...parts.upkeep,
      index: source.index,
      bodies,
      store: this,
      now: () => parts.clock.now(),
    });
    this.#watching = [
      parts.files.watch(parts.segments.directory, () => this.#stir()),
      parts.clock.every(pollMs, () => this.#tick()),
    ];
  }

  get trouble(): StoreError | undefined {
    return this.#trouble;
  }

  async put(ops: readonly Op[]): Promise<boolean[]> {
    const refusal = this.#closing ? closed() : this.#parts.refusal;
    if (refusal) throw refusal;
    const wrong = ops.find((op) => !isSound(op));
    if (wrong) throw new TypeError(`Not an op: ${JSON.stringify(wrong.slice(0, 3))}`);
    return this.#parts.writer.put(ops);
  }

  onDidChange(listener: (changes: readonly Change[]) => void): Disposable {
    return this.#changed.on(listener);
  }

  onDidChangeTrouble(listener: (trouble: StoreError | undefined) => void): Disposable {
    return this.#troubled.on(listener);
  }

  isWindowDead(windowId: string): Promise<boolean> {
    return this.#parts.presence.isDead(windowId);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The index changed. */
  changed(changes: readonly Change[]): void {
    if (changes.some(({ table }) => table !== 'leases')) this.maintenance.stirred();
    this.outputs.changed(changes.filter(({ table }) => table === 'outputs').map(({ id }) => id));
    this.#changed.fire(changes);
  }

  /** A batch failed with this, or was acknowledged. */
  settled(fault: StoreError | undefined): void {
    if (fault?.code === 'journal-lost' || fault?.code === 'index') this.#parts.writer.break(fault);
    const same = fault?.code === this.#trouble?.code;
    this.#trouble = fault;
    if (same) return;
    this.#troubled.fire(fault);
  }

  /** The writer has nothing left to do. */
  idle(): void {
    if (this.#stirred) this.#catchUp(false);
    this.#parts.snapshots.idle();
  }

  async #close(): Promise<void> {
    const { index, presence, snapshots, tail, writer } = this.#parts;
    for (const disposable of this.#watching) disposable.dispose();
    await this.maintenance.close();
    await writer.close();
    await presence.stop();
    await snapshots.close();
    // Whatever reading is still under way ends before what it needs is taken away.
    await bestEffort(() => tail.run());
    await tail.close();
    index.close();
    this.#released = true;
  }

  #index(): SqlIndex {
    if (this.#released) throw closed();
    return this.#parts.index;
  }

  #generation(segment: number): number {
    const sql = 'SELECT generation FROM segments WHERE segment = ?';
    return Number(
      this.#index().query(sql, [segment])[0]?.[0] ?? this.#parts.tail.generation(segment),
    );
  }

  /** While this window writes it reads to the end anyway; after that it looks once more. */
  #stir(): void {
    if (this.#parts.writer.busy) this.#stirred = true;
    else this.#catchUp(false);
  }

  #tick(): void {
    this.#catchUp(true);
    this.#parts.snapshots.tick();
    this.maintenance.tick();
  }

  #catchUp(lookAhead: boolean): void {
    this.#stirred = false;
    if (this.#closing) return;
    this.#parts.tail.run(lookAhead).catch((error: unknown) => {
      // Any other fault of reading may be gone the next time, and a put will tell.
      if (error instanceof StoreError && !this.#closing) this.settled(error);
    });
  }
}

function closed(): StoreError {
  return new StoreError('closed', 'The history is closed.');
}

function isSound([table, id, rev, value]: Op): boolean {
  const isEntity = value === null || isObject(value);
  return isEntity && isKnownTable(table) && isSoundId(id) && Number.isSafeInteger(rev) && rev > 0;
}
