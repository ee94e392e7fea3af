/** How much of each segment is still pointed at. An estimate, as rows may move between two looks at them. */
import { breathe } from '../breathe.ts';
import { nouns } from '../index/nouns.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';

/** Rows looked at in one go: about two milliseconds. */
const chunkRows = 2000;

/** Segment → bytes of its lines that hold at least one row's newest revision. */
export async function liveBytes(index: () => SqlIndex): Promise<Map<number, number>> {
  const lines = new Map<number, Map<number, number>>();
  for (const { table } of nouns) {
    let after: SqlValue | undefined;
    do {
      after = chunk(index(), table, after, lines);
      await breathe();
    } while (after !== undefined);
  }
  return new Map([...lines].map(([segment, bytes]) => [segment, sum(bytes.values())]));
}

/** Answers the last key seen; `undefined` at the end of the table. */
function chunk(
  index: SqlIndex,
  table: string,
  after: SqlValue | undefined,
  lines: Map<number, Map<number, number>>,
): SqlValue | undefined {
  const where = after === undefined ? '' : 'WHERE id > ?';
  const sql = `SELECT id, segment, position, bytes FROM ${table} ${where} ORDER BY id LIMIT ${chunkRows}`;
  const rows = index.query(sql, after === undefined ? [] : [after]);
  for (const [, segment, position, bytes] of rows) {
    const ofSegment = lines.get(Number(segment)) ?? new Map<number, number>();
    lines.set(Number(segment), ofSegment.set(Number(position), Number(bytes)));
  }
  return rows.length < chunkRows ? undefined : rows.at(-1)?.[0];
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
