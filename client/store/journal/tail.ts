/**
 * Follows the journal: reads from the last position to the end and folds it into the index. The only reader of
 * whole segments, for this window's records, other windows' and recovery alike.
 */
import { breathe } from '../breathe.ts';
import { errorCode, journalLost } from '../faults.ts';
import { ChangedBehindError, LineReader } from './lineReader.ts';
import type { Files } from '../ports.ts';
import { startOf } from './position.ts';
import type { Position } from './position.ts';
import { Rerun } from '../rerun.ts';
import { segmentName } from './segments.ts';
import type { Segments } from './segments.ts';
import { Slices } from './slices.ts';
import type { FoldEvents } from './slices.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';

export interface TailOptions {
  readonly files: Files;
  readonly segments: Segments;
  readonly index: SqlIndex;
  readonly windowId: string;
  readonly position: Position;
  readonly events: FoldEvents;
}

export class Tail {
  readonly #files: Files;
  readonly #segments: Segments;
  readonly #index: SqlIndex;
  readonly #slices: Slices;
  readonly #rerun = new Rerun(() => this.#pass());
  #position: Position;
  /** Reads the segment of the position once that exists. */
  #reader: LineReader | undefined;
  #inode: bigint | undefined;
  #lookAhead = false;

  constructor({ files, segments, index, windowId, position, events }: TailOptions) {
    this.#files = files;
    this.#segments = segments;
    this.#index = index;
    this.#slices = new Slices(index, windowId, events);
    this.#position = position;
  }

  get position(): Position {
    const reader = this.#reader;
    if (!reader) return this.#position;
    return { ...this.#position, offset: reader.offset, anchor: reader.anchor };
  }

  /** Of the segment being read; the generations of those behind it are in the index. */
  generation(segment: number): number {
    return segment === this.#position.segment ? this.#position.generation : 0;
  }

  /**
   * Resolves when everything that was in the journal at the time of this call is folded.
   * `lookAhead` also looks for segments after one whose seal is damaged.
   * @throws StoreError, or the file system's error when reading fails
   */
  run(lookAhead = false): Promise<void> {
    this.#lookAhead ||= lookAhead;
    return this.#rerun.run();
  }

  /** Folds the generation that replaced a sealed segment behind the position. */
  async adopt(segment: number, generation: number): Promise<void> {
    const file = await this.#files.open(this.#segments.path(segment, generation), 'read');
    const reader = new LineReader(file);
    try {
      let before = -1;
      while (reader.readTo > before) {
        before = reader.readTo;
        await reader.fill();
        while (this.#slices.fold(reader, startOf(segment, generation)) !== 'drained')
          await breathe();
      }
      this.#index.run(putSegment, [segment, generation, reader.offset]);
    } finally {
      await reader.close();
    }
  }

  async close(): Promise<void> {
    const reader = this.#reader;
    this.#reader = undefined;
    await reader?.close();
  }

  async #pass(): Promise<void> {
    const lookAhead = this.#lookAhead;
    this.#lookAhead = false;
    try {
      while (await this.#readSegment(lookAhead)) this.#slices.tell();
    } finally {
      this.#slices.tell();
    }
  }

  /** Folds the rest of the segment; true when there may be another one to read. */
  async #readSegment(lookAhead: boolean): Promise<boolean> {
    const reader = await this.#open();
    if (!reader) return false;
    const compacted = this.#position.generation > 0;
    // Asked before reading to the end: a seal is durable before the next segment is made.
    const left = compacted || (lookAhead && (await this.#nextExists()));
    if (await this.#readToEnd(reader)) return true;
    if (!left) return false;
    if (!compacted)
      this.#slices.note({ file: this.#name(), offset: reader.offset, reason: 'no seal' });
    await this.#leave(this.#position.segment + 1);
    return true;
  }

  /** True when a seal was found. */
  async #readToEnd(reader: LineReader): Promise<boolean> {
    for (;;) {
      const [size] = await Promise.all([this.#verify(reader), this.#fill(reader)]);
      if (await this.#foldAll(reader)) return true;
      if (reader.readTo >= size) return false;
    }
  }

  async #fill(reader: LineReader): Promise<void> {
    try {
      await reader.fill();
    } catch (error) {
      if (error instanceof ChangedBehindError) throw journalLost(`${this.#name()} was truncated`);
      throw error;
    }
  }

  /** The file's size, after making sure that its name still leads to the file being read. */
  async #verify(reader: LineReader): Promise<number> {
    const { segment, generation } = this.#position;
    try {
      const { size, inode } = await this.#files.stat(this.#segments.path(segment, generation));
      if (inode === this.#inode) return size;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      return this.#compactedSize(reader, 'was deleted');
    }
    return this.#compactedSize(reader, 'was replaced');
  }

  /** Compacted by another window: the open file can still be read to its seal. Otherwise something has gone wrong. */
  async #compactedSize(reader: LineReader, otherwise: string): Promise<number> {
    const { segment, generation } = this.#position;
    const newest = (await this.#segments.list()).get(segment) ?? 0;
    if (newest > generation) return reader.size();
    throw journalLost(`${this.#name()} ${otherwise}`);
  }

  /** True when a seal was found. */
  async #foldAll(reader: LineReader): Promise<boolean> {
    for (;;) {
      const end = this.#slices.fold(reader, this.#position);
      if (end === 'drained') return false;
      if (end === 'full') {
        this.#slices.tell();
        await breathe();
      } else if (end.kind === 'seal') {
        await this.#leave(end.next);
        return true;
      } else {
        await this.#adoptNewest(end.segment);
      }
    }
  }

  async #adoptNewest(segment: number): Promise<void> {
    if (segment >= this.#position.segment) return;
    const newest = (await this.#segments.list()).get(segment) ?? 0;
    const sql = 'SELECT generation FROM segments WHERE segment = ?';
    const known = this.#index.query(sql, [segment])[0]?.[0] ?? 0;
    if (newest > Number(known)) await this.adopt(segment, newest);
  }

  async #leave(next: number): Promise<void> {
    const { segment, generation, offset } = this.position;
    this.#index.run(putSegment, [segment, generation, offset]);
    this.#position = startOf(next);
    await this.close();
  }

  async #nextExists(): Promise<boolean> {
    const numbers = [...(await this.#segments.list()).keys()];
    return numbers.some((number) => number > this.#position.segment);
  }

  /** The reader of the position's segment; `undefined` when nobody has begun that segment. */
  async #open(): Promise<LineReader | undefined> {
    if (this.#reader) return this.#reader;
    await this.#toNewest();
    const { segment, generation, offset, anchor } = this.#position;
    try {
      const file = await this.#files.open(this.#segments.path(segment, generation), 'read');
      this.#inode = (await file.stat()).inode;
      this.#reader = new LineReader(file, offset, anchor);
      return this.#reader;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      return (await this.#relocate()) ? this.#open() : undefined;
    }
  }

  /** What is compacted is read there: a file that still, or again, has the old name is no part of the journal. */
  async #toNewest(): Promise<void> {
    const { segment, generation } = this.#position;
    const newest = (await this.#segments.list()).get(segment) ?? 0;
    if (newest > generation) this.#position = startOf(segment, newest);
  }

  /** Finds where to go on when the file of the position is not there; `false` when there is nothing yet. */
  async #relocate(): Promise<boolean> {
    const { segment, generation, offset } = this.#position;
    const list = await this.#segments.list();
    const newest = list.get(segment);
    if (newest !== undefined) {
      // It has just appeared, or its content is now in a compacted generation.
      if (newest > generation) this.#position = startOf(segment, newest);
      return true;
    }
    if (offset > 0) throw journalLost(`${this.#name()} was deleted`);
    const later = [...list.keys()].find((other) => other > segment);
    if (later === undefined) return false;
    this.#slices.note({ file: this.#name(), offset: 0, reason: 'missing' });
    this.#position = startOf(later, list.get(later));
    return true;
  }

  #name(): string {
    return segmentName(this.#position.segment, this.#position.generation);
  }
}

const putSegment = 'INSERT OR REPLACE INTO segments (segment, generation, bytes) VALUES (?, ?, ?)';
