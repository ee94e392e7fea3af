import type { Read } from './jobTable.ts';

/** Characters of context and messages that are held in all; most jobs have a few thousand. */
const mostCharacters = 4_000_000;

/**
 * What was just queued here, so that running it soon needs no reading. Only saves time: `rev` tells when somebody
 * has written since, and what is not held is read.
 */
export class RecentJobs {
  readonly #held = new Map<string, { readonly read: Read; readonly characters: number }>();
  #characters = 0;

  hold(read: Read): void {
    const { context, id, request } = read.rows.job;
    const characters = JSON.stringify([context, request]).length;
    if (this.#characters + characters > mostCharacters) return;
    this.#held.set(id, { read, characters });
    this.#characters += characters;
  }

  /** Answers it once. */
  take(id: string): Read | undefined {
    const found = this.#held.get(id);
    this.drop(id);
    return found?.read;
  }

  /** Nobody here will ask for it. */
  drop(id: string): void {
    this.#characters -= this.#held.get(id)?.characters ?? 0;
    this.#held.delete(id);
  }
}
