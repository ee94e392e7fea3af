import type { Log } from '../providers/log.ts';
import type { Decision, JobTable } from './jobTable.ts';

/**
 * Jobs the store has refused: whoever queued one was told so, and may have queued it again. A refused record may be
 * in the journal all the same, now or later: its job is cancelled then, never sent.
 */
export class RefusedJobs {
  readonly #table: Pick<JobTable, 'decide'>;
  readonly #cancellation: Decision;
  readonly #closing: AbortSignal;
  readonly #log: Log;
  readonly #ids = new Set<string>();
  readonly #cancelling = new Set<Promise<void>>();

  constructor(
    table: Pick<JobTable, 'decide'>,
    cancellation: Decision,
    closing: AbortSignal,
    log: Log,
  ) {
    this.#table = table;
    this.#cancellation = cancellation;
    this.#closing = closing;
    this.#log = log;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    this.review(id);
  }

  reviewAll(): void {
    for (const id of this.#ids) this.review(id);
  }

  /** Looks whether it is in the store now. */
  review(id: string): void {
    if (!this.#ids.has(id)) return;
    const cancelling = this.#table
      .decide(id, this.#cancellation, this.#closing)
      .catch((error: unknown) => {
        this.#log.error(`Job ${id} cannot be taken back: ${String(error)}`);
      })
      .then(() => {
        this.#cancelling.delete(cancelling);
      });
    this.#cancelling.add(cancelling);
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#cancelling);
  }
}
