import type { SqlIndex } from '../index/sqlIndex.ts';
import type { Op, Store } from '../store.ts';

/** A window that has held it this long is believed to hang. */
const longestMs = 10 * 60 * 1000;
const id = 'maintenance';

export interface LeaseOptions {
  readonly store: Pick<Store, 'windowId' | 'isWindowDead' | 'put'>;
  readonly index: () => SqlIndex;
  readonly now: () => number;
}

/**
 * Which window tidies up: an ordinary row, claimed by `rev`. It saves work and is no lock: two windows that both
 * believe to hold it do no harm.
 */
export class Lease {
  readonly #options: LeaseOptions;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  /** @throws StoreError when nothing can be written */
  async claim(): Promise<boolean> {
    const { now, store } = this.#options;
    const { at, rev, window } = this.#row();
    const held = window !== undefined && window !== store.windowId;
    if (held && Math.abs(now() - at) < longestMs && !(await store.isWindowDead(window))) {
      return false;
    }
    const [applied] = await store.put([this.op(rev + 1, store.windowId)]);
    return applied === true;
  }

  async release(): Promise<void> {
    const { store } = this.#options;
    const { rev, window } = this.#row();
    if (window === store.windowId) await store.put([this.op(rev + 1)]);
  }

  /** A renewal: proof, once it is acknowledged, of whatever was written with it. */
  renewal(): Op {
    return this.op(this.#row().rev + 1, this.#options.store.windowId);
  }

  op(rev: number, window?: string): Op {
    return ['leases', id, rev, { id, at: this.#options.now(), ...(window && { window }) }];
  }

  #row(): { readonly rev: number; readonly window: string | undefined; readonly at: number } {
    const sql = 'SELECT rev, holder, claimed_at FROM leases WHERE id = ?';
    const [rev, holder, at] = this.#options.index().query(sql, [id])[0] ?? [];
    return {
      rev: Number(rev ?? 0),
      window: typeof holder === 'string' ? holder : undefined,
      at: Number(at ?? 0),
    };
  }
}
