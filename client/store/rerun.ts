/**
 * Runs one task at a time. A run already under way may have looked too early for the one who asks now, so asking
 * waits for it and then gets another run, shared by all who asked meanwhile.
 */
export class Rerun {
  readonly #task: () => Promise<void>;
  #current: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** Settles as a run of the task does that began after this call. */
  run(): Promise<void> {
    if (!this.#current && !this.#queued) return this.#begin();
    this.#queued ??= this.#follow();
    return this.#queued;
  }

  async #follow(): Promise<void> {
    try {
      await this.#current;
    } catch {
      // Told to those who asked for that run.
    }
    this.#queued = undefined;
    return this.#begin();
  }

  #begin(): Promise<void> {
    this.#current = this.#task().finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }
}
