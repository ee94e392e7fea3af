import type { Job } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Log } from '../providers/log.ts';
import type { Store } from '../store/store.ts';
import type { Halts } from './halts.ts';
import type { JobTable } from './jobTable.ts';
import { rescueOrphans } from './orphans.ts';
import type { RefusedJobs } from './refusedJobs.ts';
import type { Schedule } from './schedule.ts';

export interface RescueOptions {
  readonly store: Store;
  readonly table: JobTable;
  readonly schedule: Pick<Schedule, 'get' | 'size'>;
  readonly refused: RefusedJobs;
  readonly halts: Pick<Halts, 'heardOf'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: AbortSignal;
  /** It is this window's now. */
  readonly onAdopted: (job: Job) => void;
}

/** Looks again and again for jobs nobody looks after, never twice at a time. */
export class Rescue {
  readonly #options: RescueOptions;
  #under: Promise<void> | undefined;

  constructor(options: RescueOptions) {
    this.#options = options;
  }

  begin(): void {
    const { closing, log, refused, schedule, store } = this.#options;
    if (this.#under !== undefined || closing.aborted) return;
    refused.reviewAll();
    if (store.jobs.count(['pending', 'processing']) <= schedule.size) return;
    this.#under = this.#rescue()
      .catch((error: unknown) =>
        log.warn(`Jobs of closed windows cannot be taken up: ${String(error)}`),
      )
      .finally(() => {
        this.#under = undefined;
      });
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await this.#under;
  }

  async #rescue(): Promise<void> {
    const { clock, halts, onAdopted, refused, schedule, store, table } = this.#options;
    const mine = (id: string): boolean => schedule.get(id) !== undefined || refused.has(id);
    const adopted = await rescueOrphans(store, table, { mine, now: () => clock.now() });
    // First what holds them up: the others with that credential must not press on.
    await Promise.all(adopted.map((job) => halts.heardOf(job)));
    for (const job of adopted) onAdopted(job);
  }
}
