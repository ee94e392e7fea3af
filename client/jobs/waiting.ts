/** Why a job waits, in words. Pure. */
import type { ErrorKind, Job } from '../model.ts';
import type { StoreError } from '../store/store.ts';
import type { Entry, Place } from './place.ts';
import type { Waiting } from './queue.ts';
import type { Limited } from './rateLimits.ts';
import { mostRetriesOf } from './retry.ts';
import type { Schedule } from './schedule.ts';

type Look = Pick<Schedule, 'get' | 'haltOf' | 'lane' | 'paused'>;

export function waitingFor(
  job: Job,
  schedule: Look,
  limited: (entry: Entry) => Limited | undefined,
  trouble: StoreError | undefined,
): Waiting | undefined {
  if (job.state !== 'pending') return undefined;
  const place = schedule.get(job.id);
  if (place === undefined) return { reason: 'Waiting in another window' };
  if (trouble !== undefined) return { reason: `History cannot be written: ${trouble.message}` };
  if (schedule.paused) return { reason: 'Paused' };
  if (place.state === 'running') return { reason: 'Starting' };
  return waitingItself(place, schedule) ?? waitingItsTurn(place, schedule, limited(place));
}

/** For something that time or a person changes, whoever is before it. */
function waitingItself(place: Place, schedule: Look): Waiting | undefined {
  if (place.state === 'delayed' && place.retry !== undefined) {
    const { at, count, error } = place.retry;
    const why = nouns[error.kind] ?? 'a failure';
    return { reason: `Retry ${count} of ${mostRetriesOf(error)} after ${why}`, until: at };
  }
  const halt = schedule.haltOf(place);
  if (halt === undefined) return undefined;
  const { error, until } = halt;
  if (until === undefined) return { reason: `Credential halted: ${error.message}` };
  return { reason: `Rate limit of the provider: ${error.message}`, until };
}

function waitingItsTurn(place: Place, schedule: Look, limited: Limited | undefined): Waiting {
  const lane = schedule.lane(place.provider);
  const before = lane.before(place);
  const behind = before === 0 ? '' : `, ${jobs(before)} before it`;
  if (lane.running >= lane.concurrency) {
    const places = `${lane.running} of ${lane.concurrency} running`;
    return { reason: `Waits for a free place (${places})${behind}` };
  }
  if (limited !== undefined) {
    const unit = units[limited.limit];
    const reason = `Rate limit: ${limited.most} ${unit} per minute${behind}`;
    // Nobody knows when it goes if others go first.
    return before === 0 ? { reason, until: limited.until } : { reason };
  }
  return { reason: before === 0 ? 'Starting' : `Waits for ${jobs(before)} before it` };
}

function jobs(count: number): string {
  return count === 1 ? '1 job' : `${count} jobs`;
}

const units: Readonly<Record<Limited['limit'], string>> = {
  requestsPerMinute: 'requests',
  tokensPerMinute: 'tokens',
};

const nouns: Partial<Record<ErrorKind, string>> = {
  rate_limited: 'a rate limit',
  overloaded: 'an overload',
  server_error: 'a server error',
  timeout: 'a timeout',
  network: 'a network failure',
  malformed_response: 'a malformed answer',
  stream_truncated: 'an answer that was cut off',
};
