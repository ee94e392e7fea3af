/** Why a job waits, in words. Pure. */
import type { ErrorKind, Job } from '../model.ts';
import type { StoreError } from '../store/store.ts';
import type { Waiting } from './queue.ts';
import type { Place, Schedule } from './schedule.ts';

export function waitingFor(
  job: Job,
  schedule: Pick<Schedule, 'get' | 'haltOf' | 'of' | 'paused'>,
  trouble: StoreError | undefined,
): Waiting | undefined {
  if (job.state !== 'pending') return undefined;
  const place = schedule.get(job.id);
  if (place === undefined) return { reason: 'Waiting in another window' };
  if (trouble !== undefined) return { reason: `Waiting for the store: ${trouble.message}` };
  if (schedule.paused) return { reason: 'Paused' };
  if (place.state === 'running') return { reason: 'Starting' };
  const halt = schedule.haltOf(place);
  if (halt !== undefined) return { reason: `Waiting: ${halt.error.message}`, until: halt.until };
  if (place.state === 'waiting' && place.retry !== undefined) {
    const { at, count, error } = place.retry;
    return { reason: `Retry ${count} after ${nouns[error.kind] ?? 'a failure'}`, until: at };
  }
  const before = countBefore(place, schedule.of(place.provider));
  if (before === 0) return { reason: 'Starting' };
  return { reason: `Waiting for ${before} ${before === 1 ? 'job' : 'jobs'} before it` };
}

const nouns: Partial<Record<ErrorKind, string>> = {
  rate_limited: 'a rate limit',
  overloaded: 'an overload',
  server_error: 'a server error',
  timeout: 'a timeout',
  network: 'a network failure',
  malformed_response: 'a malformed answer',
  stream_truncated: 'an answer that was cut off',
};

const ranks = { high: 0, default: 1, low: 2 } as const;

function countBefore(place: Place, all: Iterable<Place>): number {
  let count = 0;
  for (const other of all) {
    const rank = ranks[other.priority] - ranks[place.priority];
    const earlier = rank < 0 || (rank === 0 && other.order < place.order);
    if (other.state === 'running' || (other.state === 'lined up' && earlier)) count++;
  }
  return count;
}
