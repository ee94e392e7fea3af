/** What has happened to a job so far, in one line. Pure. */
import type { Attempt, ErrorKind } from '../../model.ts';

/**
 * E.g. `Work: rate limit (429) → waited 7.0 s → Work: answered after 1.2 s`.
 * @param nameOf what a person calls the credential with this id
 */
export function attemptChain(
  attempts: readonly Attempt[],
  nameOf: (credential: string) => string,
): string {
  const links = attempts.flatMap((attempt, index) => {
    const before = attempts[index - 1];
    const waited = before && attempt.startedAt - (before.startedAt + before.durationMs);
    const wait = waited === undefined || waited < 1000 ? [] : [`waited ${seconds(waited)}`];
    return [...wait, `${whoOf(attempt, nameOf)}: ${howItEnded(attempt)}`];
  });
  return links.join(' → ');
}

function whoOf({ credential, provider }: Attempt, nameOf: (credential: string) => string): string {
  return credential === undefined ? provider : nameOf(credential);
}

function howItEnded({ durationMs, error }: Attempt): string {
  if (error === undefined) return `answered after ${seconds(durationMs)}`;
  const { code, kind, status } = error;
  const detail = status ?? code;
  const what = nouns[kind] ?? 'failed';
  return detail === undefined ? what : `${what} (${detail})`;
}

const nouns: Partial<Record<ErrorKind, string>> = {
  auth: 'key refused',
  permission: 'not allowed',
  model_not_found: 'no such model',
  endpoint_not_found: 'nothing there',
  invalid_request: 'request refused',
  rate_limited: 'rate limit',
  quota_exhausted: 'no budget left',
  overloaded: 'overloaded',
  server_error: 'server error',
  timeout: 'timeout',
  network: 'not reached',
  content_filtered: 'declined',
  cancelled: 'cancelled',
  malformed_response: 'malformed answer',
  stream_truncated: 'cut off',
};

/** e.g. `0.8 s`, `12 s`, `3 min 5 s`. */
export function seconds(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
