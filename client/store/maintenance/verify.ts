/** Compares the index with the journal. */
import { breathe } from '../breathe.ts';
import { isKnownTable } from '../index/fold.ts';
import { fromKey, toKey } from '../index/keys.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';
import type { VerifyReport } from '../store.ts';
import type { JournalRows } from './journalRows.ts';

const chunkRows = 500;

/** @param journal read before the index was last brought up to date: what is newer in the index is no difference. */
export async function compare(journal: JournalRows, index: () => SqlIndex): Promise<VerifyReport> {
  let rows = 0;
  let differences = 0;
  for (const [table, entries] of journal.tables) {
    if (!isKnownTable(table)) continue;
    let looked = 0;
    for (const [id, row] of entries) {
      const { length, offset, segment } = row.place;
      const sql = `SELECT rev, deleted, segment, position, bytes FROM ${table} WHERE id = ?`;
      const found = index()
        .query(sql, [toKey(id)])[0]
        ?.map(Number);
      rows += row.deleted ? 0 : 1;
      if (
        !found ||
        !(
          found[0]! > row.rev ||
          same(found, [row.rev, Number(row.deleted), segment, offset, length])
        )
      ) {
        differences += 1;
      }
      if (++looked % chunkRows === 0) await breathe();
    }
    differences += await phantoms(journal, table, index);
  }
  const { damages, records } = journal;
  return { records, rows, damages, differences };
}

function same(found: readonly number[], expected: readonly number[]): boolean {
  return expected.every((value, at) => value === found[at]);
}

/** Rows of the index that the journal does not have. */
async function phantoms(
  { end, tables }: JournalRows,
  table: string,
  index: () => SqlIndex,
): Promise<number> {
  let count = 0;
  let after: SqlValue | undefined;
  do {
    const where = after === undefined ? '' : 'WHERE id > ?';
    const sql = `SELECT id, segment, position FROM ${table} ${where} ORDER BY id LIMIT ${chunkRows}`;
    const rows = index().query(sql, after === undefined ? [] : [after]);
    for (const [id, segment, position] of rows) {
      const isOld =
        Number(segment) < end.segment ||
        (Number(segment) === end.segment && Number(position) <= end.offset);
      if (isOld && !tables.get(table)?.has(fromKey(id))) count += 1;
    }
    after = rows.length < chunkRows ? undefined : rows.at(-1)?.[0];
    await breathe();
  } while (after !== undefined);
  return count;
}
