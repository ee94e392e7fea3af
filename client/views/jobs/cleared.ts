/** Ended jobs that a person has put out of sight. They stay in the history and in Outputs. Without VS Code. */
import type { Job } from '../../model.ts';

/** As VS Code's `Memento`. */
export interface Remembering {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

interface State {
  /** Nothing queued before is shown. */
  readonly since: number;
  /** Nothing that ended before is shown. */
  readonly endedBefore: number;
  /** Others: those that were run again. */
  readonly ids: readonly string[];
}

const nothing: State = { since: 0, endedBefore: 0, ids: [] };
const mostIds = 1000;

export class Cleared {
  readonly #memory: Remembering;
  readonly #key: string;

  /** @param folder its key */
  constructor(memory: Remembering, folder: string) {
    this.#memory = memory;
    this.#key = `promptWorkbench.clearedJobs:${folder}`;
  }

  /** Milliseconds since the epoch: no job queued before is shown, which spares looking at them. */
  get since(): number {
    return this.#state.since;
  }

  hides({ finishedAt = 0, id, queuedAt }: Pick<Job, 'finishedAt' | 'id' | 'queuedAt'>): boolean {
    const { endedBefore, ids, since } = this.#state;
    return queuedAt < since || finishedAt < endedBefore || ids.includes(id);
  }

  /** @param oldestOpen when the oldest job was queued that has not ended: it will want to be seen when it has */
  async clear(now: number, oldestOpen: number | undefined): Promise<void> {
    await this.#set({ since: Math.min(now, oldestOpen ?? now), endedBefore: now + 1, ids: [] });
  }

  /** It was run again: its successor is shown. */
  async hide(ids: readonly string[]): Promise<void> {
    const state = this.#state;
    await this.#set({ ...state, ids: [...state.ids, ...ids].slice(-mostIds) });
  }

  get #state(): State {
    return { ...nothing, ...(this.#memory.get(this.#key) as Partial<State> | undefined) };
  }

  async #set(state: State): Promise<void> {
    await this.#memory.update(this.#key, state);
  }
}
