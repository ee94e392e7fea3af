/**
 * What of a line goes into the next generation of its segment. An op is kept iff the index points at exactly that
 * line, and so is everything this version does not understand: it may mean something to a newer one.
 */
import { isKnownTable } from '../index/fold.ts';
import { toKey } from '../index/keys.ts';
import { nouns } from '../index/nouns.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';
import { encodeJson, interpret, parse, toOp } from '../journal/record.ts';
import type { RawOp } from '../journal/record.ts';
import type { RawLine } from '../journal/lineReader.ts';

export interface Rewriting {
  readonly index: SqlIndex;
  readonly segment: number;
  /** The generation the line is of. */
  readonly generation: number;
  /** Deleting for good: damaged lines that name something deleted go too. */
  readonly forGood: boolean;
}

/** `all`: the line as it is. Bytes: what is left of it. `end`: the segment's seal, after which everything is void. */
export type Kept = 'all' | 'nothing' | 'end' | Buffer;

export function keptOf(raw: RawLine, rewriting: Rewriting): Kept {
  const content = parse(raw.bytes);
  if (content === undefined) {
    return rewriting.forGood && namesDeleted(raw.bytes, rewriting.index) ? 'nothing' : 'all';
  }
  const line = interpret(content);
  if (line.kind === 'seal') {
    const ends = rewriting.generation === 0 && line.next === rewriting.segment + 1;
    return ends ? 'end' : 'nothing';
  }
  if (line.kind !== 'put') return 'all';
  const ops = (content as { readonly ops: readonly unknown[] }).ops;
  const kept = ops.filter((op) => isKept(toOp(op), raw.offset, rewriting));
  if (kept.length === ops.length) return 'all';
  if (kept.length === 0) return 'nothing';
  return encodeJson(JSON.stringify({ ...content, ops: kept }));
}

function isKept(op: RawOp | undefined, offset: number, { index, segment }: Rewriting): boolean {
  if (!op || !isKnownTable(op.table)) return true;
  const sql = `SELECT 1 FROM ${op.table} WHERE id = ? AND rev = ? AND segment = ? AND position = ?`;
  return index.query(sql, [toKey(op.id), op.rev, segment, offset]).length > 0;
}

const uuids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Whether a text speaks of a row that was deleted. */
function namesDeleted(bytes: Buffer, index: SqlIndex): boolean {
  const ids = new Set(bytes.toString('latin1').match(uuids));
  return [...ids].some((id) => nouns.some(({ table }) => isDeleted(index, table, id)));
}

export function isDeleted(index: SqlIndex, table: string, id: string): boolean {
  const sql = `SELECT 1 FROM ${table} WHERE id = ? AND deleted = 1`;
  return index.query(sql, [toKey(id)]).length > 0;
}
