import type { Disposable } from '../../client/model.ts';
import type { Change, Op, Store, StoreError } from '../../client/store/store.ts';

/** A store of which every `put` is refused while `refuse` says so. */
export class RefusingStore implements Store {
  readonly #store: Store;
  readonly #listeners = new Set<(trouble: StoreError | undefined) => void>();
  #refusal: StoreError | undefined;
  /** What was refused so far. */
  refused = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** `undefined`: there is room again. */
  refuse(error: StoreError | undefined): void {
    this.#refusal = error;
    for (const listener of this.#listeners) listener(error);
  }

  get trouble(): StoreError | undefined {
    return this.#refusal ?? this.#store.trouble;
  }

  async put(ops: readonly Op[]): Promise<boolean[]> {
    if (this.#refusal === undefined) return this.#store.put(ops);
    this.refused++;
    throw this.#refusal;
  }

  onDidChangeTrouble(listener: (trouble: StoreError | undefined) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  get directory(): string {
    return this.#store.directory;
  }
  get windowId(): string {
    return this.#store.windowId;
  }
  get credentials(): Store['credentials'] {
    return this.#store.credentials;
  }
  get jobs(): Store['jobs'] {
    return this.#store.jobs;
  }
  get executions(): Store['executions'] {
    return this.#store.executions;
  }
  get outputs(): Store['outputs'] {
    return this.#store.outputs;
  }
  get maintenance(): Store['maintenance'] {
    return this.#store.maintenance;
  }
  get contexts(): Store['contexts'] {
    return this.#store.contexts;
  }
  get leases(): Store['leases'] {
    return this.#store.leases;
  }
  onDidChange(listener: (changes: readonly Change[]) => void): Disposable {
    return this.#store.onDidChange(listener);
  }
  isWindowDead(windowId: string): Promise<boolean> {
    return this.#store.isWindowDead(windowId);
  }
  close(): Promise<void> {
    return this.#store.close();
  }
}
