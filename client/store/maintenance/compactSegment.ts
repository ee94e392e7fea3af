/** Rewrites one sealed segment to its next generation. */
import { breathe } from '../breathe.ts';
import { writeWholeWith } from '../durably.ts';
import { bestEffort, errorCode } from '../faults.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';
import { LineReader } from '../journal/lineReader.ts';
import type { RawLine } from '../journal/lineReader.ts';
import type { Segments } from '../journal/segments.ts';
import type { Files, OpenFile } from '../ports.ts';
import { keptOf } from './rewriting.ts';
import type { Kept, Rewriting } from './rewriting.ts';

export interface SegmentOptions {
  readonly files: Files;
  readonly segments: Segments;
  readonly index: SqlIndex;
  readonly newId: () => string;
  readonly segment: number;
  /** The newest one, which the index's places are of. */
  readonly generation: number;
  readonly forGood: boolean;
  /** Between two slices: throws to give up. That many bytes more were read. */
  readonly onProgress: (bytes: number) => void;
}

const sliceBytes = 256 * 1024;
const writeBytes = 1024 * 1024;

/**
 * Makes the next generation durable under its name; the old one is still there. Answers `false` when another
 * window has done so first.
 */
export async function writeNextGeneration(options: SegmentOptions): Promise<boolean> {
  const { files, generation, newId, segment, segments } = options;
  const temporary = segments.temporaryPath(newId());
  try {
    await writeWholeWith(
      files,
      temporary,
      async (file) => {
        const output = new Output(file);
        await eachKept(options, (raw, kept) => output.add(raw, kept));
        await output.flush();
      },
      async () => {
        // What supersedes a line that is left out must not be lost with the power when the line is gone.
        await syncOthers(options);
        await files.link(temporary, segments.path(segment, generation + 1));
      },
    );
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Bytes of a segment that its next generation would not have. */
export async function deadBytes(options: SegmentOptions): Promise<number> {
  let dead = 0;
  await eachKept(options, (raw, kept) => {
    if (kept === 'nothing') dead += raw.bytes.length;
    else if (kept instanceof Buffer) dead += Math.max(1, raw.bytes.length - kept.length);
  });
  return dead;
}

async function eachKept(
  options: SegmentOptions,
  use: (raw: RawLine, kept: Exclude<Kept, 'end'>) => Promise<void> | void,
): Promise<void> {
  const { files, generation, onProgress, segment, segments } = options;
  const rewriting: Rewriting = options;
  const reader = new LineReader(await files.open(segments.path(segment, generation), 'read'));
  try {
    let before = -1;
    while (reader.readTo > before) {
      before = reader.readTo;
      await reader.fill();
      let told = reader.offset;
      for (let raw = reader.next(); raw; raw = reader.next()) {
        const kept = keptOf(raw, rewriting);
        if (kept === 'end') return;
        const used = use(raw, kept);
        if (used) await used;
        if (reader.offset - told < sliceBytes) continue;
        onProgress(reader.offset - told);
        told = reader.offset;
        await breathe();
      }
      onProgress(reader.offset - told);
    }
  } finally {
    await reader.close();
  }
}

async function syncOthers({ files, segment, segments }: SegmentOptions): Promise<void> {
  for (const [other, generation] of await segments.list()) {
    // Compacted ones were made durable before they got their name.
    if (other === segment || generation > 0) continue;
    const file = await files.open(segments.path(other, 0), 'write').catch(() => undefined);
    try {
      await file?.sync();
    } finally {
      await bestEffort(async () => file?.close());
    }
  }
}

/** Collects lines to large writes. */
class Output {
  readonly #file: OpenFile;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(file: OpenFile) {
    this.#file = file;
  }

  add(raw: RawLine, kept: Exclude<Kept, 'end'>): Promise<void> | void {
    if (kept === 'nothing') return undefined;
    // The line's bytes are the reader's and will change.
    const bytes = kept === 'all' ? Buffer.concat([newline, raw.bytes, newline]) : kept;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this.#length < writeBytes ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    for (let written = 0; written < bytes.length;) {
      written += await this.#file.write(bytes.subarray(written));
    }
  }
}

const newline = Buffer.from('\n');
