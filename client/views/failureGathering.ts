import type { ErrorInfo, Job } from '../model.ts';
import type { Clock } from '../providers/clock.ts';

/** A job that ended in a way somebody should know of. */
export type FailedJob = Job & { readonly error: ErrorInfo };

export function asFailed(job: Job | undefined): FailedJob | undefined {
  const { error, state } = job ?? {};
  return job && error && (state === 'failed' || state === 'interrupted')
    ? { ...job, error }
    : undefined;
}

/** A burst of failures is waited for this long (milliseconds). */
const burst = 300;

interface Group {
  readonly waiting: FailedJob[];
  /** Set while one is waited for or shown. */
  busy: boolean;
}

/**
 * Puts failures of the same kind together, so that a dead network with a hundred waiting jobs is told once. While one
 * notice of a kind is on screen, further ones wait for it and then come as one.
 */
export class FailureGathering {
  readonly #clock: Clock;
  readonly #show: (jobs: readonly FailedJob[]) => Promise<void>;
  readonly #groups = new Map<string, Group>();

  /** @param show resolves when the notice is gone; never rejects */
  constructor(clock: Clock, show: (jobs: readonly FailedJob[]) => Promise<void>) {
    this.#clock = clock;
    this.#show = show;
  }

  add(job: FailedJob): void {
    const kind = `${job.state} ${job.error.kind}`;
    const group = this.#groups.get(kind) ?? { waiting: [], busy: false };
    this.#groups.set(kind, group);
    group.waiting.push(job);
    if (group.busy) return;
    group.busy = true;
    this.#clock.after(burst, () => void this.#tell(group));
  }

  async #tell(group: Group): Promise<void> {
    while (group.waiting.length > 0) await this.#show(group.waiting.splice(0));
    group.busy = false;
  }
}
