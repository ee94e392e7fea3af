/** Reads a growing file line by line and notices when what was read before is no longer there. */
import type { OpenFile } from '../ports.ts';

/** How many bytes before the read position are compared at each read. */
const anchorLength = 32;
const smallest = 64 * 1024;
const largest = 1024 * 1024;

export interface RawLine {
  /** A view that is valid until the next `fill`. Never empty. */
  readonly bytes: Buffer;
  readonly offset: number;
}

/** The file is shorter than it was, or other bytes stand where these were read. */
export class ChangedBehindError extends Error {}

export class LineReader {
  readonly #file: OpenFile;
  #buffer = Buffer.allocUnsafe(smallest);
  /** Offset in the file of the buffer's first byte. */
  #base: number;
  /** The first byte of the buffer that belongs to no line taken yet. */
  #start: number;
  #end: number;

  /** `anchor`: the bytes just before `offset`, which must still be there at the first read. */
  constructor(file: OpenFile, offset = 0, anchor: Uint8Array = new Uint8Array()) {
    this.#file = file;
    this.#base = offset - anchor.length;
    this.#buffer.set(anchor);
    this.#start = anchor.length;
    this.#end = anchor.length;
  }

  /** Where the first line that is not taken yet begins: always a line's start. */
  get offset(): number {
    return this.#base + this.#start;
  }

  /** Offset after the last byte read, which may stand in the middle of a line. */
  get readTo(): number {
    return this.#base + this.#end;
  }

  /** The bytes before `offset`, for a later reader. */
  get anchor(): Buffer {
    const from = Math.max(0, this.#start - anchorLength);
    return Buffer.from(this.#buffer.subarray(from, this.#start));
  }

  /** One read. @throws ChangedBehindError */
  async fill(): Promise<void> {
    this.#makeRoom();
    const overlap = Math.min(anchorLength, this.#end);
    const from = this.#end - overlap;
    const before = Buffer.from(this.#buffer.subarray(from, this.#end));
    const read = await this.#file.read(this.#buffer.subarray(from), this.#base + from);
    const same = read >= overlap && before.equals(this.#buffer.subarray(from, this.#end));
    if (!same) throw new ChangedBehindError();
    this.#end = from + read;
  }

  /** The next whole line that has been read. */
  next(): RawLine | undefined {
    for (;;) {
      const newline = this.#buffer.subarray(this.#start, this.#end).indexOf(0x0a);
      if (newline === -1) return undefined;
      const start = this.#start;
      this.#start = start + newline + 1;
      if (newline === 0) continue;
      return {
        bytes: this.#buffer.subarray(start, start + newline),
        offset: this.#base + start,
      };
    }
  }

  async size(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Moves what is still needed to the front; a long line or a long way to go gets a larger buffer. */
  #makeRoom(): void {
    const keepFrom = Math.max(0, this.#start - anchorLength);
    const kept = this.#buffer.subarray(keepFrom, this.#end);
    const wasFull = this.#end === this.#buffer.length;
    const size = wasFull
      ? this.#grown(kept.length)
      : Math.max(smallest, this.#fitting(kept.length));
    if (size === this.#buffer.length) {
      this.#buffer.copyWithin(0, keepFrom, this.#end);
    } else {
      const larger = Buffer.allocUnsafe(size);
      larger.set(kept);
      this.#buffer = larger;
    }
    this.#base += keepFrom;
    this.#start -= keepFrom;
    this.#end -= keepFrom;
  }

  #grown(kept: number): number {
    const doubled = this.#buffer.length * 2;
    return doubled <= largest ? doubled : Math.max(largest, this.#fitting(kept));
  }

  /** A power of two that leaves at least half of itself free. */
  #fitting(kept: number): number {
    return 2 ** Math.ceil(Math.log2(Math.max(1, kept * 2)));
  }
}
