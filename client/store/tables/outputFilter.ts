/** Which outputs a filter means, as SQL. */
import { toStateCode } from '../index/keys.ts';
import type { SqlValue } from '../index/sqlIndex.ts';
import type { OutputFilter } from '../store.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/**
 * All of it is answered by one of two indexes, which hold every column that is asked for: a page far down a rare
 * filter walks through an index from its newest entry on and reads no row but those of the page.
 */
export function conditionOf(filter: OutputFilter): Condition {
  const terms = ['deleted = 0'];
  const values: SqlValue[] = [];
  const add = (term: string, ...used: SqlValue[]): void => {
    terms.push(term);
    values.push(...used);
  };
  const { before, model, rating, status, template } = filter;
  if (template !== undefined) add('template_slug = ?', template);
  if (model !== undefined) add('model = ?', model);
  if (status !== undefined) add('status = ?', toStateCode(status));
  if (before !== undefined) add('created_at < ?', before);
  if (rating === 'none') add('rating IS NULL');
  else if (rating !== undefined) add('rating = ?', rating);
  return { sql: terms.join(' AND '), values };
}

/** What a search looks at. SQLite's LIKE knows upper and lower case of ASCII only: see `folded`. */
const searched = ['preview', 'template_name', 'model'];

/** The rows among those that contain a text, which is in lower case, in what the index knows of them. */
export function containing({ sql, values }: Condition, text: string): Condition {
  if (!isAscii(text)) return { sql: `${sql} AND instr(folded, ?) > 0`, values: [...values, text] };
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const like = searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
  return { sql: `${sql} AND (${like})`, values: [...values, ...searched.map(() => pattern)] };
}

/** The texts searched, in lower case, for anything beyond ASCII; NULL, to save room, where all of it is ASCII. */
export function folded(texts: readonly (string | null)[]): string | null {
  const all = texts.join('\n');
  return isAscii(all) ? null : all.toLowerCase();
}

/** The texts searched of many rows, each in lower case or in ASCII. */
export const searchedTexts = `group_concat(coalesce(folded, concat_ws(char(10), ${searched.join(', ')})), char(10))`;

function isAscii(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with them
  return /^[\u0000-\u007f]*$/.test(value);
}
