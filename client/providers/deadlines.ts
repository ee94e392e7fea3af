import type { Disposable } from '../model.ts';
import type { Clock } from './clock.ts';
import { type Fault, FaultError } from './fault.ts';

/** How long a provider may take, in milliseconds. No SDK watches a stream; this does. */
export interface Limits {
  /** Until the first byte of the answer's body. */
  readonly first: number;
  /** Between two bytes. Comments a server sends to keep the line open count. */
  readonly idle: number;
  readonly total: number;
}

/** Below Node's own 300 s for headers and between bytes, so that the message is ours. */
export const streamLimits: Limits = { first: 280_000, idle: 120_000, total: 3_600_000 };
export const listLimits: Limits = { first: 20_000, idle: 10_000, total: 30_000 };

/** One request's watch: its `signal` aborts when a limit is passed or when the caller's own signal aborts. */
export class Deadlines implements Disposable {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #startedAt: number;
  #lastByteAt: number | undefined;
  #timer: Disposable | undefined;

  constructor(clock: Clock, limits: Limits, caller: AbortSignal) {
    this.#clock = clock;
    this.#limits = limits;
    this.#caller = caller;
    this.#startedAt = clock.now();
    caller.addEventListener('abort', this.#cancel, { once: true });
    if (caller.aborted) this.#cancel();
    else this.#watch();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why `signal` aborted: the caller's wish or a passed limit. */
  get fault(): Fault | undefined {
    const reason: unknown = this.signal.reason;
    return reason instanceof FaultError ? reason.fault : undefined;
  }

  /** A byte has arrived. */
  touch(): void {
    const isFirst = this.#lastByteAt === undefined;
    this.#lastByteAt = this.#clock.now();
    if (!isFirst || this.signal.aborted) return;
    this.#timer?.dispose();
    this.#watch();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#caller.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = (): void => {
    this.#abort({ on: 'cancel' });
  };

  /** One timer for all limits, set anew when it rings: after the first, bytes only note the time. */
  #watch(): void {
    const next = this.#next();
    const wait = next.at - this.#clock.now();
    if (wait <= 0) this.#abort({ on: 'deadline', phase: next.phase, ms: this.#limits[next.phase] });
    else this.#timer = this.#clock.after(wait, () => this.#watch());
  }

  #next(): { readonly at: number; readonly phase: keyof Limits } {
    const total = { at: this.#startedAt + this.#limits.total, phase: 'total' } as const;
    const phase = this.#lastByteAt === undefined ? 'first' : 'idle';
    const at = (this.#lastByteAt ?? this.#startedAt) + this.#limits[phase];
    return at < total.at ? { at, phase } : total;
  }

  #abort(fault: Fault): void {
    this.dispose();
    this.#controller.abort(new FaultError(fault));
  }
}
