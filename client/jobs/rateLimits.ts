/** How much was sent with each credential in the last minute, and when its limits let the next request go. */
import type { Attempt, Credential, Job, RateLimits } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import type { Entry } from './place.ts';
import { estimatedTokens } from './tokens.ts';

const minute = 60_000;

interface Use {
  readonly at: number;
  readonly tokens: number;
}

/** Which limit holds a job back, and until when at least. */
export interface Limited {
  readonly limit: keyof RateLimits;
  /** Per minute. */
  readonly most: number;
  readonly until: number;
}

export class RateLedger {
  readonly #clock: Clock;
  #limits = new Map<string, RateLimits>();
  /** By credential, then by job and attempt: what is estimated first and reported later is counted once. */
  readonly #uses = new Map<string, Map<string, Use>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** No credential has a limit: nothing needs to be counted. */
  get isIdle(): boolean {
    return this.#limits.size === 0;
  }

  /** @returns true when a credential is limited now that was not */
  setLimits(credentials: readonly Credential[]): boolean {
    const before = this.#limits;
    this.#limits = new Map(
      credentials.flatMap(({ id, rateLimits }) =>
        rateLimits?.requestsPerMinute || rateLimits?.tokensPerMinute ? [[id, rateLimits]] : [],
      ),
    );
    return [...this.#limits.keys()].some((id) => !before.has(id));
  }

  /** `undefined`: it may be sent now, as far as its credential's limits are concerned. */
  check({ credential, tokens }: Pick<Entry, 'credential' | 'tokens'>): Limited | undefined {
    const limits = credential === undefined ? undefined : this.#limits.get(credential);
    if (credential === undefined || limits === undefined) return undefined;
    const uses = this.#recent(credential);
    const { requestsPerMinute, tokensPerMinute } = limits;
    const requests = requestsPerMinute && limited(uses, requestsPerMinute, 1, () => 1);
    // One that is larger than the limit could never go: it goes when nothing else has.
    const wanted = Math.min(tokens, tokensPerMinute ?? 0);
    const words = tokensPerMinute && limited(uses, tokensPerMinute, wanted, (use) => use.tokens);
    const found: Limited[] = [
      ...(requests
        ? [{ limit: 'requestsPerMinute', most: requestsPerMinute, until: requests } as const]
        : []),
      ...(words
        ? [{ limit: 'tokensPerMinute', most: tokensPerMinute, until: words } as const]
        : []),
    ];
    return found.sort((a, b) => b.until - a.until)[0];
  }

  /** It is about to be sent. */
  reserve({ attempt, credential, id, tokens }: Entry): void {
    this.#note(credential, `${id} ${attempt}`, { at: this.#clock.now(), tokens });
  }

  /** It was not sent after all. */
  cancel({ attempt, credential, id }: Entry): void {
    if (credential !== undefined) this.#uses.get(credential)?.delete(`${id} ${attempt}`);
  }

  /** Counts what a job says it has sent, instead of what was estimated before. */
  note(job: Job): void {
    if (this.isIdle) return;
    const { attempts, id, request, sent } = job;
    if (job.state === 'processing' && sent !== undefined) {
      const use = { at: sent.at, tokens: estimatedTokens(request) };
      this.#note(sent.credential, `${id} ${sent.attempt}`, use);
    }
    for (const attempt of attempts) {
      const use = { at: attempt.startedAt, tokens: tokensUsed(attempt, job) };
      this.#note(attempt.credential, `${id} ${attempt.number}`, use);
    }
  }

  #note(credential: string | undefined, key: string, use: Use): void {
    if (credential === undefined || !this.#limits.has(credential)) return;
    if (!isRecent(use, this.#clock.now())) return;
    const uses = this.#uses.get(credential) ?? new Map<string, Use>();
    uses.set(key, use);
    this.#uses.set(credential, uses);
  }

  /** Oldest first. */
  #recent(credential: string): Use[] {
    const uses = this.#uses.get(credential);
    if (uses === undefined) return [];
    const now = this.#clock.now();
    for (const [key, use] of uses) if (!isRecent(use, now)) uses.delete(key);
    return [...uses.values()].sort((a, b) => a.at - b.at);
  }
}

/** @returns when the oldest uses that are in the way will be a minute old; `undefined` when none are */
function limited(
  uses: readonly Use[],
  most: number,
  wanted: number,
  amount: (use: Use) => number,
): number | undefined {
  let over = uses.reduce((sum, use) => sum + amount(use), wanted) - most;
  for (const use of uses) {
    if (over <= 0) return undefined;
    over -= amount(use);
    if (over <= 0) return use.at + minute;
  }
  return undefined;
}

/** What lies in the future was noted before the clock was set back: it says nothing. */
function isRecent({ at }: Use, now: number): boolean {
  return at > now - minute && at <= now + minute;
}

/** A request that was answered with a refusal has used nothing. */
function tokensUsed({ error, usage }: Attempt, { request }: Job): number {
  if (usage !== undefined) return (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
  return error?.status === undefined ? estimatedTokens(request) : 0;
}
