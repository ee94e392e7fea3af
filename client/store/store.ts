/**
 * What the rest of the client knows of the store. The journal is the database, sql.js a disposable index of it.
 *
 * One rule replaces all locks: a put carries `rev`; it applies only if its `rev` is greater than the row's; the
 * order of the journal breaks ties. So two windows cannot overwrite each other and a job is claimed once.
 *
 * The rooms, in the order to read them (docs/store.md shows the files on disk):
 * - this file: what others may ask; `open.ts` puts a store together, `journalStore.ts` is it.
 * - `journal/`: lines (`record`), reading them (`lineReader`, `tail`, `slices`, `bodies`), appending (`writer`).
 * - `index/`: SQLite in memory (`sqlIndex`), its schema (`migrations`), the only code that changes its rows (`fold`),
 *   its images on disk (`snapshots`).
 * - `tables/`: one file per noun: its columns and its queries.
 * - `maintenance/`: what is done to a history as a whole: compacting, deleting for good, verifying, exporting, searching.
 * - beside them: the outside (`ports`, `nodeFiles`, `host`), where a store lies (`directory`), who lives (`presence`).
 */
import type {
  Credential,
  Disposable,
  Execution,
  Feedback,
  Job,
  JobState,
  Output,
  RememberedContext,
} from '../model.ts';
import type { Damage } from './journal/position.ts';

/** The tables and the entity each holds. Adding one is adding a line here, a migration and a repository. */
export interface Tables {
  readonly credentials: Credential;
  readonly jobs: Job;
  readonly executions: Execution;
  readonly outputs: Output;
  readonly contexts: RememberedContext;
  readonly leases: Lease;
}
export type Table = keyof Tables;

/** Which window does or holds up something for all of them; `window` is missing once it no longer does. */
interface Lease {
  readonly id: string;
  readonly window?: string;
  readonly at: number;
}

/** An entity with the revision it was read at; write it back with `rev + 1`. */
export interface Versioned<T> {
  readonly rev: number;
  readonly value: T;
}

/** One change. The value is the whole entity, never a patch; `null` deletes. `rev` starts at 1. */
export type Op = {
  [T in Table]: readonly [table: T, id: string, rev: number, value: Tables[T] | null];
}[Table];

/** Faults of the store, each with a code that says what a person can do. */
export type StoreErrorCode =
  /** Directory cannot be written (EACCES, EROFS, EPERM). Everything stays readable. */
  | 'read-only'
  /** ENOSPC, EDQUOT. Writing goes on by itself when space returns. */
  | 'disk-full'
  /** EIO or the like from write or fsync: read-only until reopened. */
  | 'io'
  /** The journal was deleted or truncated while open. */
  | 'journal-lost'
  /** One record cannot be read; the others can. */
  | 'damaged'
  /** The index could not be loaded. */
  | 'index'
  /** Another window is tidying up. */
  | 'busy'
  | 'closed';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Which rows changed, by whichever window. */
export interface Change {
  readonly table: Table;
  readonly id: string;
  /** True when another window wrote it. */
  readonly foreign: boolean;
}

/** Rows of a page when no limit is given. */
export const defaultLimit = 50;

export interface Page {
  readonly offset?: number;
  /** Default 50. */
  readonly limit?: number;
}

/** A row of the outputs list: what the index knows without reading a body. */
export interface OutputSummary {
  readonly id: string;
  readonly templateSlug: string;
  readonly templateName: string;
  readonly provider: string;
  readonly model: string;
  readonly status: JobState;
  readonly offline: boolean;
  readonly rating?: Feedback['rating'];
  readonly createdAt: number;
  readonly durationMs?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** First 200 characters of the text (or of the error), on one line. */
  readonly preview: string;
}

export interface OutputFilter extends Page {
  readonly template?: string;
  readonly model?: string;
  readonly status?: JobState;
  readonly rating?: Feedback['rating'] | 'none';
  /** Made before this time. */
  readonly before?: number;
}

export interface Repository<T extends Table> {
  /**
   * The newest value, its body read from the journal; `undefined` when there is none or it was deleted.
   * @throws StoreError `damaged` when its record cannot be read. Lists leave such a record out.
   */
  get(id: string): Promise<Versioned<Tables[T]> | undefined>;
}

export interface CredentialRepository extends Repository<'credentials'> {
  /** By provider, then priority, then name. */
  list(provider?: string): Promise<Versioned<Credential>[]>;
  count(provider?: string): number;
}

export interface JobPage extends Page {
  readonly newestFirst?: boolean;
  /** Only those queued at this time or later. */
  readonly since?: number;
}

export interface JobRepository extends Repository<'jobs'> {
  /** Oldest first, unless the page says otherwise. */
  list(states?: readonly JobState[], page?: JobPage): Promise<Versioned<Job>[]>;
  /** @param since only those queued at this time or later */
  count(states: readonly JobState[], since?: number): number;
}

/** A template that has outputs. */
export interface TemplateCount {
  readonly slug: string;
  readonly name: string;
  readonly count: number;
}

export interface ModelCount {
  readonly model: string;
  readonly count: number;
}

export interface OutputSearchState {
  readonly state: 'searching' | 'done' | 'cancelled' | 'failed';
  /** Outputs found so far. */
  readonly found: number;
  /** How much of the journal was looked at, from 0 to 1. */
  readonly share: number;
}

/** A search through all texts of the outputs: answers, prompts, values, errors and comments. */
export interface OutputFinding {
  readonly state: OutputSearchState;
  /** A first page is found, or all that the index knows was looked at. */
  readonly firstPage: Promise<void>;
  /** Settles when the state is no longer `searching`; never rejects. */
  readonly ended: Promise<void>;
  /** What was found so far, newest first. */
  page(offset: number, limit: number): OutputSummary[];
  /** Looks at these outputs again, as they have changed. */
  refresh(ids: readonly string[]): Promise<void>;
  /** After something was found, some more was looked at, or it ended. */
  onDidChange(listener: () => void): Disposable;
  cancel(): void;
}

export interface OutputRepository extends Repository<'outputs'> {
  /** Begins a search for a text in any case; it goes on until it has ended or is cancelled. */
  find(filter: OutputFilter & { readonly text: string }): OutputFinding;
  /** Those with the most outputs first. */
  templates(): TemplateCount[];
  /** The models that answered, those with the most outputs first. */
  models(): ModelCount[];
  /** How long the newest that are complete took, in milliseconds. */
  durations(
    filter: { readonly template?: string; readonly model: string },
    limit: number,
  ): number[];
  /** How many tokens the newest answers of a template with a model have. */
  tokens(filter: { readonly template: string; readonly model: string }, limit: number): number[];
  /** Newest first. */
  list(filter?: OutputFilter): OutputSummary[];
  count(filter?: Omit<OutputFilter, keyof Page>): number;
}

export interface Wishes {
  /** Bytes done of bytes in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Gives up at the next slice; what was done until then stays done. */
  readonly signal?: AbortSignal;
}

/** Segments rewritten, and the size of the journal in bytes. */
export interface CompactReport {
  readonly segments: number;
  readonly before: number;
  readonly after: number;
}

export interface VerifyReport {
  readonly records: number;
  /** Living rows. */
  readonly rows: number;
  /** Places that cannot be read. */
  readonly damages: readonly Damage[];
  /** Rows of the index that are not as the journal says. */
  readonly differences: number;
}

interface ExportFilter {
  /** Slug. */
  readonly template?: string;
}

export interface ExportWishes extends Wishes {
  readonly format: 'jsonl' | 'csv';
  readonly filter: ExportFilter;
  /** Where it goes, piece by piece. */
  readonly write: (text: string) => Promise<void>;
}

export interface ExportReport {
  readonly outputs: number;
  /** Outputs whose record is damaged. */
  readonly unreadable: number;
}

/** What to delete for good, with the jobs, executions and remembered values that belong to it. */
export type Deletion =
  | { readonly kind: 'everything' }
  /** Made before this time. */
  | { readonly kind: 'before'; readonly time: number }
  | { readonly kind: 'template'; readonly slug: string }
  | { readonly kind: 'output'; readonly id: string };

export interface DeletionReport {
  readonly outputs: number;
  /** Outputs that were meant and stay, as their jobs wait or run. */
  readonly kept: number;
  /** Bytes. */
  readonly freed: number;
  /** Lines that still hold something deleted: verified to be none, unless another window was in the way; then it is tried again. */
  readonly remaining: number;
}

/** What is done to a history as a whole. Everything yields: no part of it blocks for over 50 ms. */
export interface Maintenance {
  /** Rewrites sealed segments over half of which is dead. @throws StoreError */
  compact(wishes?: Wishes): Promise<CompactReport>;
  /** Checks every record and compares the index with the journal. */
  verify(wishes?: Wishes): Promise<VerifyReport>;
  /** Oldest first. @throws what `write` does */
  export(wishes: ExportWishes): Promise<ExportReport>;
  /** Deletes durably, then takes the texts off the disk. Jobs that wait or run are left alone. @throws StoreError */
  delete(deletion: Deletion, wishes?: Wishes): Promise<DeletionReport>;
  /** Forgets the images of the index: whoever opens this history next reads all of the journal. */
  rebuildAtNextOpening(): Promise<void>;
}

export interface Store {
  /** Absolute path of this store, for people who want to look or back up. */
  readonly directory: string;
  /** Random id of this window for the time of this process. */
  readonly windowId: string;
  /** Why writing is refused at the moment, if it is. */
  readonly trouble: StoreError | undefined;

  /**
   * Writes one transaction (all or nothing in the journal; each op applies by its own `rev`).
   * Resolves when the record is durable, visible and in order, with one flag per op: `false` means somebody was
   * faster and the row already has that `rev` or a greater one; read again and decide.
   * @throws StoreError when nothing could be acknowledged; nothing is then claimed to be stored.
   */
  put(ops: readonly Op[]): Promise<boolean[]>;

  readonly credentials: CredentialRepository;
  readonly jobs: JobRepository;
  readonly executions: Repository<'executions'>;
  readonly outputs: OutputRepository;
  readonly contexts: Repository<'contexts'>;
  readonly leases: Repository<'leases'>;

  /** After every fold, own and foreign. Listeners must not throw. */
  onDidChange(listener: (changes: readonly Change[]) => void): Disposable;
  /** When `trouble` appears, changes or goes. */
  onDidChangeTrouble(listener: (trouble: StoreError | undefined) => void): Disposable;

  readonly maintenance: Maintenance;

  /** True when that window cannot be working any more (same host and boot and its process is gone, or silent for 60 s). */
  isWindowDead(windowId: string): Promise<boolean>;

  /** Flushes, writes a snapshot if there is time, releases everything. */
  close(): Promise<void>;
}
