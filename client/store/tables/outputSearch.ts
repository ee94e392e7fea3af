/** Which outputs a filter means, as SQL, and which rows contain a text. */
import { toStateCode } from '../index/keys.ts';
import type { SqlIndex, SqlValue } from '../index/sqlIndex.ts';
import type { OutputFilter } from '../store.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What a search looks at. SQLite's LIKE knows upper and lower case of ASCII only: see `folded`. */
const searched = ['preview', 'template_name', 'model'];

/** The texts searched, in lower case, for anything beyond ASCII; NULL, to save room, where all of it is ASCII. */
export function folded(texts: readonly (string | null)[]): string | null {
  const all = texts.join('\n');
  return isAscii(all) ? null : all.toLowerCase();
}

export function conditionOf(filter: OutputFilter): Condition {
  const terms = ['deleted = 0'];
  const values: SqlValue[] = [];
  const add = (term: string, ...used: SqlValue[]): void => {
    terms.push(term);
    values.push(...used);
  };
  if (filter.template !== undefined) add('template_slug = ?', filter.template);
  if (filter.model !== undefined) add('model = ?', filter.model);
  if (filter.status !== undefined) add('status = ?', toStateCode(filter.status));
  if (filter.rating === 'none') add('rating IS NULL');
  else if (filter.rating !== undefined) add('rating = ?', filter.rating);
  const wanted = filter.text?.toLowerCase() ?? '';
  if (!isAscii(wanted)) add('instr(folded, ?) > 0', wanted);
  else if (wanted) {
    const like = searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
    const pattern = `%${wanted.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    add(`(${like})`, ...searched.map(() => pattern));
  }
  return { sql: terms.join(' AND '), values };
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
 * an index; the count and the further pages then come from memory until the index changes.
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

function search(index: SqlIndex, { sql, values }: Condition): number[] | undefined {
  const from = `outputs NOT INDEXED WHERE ${sql} LIMIT ${mostFound + 1}`;
  const found = index.query(`SELECT rowid, created_at FROM ${from}`, values);
  if (found.length > mostFound) return undefined;
  const rows = found.map(([row, createdAt]) => [Number(row), Number(createdAt)] as const);
  return rows.sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([row]) => row);
}
