import { isKnownTable } from '../index/fold.ts';
import type { SqlIndex } from '../index/sqlIndex.ts';
import { decode } from '../journal/record.ts';
import type { Store } from '../store.ts';
import { eachLine } from './journalRows.ts';
import type { ReadOptions } from './journalRows.ts';
import { isDeleted } from './rewriting.ts';

const id = 'erasing';

/** A durable note that deleted texts are still to be taken off the disk, so that a crash does not leave them there. */
export class PendingPurge {
  readonly #store: Pick<Store, 'put' | 'windowId'>;
  readonly #index: () => SqlIndex;
  readonly #now: () => number;

  constructor(store: Pick<Store, 'put' | 'windowId'>, index: () => SqlIndex, now: () => number) {
    this.#store = store;
    this.#index = index;
    this.#now = now;
  }

  get isNoted(): boolean {
    return typeof this.#row()?.[1] === 'string';
  }

  async note(): Promise<void> {
    await this.#put(this.#store.windowId);
  }

  async done(): Promise<void> {
    await this.#put();
  }

  #row() {
    return this.#index().query('SELECT rev, holder FROM leases WHERE id = ?', [id])[0];
  }

  async #put(window?: string): Promise<void> {
    const rev = Number(this.#row()?.[0] ?? 0) + 1;
    await this.#store.put([
      ['leases', id, rev, { id, at: this.#now(), ...(window && { window }) }],
    ]);
  }
}

/** How many lines and files still hold something that was deleted. */
export async function leftovers(options: ReadOptions, index: SqlIndex): Promise<number> {
  let found = (await options.segments.outdated()).length;
  await eachLine(options, ({ raw }) => {
    const line = decode(raw.bytes);
    const holds =
      line?.kind === 'put' &&
      line.ops.some(
        ({ id, table, value }) => value && isKnownTable(table) && isDeleted(index, table, id),
      );
    if (holds) found += 1;
    return false;
  });
  return found;
}
