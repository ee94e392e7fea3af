/**
 * The only code that changes rows of the index; the same for this window's records, other windows' and recovery.
 * An op applies when its `rev` is greater than the row's. Deleted rows stay, as their `rev` still counts.
 */
import { text } from './columns.ts';
import type { Noun } from './columns.ts';
import { toKey } from './keys.ts';
import { nouns } from './nouns.ts';
import type { RawOp } from '../journal/record.ts';
import type { SqlIndex, SqlValue } from './sqlIndex.ts';

/** Where a line lies: byte offset and length, without the newlines. */
export interface Place {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

interface Statements {
  readonly noun: Noun;
  readonly upsert: string;
  readonly move: string;
}

function prepare(noun: Noun): Statements {
  const columns = ['rev', 'segment', 'position', 'bytes', 'deleted', ...noun.columns];
  const updates = columns.map((column) => `${column} = excluded.${column}`);
  return {
    noun,
    upsert: `INSERT INTO ${noun.table} (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})
      ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} WHERE excluded.rev > ${noun.table}.rev`,
    move: `UPDATE ${noun.table} SET position = ?, bytes = ? WHERE id = ? AND rev = ? AND segment = ?`,
  };
}

const statements = new Map(nouns.map((noun) => [noun.table, prepare(noun)]));

export function isKnownTable(table: string): boolean {
  return statements.has(table);
}

/** sql.js reads a text up to its first NUL, and SQLite's UTF-8 has no lone surrogates: such ids could be confused. */
export function isSoundId(id: string): boolean {
  return id !== '' && text(id) === id;
}

/** Applies one op; `false` when the row already has this `rev` or a greater one, or the table or id is none of ours. */
export function fold(index: SqlIndex, { table, id, rev, value }: RawOp, place: Place): boolean {
  const known = statements.get(table);
  if (!known || !isSoundId(id)) return false;
  const { noun, upsert } = known;
  const columns: readonly SqlValue[] = value ? noun.row(value) : noun.columns.map(() => null);
  const deleted = value ? 0 : 1;
  const { segment, offset, length } = place;
  return index.run(upsert, [toKey(id), rev, segment, offset, length, deleted, ...columns]) > 0;
}

/** For a line of a compacted generation: the row that came from this segment now lies here. */
export function refold(index: SqlIndex, op: RawOp, place: Place): boolean {
  const { segment, offset, length } = place;
  const move = statements.get(op.table)?.move;
  if (!move || index.run(move, [offset, length, toKey(op.id), op.rev, segment]) > 0) return false;
  return fold(index, op, place);
}
