import type { Context } from '../model.ts';
import type { Store } from '../store/store.ts';

export type ContextStore = Pick<Store, 'contexts' | 'put'>;

/** The values last given for a template, kept in the folder's store so that the next form starts with them. */
export class RememberedValues {
  readonly #openStore: () => Promise<ContextStore>;
  readonly #now: () => number;

  constructor(openStore: () => Promise<ContextStore>, now: () => number) {
    this.#openStore = openStore;
    this.#now = now;
  }

  async read(slug: string): Promise<Context> {
    const { contexts } = await this.#openStore();
    return (await contexts.get(slug))?.value.values ?? {};
  }

  /** The last one to write wins, also over another window. @param values without sensitive ones. */
  async keep(slug: string, values: Context): Promise<void> {
    const { contexts, put } = await this.#store();
    for (;;) {
      const rev = ((await contexts.get(slug))?.rev ?? 0) + 1;
      const [applied] = await put([['contexts', slug, rev, { id: slug, values, at: this.#now() }]]);
      if (applied) return;
    }
  }

  async #store(): Promise<ContextStore> {
    const store = await this.#openStore();
    return { contexts: store.contexts, put: (ops) => store.put(ops) };
  }
}
