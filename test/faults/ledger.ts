/** Remembers which rows were acknowledged to windows, and holds the store to it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../client/store/store.ts';
import { revisionOf } from './entries.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

export const folder = 'file:///faults';

export class Ledger {
  readonly #tally: Tally;
  /** The newest acknowledged revision of each row. */
  readonly #rows = new Map<string, number>();
  readonly #granted = new Set<string>();
  readonly #lost = new Set<string>();

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** A line of a window that writes. */
  readonly note = (line: string): void => {
    const [sign, id = '', revision = ''] = line.split(' ');
    if (sign === '-')
      this.#tally.break(`${id} ${revision} was refused, though nobody else writes it`);
    if (sign !== '+' && sign !== '=') return;
    const rev = Number(revision);
    this.#tally.acknowledged += 1;
    this.#rows.set(id, Math.max(rev, this.#rows.get(id) ?? 0));
    if (sign !== '=') return;
    const grant = `${id} ${rev}`;
    if (this.#granted.has(grant))
      this.#tally.double(`revision ${rev} of ${id} was given to two windows`);
    this.#granted.add(grant);
  };

  /** Looks for every row; a row lost is counted once. */
  async check(store: Store, how = ''): Promise<void> {
    for (const [id, rev] of this.#rows) {
      const found = await revisionOf(store, id).catch(() => 0);
      if (found >= rev || this.#lost.has(id)) continue;
      this.#lost.add(id);
      this.#tally.lose(`${id}: revision ${found} instead of ${rev}${how}`);
    }
  }

  /** With the snapshots that are there, then from the journal alone. */
  async checkAt(stage: Stage, directory: string): Promise<void> {
    const options = { directory, folder };
    const store = await stage.product.openStore(options);
    await this.check(store);
    const path = store.directory;
    await store.close();
    await rm(join(path, 'index'), { recursive: true, force: true });
    const rebuilt = await stage.product.openStore(options);
    await this.check(rebuilt, ', from the journal alone');
    await rebuilt.close();
  }
}
