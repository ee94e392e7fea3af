import type { OutputDetail } from '../../client/panels/protocol.ts';

export type DetailState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown'; readonly detail: OutputDetail }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The output that is selected. One question at a time: what is asked meanwhile is asked once more afterwards. What
 * is on screen stays until the answer is here.
 */
export class DetailSource {
  readonly #fetch: (id: string) => Promise<OutputDetail | undefined>;
  readonly #changed: () => void;
  #id: string | undefined;
  #state: DetailState = { kind: 'none' };
  #asking = false;
  #again = false;

  constructor(fetch: (id: string) => Promise<OutputDetail | undefined>, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  get id(): string | undefined {
    return this.#id;
  }

  get state(): DetailState {
    return this.#state;
  }

  /** What is on screen, if it is the selected output (not the one before). */
  get detail(): OutputDetail | undefined {
    if (this.#state.kind !== 'shown') return undefined;
    const { detail } = this.#state;
    return detail.output.id === this.#id ? detail : undefined;
  }

  select(id: string): void {
    if (id === this.#id && this.#state.kind === 'shown') return;
    this.#id = id;
    if (this.#state.kind !== 'shown') this.#state = { kind: 'loading' };
    this.refresh();
  }

  refresh(): void {
    this.#again = true;
    if (!this.#asking) void this.#ask();
    this.#changed();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#again && this.#id !== undefined) {
      this.#again = false;
      const id = this.#id;
      const state = await this.#answer(id);
      if (id !== this.#id) continue;
      this.#state = state;
      this.#changed();
    }
    this.#asking = false;
  }

  async #answer(id: string): Promise<DetailState> {
    try {
      const detail = await this.#fetch(id);
      return detail === undefined ? { kind: 'gone' } : { kind: 'shown', detail };
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }
}
