/**
 * Appends to the journal. Puts of one tick share one write and one sync; each is acknowledged when its own record
 * was read back, so an acknowledged put is durable, visible and in order.
 */
import { bestEffort, writeFault } from '../faults.ts';
import type { Files, OpenFile, Redaction } from '../ports.ts';
import { encode } from './record.ts';
import type { Put } from './record.ts';
import type { Segments } from './segments.ts';
import { StoreError } from '../store.ts';
import type { Tail } from './tail.ts';

export interface WriterOptions {
  readonly files: Files;
  readonly segments: Segments;
  readonly tail: Tail;
  readonly windowId: string;
  /** A segment of this size is sealed. */
  readonly segmentBytes: number;
  readonly now: () => number;
  readonly redaction?: Redaction;
  /** After every batch: what it failed with, or `undefined` when it is acknowledged. */
  readonly settled: (fault: StoreError | undefined) => void;
  /** Nothing is left to write. */
  readonly idle: () => void;
}

interface Pending {
  readonly sequence: number;
  readonly bytes: Buffer;
  applied?: boolean[];
  tries: number;
  resolve(applied: boolean[]): void;
  reject(fault: StoreError): void;
}

type Sealing = Pick<Pending, 'reject'> & { readonly resolve: () => void };

/** A record is void when another window sealed the segment first, or torn by a short write: it is appended again. */
const mostTries = 8;
/** A batch ends after this many bytes. */
const batchBytes = 8 * 1024 * 1024;

export class Writer {
  readonly #options: WriterOptions;
  #queue: Pending[] = [];
  #seals: Sealing[] = [];
  readonly #inFlight = new Map<number, Pending>();
  #sequence = 0;
  #head: { readonly segment: number; readonly file: OpenFile } | undefined;
  #flushing: Promise<void> | undefined;
  #broken: StoreError | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#flushing !== undefined;
  }

  /** @param before lines that stand in the journal before this record, as surely as it does. */
  put(ops: Put['ops'], before: Uint8Array = new Uint8Array()): Promise<boolean[]> {
    if (this.#broken) return Promise.reject(this.#broken);
    const { windowId, now, redaction } = this.#options;
    const sequence = (this.#sequence += 1);
    const stringify = redaction && ((value: object): string => redaction.stringify(value));
    const record = encode({ w: windowId, n: sequence, at: now(), ops }, stringify);
    const bytes = before.length > 0 ? Buffer.concat([before, record]) : record;
    return new Promise((resolve, reject) => {
      this.#queue.push({ sequence, bytes, tries: 0, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Ends the segment, so that it can be compacted; an empty one stays. @throws StoreError */
  seal(): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#seals.push({ resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** A record of this window was read back. */
  readBack(sequence: number, applied: boolean[]): void {
    const pending = this.#inFlight.get(sequence);
    if (pending) pending.applied ??= applied;
  }

  /** Refuses everything from now on, also what waits. */
  break(fault: StoreError): void {
    this.#broken ??= fault;
  }

  async drained(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  async close(): Promise<void> {
    await this.drained();
    const head = this.#head;
    this.#head = undefined;
    await head?.file.close();
  }

  async #flush(): Promise<void> {
    // The queue is found empty and `#flushing` is cleared without anything in between: a put made by the caller
    // of one that was just settled is either seen here or starts the next flush.
    while (this.#queue.length > 0 || this.#seals.length > 0) {
      await turn();
      const seals = this.#seals.splice(0);
      if (seals.length > 0) await this.#sealFor(seals);
      else await this.#flushBatch(this.#takeBatch());
    }
    this.#flushing = undefined;
    this.#options.idle();
  }

  #takeBatch(): Pending[] {
    let bytes = 0;
    const end = this.#queue.findIndex((pending) => (bytes += pending.bytes.length) > batchBytes);
    return this.#queue.splice(0, end === -1 ? this.#queue.length : Math.max(1, end));
  }

  async #flushBatch(batch: readonly Pending[]): Promise<void> {
    for (const pending of batch) this.#inFlight.set(pending.sequence, pending);
    const fault = await this.#write(batch);
    for (const pending of batch) this.#inFlight.delete(pending.sequence);
    const again: Pending[] = [];
    for (const pending of batch) {
      const { applied } = pending;
      pending.tries += 1;
      if (fault) pending.reject(fault);
      else if (applied) pending.resolve(applied);
      else if (pending.tries < mostTries) again.push(pending);
      else
        pending.reject(new StoreError('io', 'A record could not be read back from the journal.'));
    }
    this.#queue.unshift(...again);
    this.#options.settled(fault);
    if (!fault) await this.#rotate();
  }

  async #write(batch: readonly Pending[]): Promise<StoreError | undefined> {
    if (this.#broken) return this.#broken;
    try {
      const file = await this.#open();
      await this.#append(file, Buffer.concat(batch.map(({ bytes }) => bytes)));
      await this.#options.tail.run();
      return undefined;
    } catch (error) {
      return writeFault(error);
    }
  }

  /** What a short write left out is not read back and so appended again. */
  async #append(file: OpenFile, bytes: Buffer): Promise<void> {
    try {
      await file.write(bytes);
      await file.sync();
    } catch (error) {
      const fault = writeFault(error);
      if (fault.code === 'io') {
        this.break(fault);
        // Nobody can say what of this segment is on the disk: let everyone go on in a new one.
        await bestEffort(() => file.write(this.#seal(this.#options.tail.position.segment)));
      }
      throw fault;
    }
  }

  /** The segment at the tail's position, opened for appending. */
  async #open(): Promise<OpenFile> {
    const { tail } = this.#options;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { segment } = tail.position;
      if (this.#head?.segment === segment) return this.#head.file;
      const old = this.#head;
      this.#head = undefined;
      await old?.file.close();
      const file = await this.#openSegment(segment);
      if (file !== undefined) return file;
      // Sealed by another window; this one has yet to read that.
      await tail.run(true);
    }
    throw new StoreError('io', 'The end of the journal could not be found.');
  }

  /** `undefined` when the segment has been compacted, and so is sealed. */
  async #openSegment(segment: number): Promise<OpenFile | undefined> {
    const { files, segments } = this.#options;
    await files.makeDirectory(segments.directory);
    const path = segments.path(segment, 0);
    const file = await files.open(path, 'append');
    try {
      // Asked after opening, which makes a file that is not there: what was taken away has its successor by then.
      const generation = (await segments.list()).get(segment) ?? 0;
      if (generation === 0) {
        await files.syncDirectory(segments.directory);
        this.#head = { segment, file };
        return file;
      }
      if ((await file.stat()).size === 0) await bestEffort(() => files.remove(path));
      await file.close();
      return undefined;
    } catch (error) {
      await bestEffort(() => file.close());
      throw error;
    }
  }

  async #sealFor(waiting: readonly Sealing[]): Promise<void> {
    try {
      if (this.#broken) throw this.#broken;
      const { tail } = this.#options;
      await tail.run(true);
      const { offset, segment } = tail.position;
      const file = offset > 0 ? await this.#open() : undefined;
      // Another window may have sealed it before it could be opened here.
      if (file !== undefined && tail.position.segment === segment) {
        await file.write(this.#seal(segment));
        await file.sync();
        await tail.run();
      }
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      for (const { reject } of waiting) reject(writeFault(error));
    }
  }

  async #rotate(): Promise<void> {
    const { tail, segmentBytes } = this.#options;
    const { segment, offset } = tail.position;
    const head = this.#head;
    if (offset < segmentBytes || head?.segment !== segment) return;
    await bestEffort(async () => {
      await head.file.write(this.#seal(segment));
      await head.file.sync();
      await tail.run();
    });
  }

  /** Twice, so that one damaged line does not bring what lies behind it back to life. */
  #seal(segment: number): Buffer {
    const line = encode({ seal: segment + 1 });
    return Buffer.concat([line, line]);
  }
}

/** The end of this tick: everything it puts is in the queue by then. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
