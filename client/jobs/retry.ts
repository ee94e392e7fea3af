/** Whether and when a failed attempt is tried again. Pure; the queue is the only one that retries. */
import type { Attempt, ErrorInfo, ErrorKind } from '../model.ts';

const mostRetries = 5;
const baseDelay = 5_000;
const longestDelay = 300_000;
/** Milliseconds; nothing waits longer before it is tried again, whatever the provider asks for. */
export const longestWait = 3_600_000;

/** Retries per job for each kind that retries at all. */
const retriesByKind: Partial<Record<ErrorKind, number>> = {
  rate_limited: mostRetries,
  overloaded: 4,
  network: 4,
  server_error: 3,
  timeout: 2,
  malformed_response: 1,
  stream_truncated: 1,
};

/** A fault after which another answer may come, were it not that a person has already seen half of this one. */
export function isTransient({ kind, status }: ErrorInfo): boolean {
  return retriesByKind[kind] !== undefined || status === 409;
}

/** Retries a job gets for such failures. */
export function mostRetriesOf(error: ErrorInfo): number {
  if (error.status === 409) return 1;
  const most = retriesByKind[error.kind] ?? 0;
  return error.lasting ? Math.min(most, 1) : most;
}

/** @param attempts all so far, the failed one last */
export function mayRetry(error: ErrorInfo, attempts: readonly Attempt[]): boolean {
  const alike = attempts.filter((attempt) => attempt.error?.kind === error.kind).length;
  return attempts.length <= mostRetries && alike <= mostRetriesOf(error);
}

/**
 * Whole milliseconds to wait.
 * @param retry 0 for the first retry
 * @param random 0 … 1
 */
export function retryDelay(error: ErrorInfo, retry: number, random: number): number {
  const jitter = 0.5 + random;
  const own = Math.min(baseDelay * 2 ** retry * jitter, longestDelay);
  return Math.round(Math.max(Math.min(error.retryAfterMs ?? 0, longestWait), own));
}
