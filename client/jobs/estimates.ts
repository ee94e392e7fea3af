import type { Job } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Durations } from './durations.ts';
import { endOfRunning, endOfWaiting } from './estimate.ts';
import type { Limits } from './limits.ts';
import type { Place } from './place.ts';
import type { Runs } from './runs.ts';
import type { Schedule } from './schedule.ts';

export interface EstimatesOptions {
  readonly clock: Clock;
  readonly durations: Durations;
  readonly limits: Pick<Limits, 'check'>;
  readonly runs: Pick<Runs, 'startsAt'>;
  readonly schedule: Schedule;
}

/** When jobs of this window will probably have ended. Nobody can say of one that waits for a person. */
export class Estimates {
  readonly #options: EstimatesOptions;

  constructor(options: EstimatesOptions) {
    this.#options = options;
  }

  /** Milliseconds since the epoch. */
  of(job: Job): number | undefined {
    if (job.state !== 'pending' && job.state !== 'processing') return undefined;
    const { clock, durations, schedule } = this.#options;
    const typical = durations.typicalOf(job);
    if (typical === undefined) return undefined;
    const now = clock.now();
    if (job.state === 'processing') {
      return endOfRunning({ now, since: job.claim?.at ?? now, typical });
    }
    const place = schedule.get(job.id);
    if (place === undefined || schedule.paused || place.state === 'halted') return undefined;
    if (place.state === 'running') return Math.round(now + typical);
    return this.#ofWaiting(place, typical, now);
  }

  #ofWaiting(place: Place, typical: number, now: number): number {
    const { runs, schedule } = this.#options;
    const lane = schedule.lane(place.provider);
    const started = runs.startsAt(place.provider);
    return endOfWaiting({
      now,
      typical,
      running: [...started, ...Array<number>(Math.max(0, lane.running - started.length)).fill(now)],
      places: lane.concurrency,
      before: lane.before(place),
      notBefore: this.#notBefore(place),
    });
  }

  #notBefore(place: Place): number {
    const { limits, schedule } = this.#options;
    const limited = limits.check(place);
    const ahead = schedule.lane(place.provider).beforeWithCredential(place);
    const rounds = limited?.limit === 'requestsPerMinute' ? Math.floor(ahead / limited.most) : 0;
    return Math.max(
      place.retry?.at ?? 0,
      schedule.haltOf(place)?.until ?? 0,
      limited === undefined ? 0 : limited.until + rounds * 60_000,
    );
  }
}
