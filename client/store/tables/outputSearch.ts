/** Which outputs a filter means, as SQL, and which rows contain a text. */
import { toStateCode } from '../index/keys.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';
import type { OutputFilter } from '../store.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** An index leads to few rows. */
  readonly narrow: boolean;
}

/** What a search looks at. SQLite's LIKE knows upper and lower case of ASCII only: see `folded`. */
const searched = ['preview', 'template_name', 'model'];

/** The texts searched, in lower case, for anything beyond ASCII; NULL, to save room, where all of it is ASCII. */
export function folded(texts: readonly (string | null)[]): string | null {
  const all = texts.join('\n');
  return isAscii(all) ? null : all.toLowerCase();
}

/** Columns with an index, beginning with the one that leads to the fewest rows as a rule. */
const indexed = ['template_slug', 'rating', 'model', 'status'] as const;

export function conditionOf(filter: OutputFilter): Condition {
  const terms = ['deleted = 0'];
  const values: SqlValue[] = [];
  const add = (term: string, ...used: SqlValue[]): void => {
    terms.push(term);
    values.push(...used);
  };
  const wanted = columnsOf(filter);
  const best = bestIndex(wanted);
  for (const column of indexed) {
    // SQLite uses no index for `+column`: left alone it may walk along one that leads to a third of all rows.
    const value = wanted[column];
    if (value !== undefined) add(`${column === best ? '' : '+'}${column} = ?`, value);
  }
  if (filter.before !== undefined) add('created_at < ?', filter.before);
  if (filter.rating === 'none') add('rating IS NULL');
  const text = filter.text?.toLowerCase() ?? '';
  if (!isAscii(text)) add('instr(folded, ?) > 0', text);
  else if (text) {
    const like = searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
    const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    add(`(${like})`, ...searched.map(() => pattern));
  }
  return {
    sql: terms.join(' AND '),
    values,
    narrow: best === 'template_slug' || best === 'rating',
  };
}

type Wanted = Partial<Record<(typeof indexed)[number], SqlValue>>;

function columnsOf({ model, rating, status, template }: OutputFilter): Wanted {
  return {
    template_slug: template,
    rating: rating === 'none' ? undefined : rating,
    model,
    status: status === undefined ? undefined : toStateCode(status),
  };
}

/** Most runs complete, whatever their model; any other status is rare. */
function bestIndex(wanted: Wanted): string | undefined {
  const first = indexed.find((column) => wanted[column] !== undefined);
  const rare = wanted.status !== undefined && wanted.status !== toStateCode('completed');
  return first === 'model' && rare ? 'status' : first;
}

function isAscii(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with them
  return /^[\u0000-\u007f]*$/.test(value);
}

/** So many rows at most are remembered; a text found more often is also found soon on the way through an index. */
const mostFound = 1000;

interface Found {
  readonly condition: string;
  readonly version: number;
  /** Newest first. */
  readonly rows: readonly number[] | undefined;
}

/**
 * Rows that contain a rare text. Finding them reads every row once, front to back, which is twice as fast as along
 * an index that leads to many; the count and the further pages then come from memory until the index changes.
 */
export class OutputSearch {
  #found: Found | undefined;

  /** Newest first; `undefined` when there are too many. */
  rows(index: SqlIndex, condition: Condition): readonly number[] | undefined {
    const key = JSON.stringify(condition);
    const version = Number(index.query('SELECT total_changes()')[0]?.[0]);
    if (this.#found?.condition !== key || this.#found.version !== version) {
      this.#found = { condition: key, version, rows: search(index, condition) };
    }
    return this.#found.rows;
  }
}

function search(index: SqlIndex, { narrow, sql, values }: Condition): number[] | undefined {
  const from = `outputs ${narrow ? '' : 'NOT INDEXED'} WHERE ${sql} LIMIT ${mostFound + 1}`;
  const found = index.query(`SELECT rowid, created_at FROM ${from}`, values);
  if (found.length > mostFound) return undefined;
  const rows = found.map(([row, createdAt]) => [Number(row), Number(createdAt)] as const);
  return rows.sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([row]) => row);
}
