/** Rows that tell by themselves whether they are what was written. */
import type { Op, Store } from '../../client/store/store.ts';

/** The same words over and over, so that any part of another value shows. */
function textOf(id: string, rev: number, bytes: number): string {
  const unit = `${id} ${rev} `;
  return unit.repeat(Math.max(1, Math.ceil(bytes / unit.length)));
}

export function entry(id: string, rev: number, bytes = 0): Op {
  return ['contexts', id, rev, { id, values: { text: textOf(id, rev, bytes) }, at: rev }];
}

/** The revision of a row; 0 when there is none, -1 when its value is none that was ever written. */
export async function revisionOf(store: Store, id: string): Promise<number> {
  const row = await store.contexts.get(id);
  if (row === undefined) return 0;
  const { at, id: own, values } = row.value;
  const text = values.text;
  const isWhole =
    typeof text === 'string' &&
    text.length > 0 &&
    text.replaceAll(`${id} ${row.rev} `, '').length === 0;
  return isWhole && own === id && at === row.rev ? row.rev : -1;
}
