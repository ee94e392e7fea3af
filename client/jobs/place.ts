/** What the queue needs to know of a job to decide when it runs; the job itself stays in the store. */
import type { ErrorInfo, Job, Priority } from '../model.ts';
import { estimatedTokens } from './tokens.ts';

export interface Entry {
  readonly id: string;
  readonly provider: string;
  /** Credential id. */
  readonly credential: string | undefined;
  readonly priority: Priority;
  /** When a person moved it to the front: the last one moved comes before all others. */
  readonly front?: number;
  readonly queuedAt: number;
  /** Number of the attempt it waits for; the first is 1. */
  readonly attempt: number;
  /** What it will use of a limit of tokens, as far as can be told before it is sent. */
  readonly tokens: number;
  /** Retries so far, why, and until when the next one waits. */
  readonly retry?: { readonly count: number; readonly error: ErrorInfo; readonly at: number };
}

export interface Place extends Entry {
  /** Counts up: first in, first out. */
  readonly order: number;
  /** A delayed one waits for a retry, a halted one for its credential, one lined up for its turn. */
  readonly state: 'delayed' | 'halted' | 'lined up' | 'running';
}

export function entryOf(job: Job): Entry {
  const { attempts, error, front, id, priority, queuedAt, request, runAt } = job;
  const waits = runAt !== undefined && error !== undefined;
  return {
    id,
    provider: request.provider,
    credential: request.credential,
    priority,
    queuedAt,
    attempt: attempts.length + 1,
    tokens: estimatedTokens(request),
    ...(front !== undefined && { front }),
    ...(waits && { retry: { count: attempts.length, error, at: runAt } }),
  };
}

const ranks: Readonly<Record<Priority, number>> = { high: 0, default: 1, low: 2 };

/** Negative when `a` runs first. */
export function byTurn(a: Place, b: Place): number {
  return (
    (b.front ?? 0) - (a.front ?? 0) || ranks[a.priority] - ranks[b.priority] || a.order - b.order
  );
}

/** The one whose retry is due first comes first. */
export function byRetry(a: Place, b: Place): number {
  return (a.retry?.at ?? 0) - (b.retry?.at ?? 0) || a.order - b.order;
}
