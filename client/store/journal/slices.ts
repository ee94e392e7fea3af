/** Folds lines into the index, one transaction at a time, and collects what there is to tell about them. */
import { fold, isKnownTable, refold } from '../index/fold.ts';
import type { LineReader, RawLine } from './lineReader.ts';
import type { Damage, Position } from './position.ts';
import { decode } from './record.ts';
import type { Line } from './record.ts';
import { segmentName } from './segments.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';
import { StoreError } from '../store.ts';
import type { Change, Table } from '../store.ts';

export interface FoldEvents {
  /** A record of this window was read back; one flag per op. */
  own(sequence: number, applied: boolean[]): void;
  changed(changes: readonly Change[]): void;
  damaged(damages: readonly Damage[]): void;
  /** That many more bytes are folded. */
  folded(bytes: number): void;
}

/** So much is folded in one go before others get their turn. */
const sliceBytes = 256 * 1024;

type PutLine = Extract<Line, { kind: 'put' }>;

/** Why a slice ended: a line that needs more than folding, its size, or there is nothing left to fold. */
export type SliceEnd = Extract<Line, { kind: 'seal' | 'compact' }> | 'full' | 'drained';

export class Slices {
  readonly #index: SqlIndex;
  readonly #windowId: string;
  readonly #events: FoldEvents;
  #changes: Change[] = [];
  #damages: Damage[] = [];

  constructor(index: SqlIndex, windowId: string, events: FoldEvents) {
    this.#index = index;
    this.#windowId = windowId;
    this.#events = events;
  }

  /** @throws StoreError */
  fold(reader: LineReader, position: Position): SliceEnd {
    const from = reader.offset;
    try {
      this.#index.run('SAVEPOINT slice');
      const end = this.#foldLines(reader, position);
      this.#index.run('RELEASE slice');
      return end;
    } catch (cause) {
      const message = 'The index of the history failed. Reload the window to rebuild it.';
      throw new StoreError('index', message, { cause });
    } finally {
      if (reader.offset > from) this.#events.folded(reader.offset - from);
    }
  }

  note(damage: Damage): void {
    this.#damages.push(damage);
  }

  /** Tells what was collected since the last time. */
  tell(): void {
    const [changes, damages] = [this.#changes, this.#damages];
    this.#changes = [];
    this.#damages = [];
    if (damages.length > 0) this.#events.damaged(damages);
    if (changes.length > 0) this.#events.changed(changes);
  }

  #foldLines(reader: LineReader, position: Position): SliceEnd {
    const until = reader.offset + sliceBytes;
    while (reader.offset < until) {
      const raw = reader.next();
      if (!raw) return 'drained';
      const line = decode(raw.bytes);
      switch (line?.kind) {
        case 'put':
          this.#put(line, raw, position);
          break;
        case 'compact':
          return line;
        case 'seal':
          // Whoever compacts a segment leaves out what lay behind its seal, so there a seal says nothing.
          if (position.generation === 0 && line.next === position.segment + 1) return line;
          break;
        case 'unknown':
          break;
        case undefined:
          this.#damaged(raw.offset, position);
      }
    }
    return 'full';
  }

  #put({ ops, sequence, window }: PutLine, raw: RawLine, { segment, generation }: Position): void {
    const place = { segment, offset: raw.offset, length: raw.bytes.length };
    const apply = generation > 0 ? refold : fold;
    const applied = ops.map((op) => apply(this.#index, op, place));
    const foreign = window !== this.#windowId;
    ops.forEach(({ table, id }, index) => {
      if (applied[index] && isKnownTable(table)) {
        this.#changes.push({ table: table as Table, id, foreign });
      }
    });
    if (!foreign) this.#events.own(sequence, applied);
  }

  #damaged(offset: number, { segment, generation }: Position): void {
    this.note({ file: segmentName(segment, generation), offset, reason: 'damaged' });
  }
}
