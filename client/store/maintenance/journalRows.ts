/**
 * All of a journal, read line by line without the index: what Verify compares the index with, and what an export
 * is made from, also where SQLite cannot be loaded.
 */
import { basename } from 'node:path';
import { breathe } from '../breathe.ts';
import type { Place } from '../index/fold.ts';
import { LineReader } from '../journal/lineReader.ts';
import type { RawLine } from '../journal/lineReader.ts';
import type { Damage } from '../journal/position.ts';
import { decode } from '../journal/record.ts';
import type { RawOp } from '../journal/record.ts';
import type { Segments } from '../journal/segments.ts';
import type { Files } from '../ports.ts';

export interface ReadOptions {
  readonly files: Files;
  readonly segments: Segments;
  /** Bytes done of bytes in all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

interface JournalRow {
  readonly rev: number;
  readonly place: Place;
  readonly generation: number;
  readonly deleted: boolean;
}

export interface JournalRows {
  /** Table → id → the newest revision. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, JournalRow>>;
  readonly records: number;
  readonly damages: readonly Damage[];
  /** Up to where it was read. */
  readonly end: { readonly segment: number; readonly offset: number };
}

interface FileLine {
  readonly segment: number;
  readonly generation: number;
  readonly raw: RawLine;
}

const sliceBytes = 128 * 1024;

export async function readJournal(options: ReadOptions): Promise<JournalRows> {
  const tables = new Map<string, Map<string, JournalRow>>();
  const damages: Damage[] = [];
  let records = 0;
  let end = { segment: 0, offset: 0 };
  await eachLine(options, ({ generation, raw, segment }) => {
    const place = { segment, offset: raw.offset, length: raw.bytes.length };
    end = { segment, offset: raw.offset };
    const line = decode(raw.bytes);
    if (line === undefined) {
      const file = basename(options.segments.path(segment, generation));
      damages.push({ file, offset: raw.offset, reason: 'damaged' });
    } else if (line.kind === 'put') {
      records += 1;
      for (const op of line.ops) apply(tables, op, place, generation);
    }
    return line?.kind === 'seal' && generation === 0 && line.next === segment + 1;
  });
  return { tables, records, damages, end };
}

function apply(
  tables: Map<string, Map<string, JournalRow>>,
  { id, rev, table, value }: RawOp,
  place: Place,
  generation: number,
): void {
  const rows = tables.get(table) ?? new Map<string, JournalRow>();
  tables.set(table, rows);
  const known = rows.get(id);
  if (known && known.rev >= rev) return;
  rows.set(id, { rev, place, generation, deleted: value === undefined });
}

/** Every line of the newest generations, in the order they count. `use` answers true to leave the segment. */
export async function eachLine(
  { files, onProgress, segments, signal }: ReadOptions,
  use: (line: FileLine) => boolean,
): Promise<void> {
  const list: { segment: number; generation: number; size: number }[] = [];
  for (const [segment, generation] of await segments.list()) {
    const { size } = await files.stat(segments.path(segment, generation));
    list.push({ segment, generation, size });
  }
  const total = list.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const { generation, segment, size } of list) {
    await eachOf(
      files,
      segments.path(segment, generation),
      (raw) => use({ segment, generation, raw }),
      async (offset) => {
        signal?.throwIfAborted();
        onProgress?.(before + Math.min(offset, size), total);
        await breathe();
      },
    );
    before += size;
  }
  onProgress?.(total, total);
}

async function eachOf(
  files: Files,
  path: string,
  use: (raw: RawLine) => boolean,
  pause: (offset: number) => Promise<void>,
): Promise<void> {
  const reader = new LineReader(await files.open(path, 'read'));
  try {
    for (let before = -1; reader.readTo > before;) {
      before = reader.readTo;
      await reader.fill();
      let paused = reader.offset;
      for (let raw = reader.next(); raw; raw = reader.next()) {
        if (use(raw)) return;
        if (reader.offset - paused < sliceBytes) continue;
        paused = reader.offset;
        await pause(paused);
      }
      await pause(reader.offset);
    }
  } finally {
    await reader.close();
  }
}
