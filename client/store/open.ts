/** Puts a store together. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { findDirectory, protectDirectory } from './directory.ts';
import type { StoreDirectory } from './directory.ts';
import { bestEffort } from './faults.ts';
import { thisHost } from './host.ts';
import { JournalStore } from './journalStore.ts';
import { migrate } from './index/migrations.ts';
import { nodeFiles, systemClock } from './nodeFiles.ts';
import type { Clock, Files, Redaction } from './ports.ts';
import { startOf } from './journal/position.ts';
import type { Damage, Position } from './journal/position.ts';
import { JournalSearch } from './search/journalSearch.ts';
import { Presence } from './presence.ts';
import type { Host } from './presence.ts';
import { Segments } from './journal/segments.ts';
import { SnapshotSchedule } from './index/snapshotSchedule.ts';
import { Snapshots } from './index/snapshots.ts';
import type { Loaded } from './index/snapshots.ts';
import { openSqlIndex, prepareSqlIndex } from './index/sqlIndex.ts';
import type { OpenSqlIndex } from './index/sqlIndex.ts';
import { StoreError } from './store.ts';
import { formatVersion } from './storeFile.ts';
import type { Store } from './store.ts';
import { Tail } from './journal/tail.ts';
import { Writer } from './journal/writer.ts';

export interface StoreOptions {
  /** `<globalStorage>/stores`: the directory all stores lie in. */
  readonly directory: string;
  /** The folder's URI as text; `undefined` for files outside any folder. */
  readonly folder: string | undefined;
  /** Other URIs of the same folder, under which its store may be known. */
  readonly aliases?: readonly string[];
  /** While the journal is read: bytes done of bytes in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Places of the journal that cannot be read and were skipped; each is told once. */
  readonly onDamage?: (damages: readonly Damage[]) => void;
  /** Applied to every text inside the values before they are written: takes secrets out. */
  readonly redaction?: Redaction;
  /** Outputs older than so many days are deleted by and by; 0, the default, keeps them for ever. */
  readonly retentionDays?: () => number;
  /** The file of the worker that searches all texts; without it only what the index knows is searched. */
  readonly searchWorker?: string;
  readonly files?: Files;
  readonly clock?: Clock;
  readonly newId?: () => string;
  readonly host?: Host;
  readonly openIndex?: OpenSqlIndex;
  /** A segment of the journal is sealed at this size. Default 64 MiB. */
  readonly segmentBytes?: number;
  /** A snapshot of the index is due after this many bytes of journal. Default 8 MiB. */
  readonly snapshotBytes?: number;
}

const mebi = 1024 * 1024;

type Settings = Required<Omit<StoreOptions, 'folder' | 'redaction' | 'searchWorker'>> &
  Pick<StoreOptions, 'folder' | 'redaction' | 'searchWorker'>;

async function withDefaults(options: StoreOptions): Promise<Settings> {
  return {
    aliases: [],
    onProgress: () => undefined,
    onDamage: () => undefined,
    retentionDays: () => 0,
    files: nodeFiles,
    clock: systemClock,
    newId: randomUUID,
    host: options.host ?? (await thisHost()),
    openIndex: openSqlIndex,
    segmentBytes: 64 * mebi,
    snapshotBytes: 8 * mebi,
    ...options,
  };
}

/**
 * Opens the store of a folder, making it when there is none. Everything in the journal is folded when this resolves.
 * @throws StoreError when nothing can be read
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  // Should it fail, so does opening the index, which says so.
  void prepareSqlIndex().catch(() => undefined);
  const settings = await withDefaults(options);
  try {
    const { aliases, directory, files, folder, newId } = settings;
    const found = await findDirectory(files, directory, folder, newId, aliases);
    return await new Opening(settings, found).open();
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('io', `The history cannot be opened: ${detail}`, { cause });
  }
}

/** What is known before the store exists. */
class Opening {
  readonly #settings: Settings;
  readonly #found: StoreDirectory;
  readonly #windowId: string;
  readonly #segments: Segments;
  readonly #snapshots: Snapshots;
  #store: JournalStore | undefined;
  #schedule: SnapshotSchedule | undefined;
  #writer: Writer | undefined;
  #folded = 0;
  #total = 0;

  constructor(settings: Settings, found: StoreDirectory) {
    this.#settings = settings;
    this.#found = found;
    this.#windowId = settings.newId();
    const { files, openIndex } = settings;
    this.#segments = new Segments(files, join(found.path, 'journal'));
    const directory = join(found.path, 'index');
    this.#snapshots = new Snapshots({ files, segments: this.#segments, directory, openIndex });
  }

  async open(): Promise<Store> {
    const { clock, files, host, newId, snapshotBytes } = this.#settings;
    await bestEffort(() => files.makeDirectory(this.#segments.directory));
    await protectDirectory(files, this.#found.path);
    const directory = join(this.#found.path, 'windows');
    const presence = new Presence({ files, clock, host, directory, windowId: this.#windowId });
    await presence.start();
    const { loaded, tail } = await this.#read().catch(async (error: unknown) => {
      await presence.stop();
      throw error;
    });
    const { index } = loaded;
    this.#writer = this.#makeWriter(tail);
    this.#schedule = new SnapshotSchedule({
      snapshots: this.#snapshots,
      index,
      tail,
      newId,
      behind: this.#folded,
      imageSize: loaded.size,
      dueBytes: snapshotBytes,
    });
    this.#store = new JournalStore({
      directory: this.#found.path,
      windowId: this.#windowId,
      files,
      clock,
      segments: this.#segments,
      index,
      tail,
      writer: this.#writer,
      presence,
      snapshots: this.#schedule,
      damaged: this.#settings.onDamage,
      refusal: this.#refusal(),
      search: this.#search(),
      upkeep: {
        images: this.#snapshots,
        newId,
        redact: (text) => this.#settings.redaction?.redact(text) ?? text,
        retentionDays: this.#settings.retentionDays,
      },
    });
    return this.#store;
  }

  /** From the newest snapshot on; from the beginning when there is none or it cannot be brought up to date. */
  async #read(): Promise<{ loaded: Loaded; tail: Tail }> {
    const loaded = await this.#snapshots.load();
    if (loaded) {
      try {
        return { loaded, tail: await this.#catchUp(loaded) };
      } catch {
        loaded.index.close();
      }
    }
    const fresh = await this.#fresh();
    try {
      // Into an empty index in one transaction, which takes half the time. An image's pages would all be kept twice.
      fresh.index.run('BEGIN');
      const tail = await this.#catchUp(fresh);
      fresh.index.run('COMMIT');
      return { loaded: fresh, tail };
    } catch (error) {
      fresh.index.close();
      throw error;
    }
  }

  async #fresh(): Promise<Loaded> {
    const index = await this.#openEmpty();
    const [first] = await this.#segments.list();
    const position = first ? startOf(...first) : startOf(1);
    return { index, position, size: 0, compacted: new Map() };
  }

  async #openEmpty(): Promise<Loaded['index']> {
    try {
      const index = await this.#settings.openIndex();
      migrate(index);
      return index;
    } catch (cause) {
      throw new StoreError('index', 'The index of the history could not be loaded.', { cause });
    }
  }

  async #catchUp({ index, position, compacted }: Loaded): Promise<Tail> {
    this.#folded = 0;
    this.#total = await this.#bytesToRead(position, compacted);
    const tail = new Tail({
      files: this.#settings.files,
      segments: this.#segments,
      index,
      windowId: this.#windowId,
      position,
      events: {
        own: (sequence, applied) => this.#writer?.readBack(sequence, applied),
        changed: (changes) => this.#store?.changed(changes),
        damaged: this.#settings.onDamage,
        folded: (bytes) => this.#note(bytes),
      },
    });
    for (const [segment, generation] of compacted) await tail.adopt(segment, generation);
    await tail.run(true);
    return tail;
  }

  #note(bytes: number): void {
    this.#schedule?.folded(bytes);
    if (this.#store) return;
    this.#folded += bytes;
    this.#settings.onProgress(Math.min(this.#folded, this.#total), this.#total);
  }

  async #bytesToRead(position: Position, compacted: Loaded['compacted']): Promise<number> {
    let total = -position.offset;
    for (const [segment, generation] of await this.#segments.list()) {
      if (segment < position.segment && !compacted.has(segment)) continue;
      total += (await this.#settings.files.stat(this.#segments.path(segment, generation))).size;
    }
    return Math.max(0, total);
  }

  #makeWriter(tail: Tail): Writer {
    const { clock, files, redaction, segmentBytes } = this.#settings;
    return new Writer({
      files,
      segments: this.#segments,
      tail,
      windowId: this.#windowId,
      segmentBytes,
      redaction,
      now: () => clock.now(),
      settled: (fault) => this.#store?.settled(fault),
      idle: () => this.#store?.idle(),
    });
  }

  #search(): JournalSearch | undefined {
    const { files, searchWorker: worker } = this.#settings;
    return worker === undefined
      ? undefined
      : new JournalSearch({ files, segments: this.#segments, worker });
  }

  #refusal(): StoreError | undefined {
    const { format } = this.#found;
    if (format <= formatVersion) return undefined;
    return new StoreError(
      'read-only',
      `The history was written by a newer version of Prompt Workbench (format ${format}; this version knows ${formatVersion}). It can be read; update the extension to write to it.`,
    );
  }
}
