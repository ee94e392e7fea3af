import type { Credentials } from '../credentials/credentials.ts';
import type { Credential, ErrorInfo, Job } from '../model.ts';
import type { Log } from '../providers/log.ts';
import type { Schedule } from './schedule.ts';

/** Spares the jobs that wait with the same credential what would happen to them too, until there is hope again. */
export class Halts {
  readonly #schedule: Schedule;
  readonly #credentials: Pick<Credentials, 'get'>;
  readonly #log: Log;

  constructor(schedule: Schedule, credentials: Pick<Credentials, 'get'>, log: Log) {
    this.#schedule = schedule;
    this.#credentials = credentials;
    this.#log = log;
  }

  /**
   * An attempt has failed.
   * @param credential as it was when the attempt asked for its key
   * @param runAt of the next attempt, if there is one
   */
  note(credential: Credential | undefined, error: ErrorInfo, runAt: number | undefined): void {
    if (credential === undefined) return;
    if (error.kind === 'rate_limited' && runAt !== undefined) {
      this.#schedule.halt(credential, error, runAt);
    }
    if (error.kind === 'auth') this.#schedule.halt(credential, error);
    // It may have been edited while the request was under way.
    this.review(credential.id);
  }

  /** A job of another window, or of before a restart: what its credential has to wait for counts here too. */
  async heardOf({ error, request, runAt, state }: Job): Promise<void> {
    const id = request.credential;
    if (state !== 'pending' || error?.kind !== 'rate_limited') return;
    if (id === undefined || runAt === undefined || this.#schedule.isHalted(id)) return;
    await this.#with(id, (now) => {
      if (now !== undefined) this.#schedule.halt(now, error, runAt);
    });
  }

  /** A credential has changed. Not every change is a reason to try again: noting that it was used is one too. */
  review(credential: string): void {
    if (!this.#schedule.isHalted(credential)) return;
    void this.#with(credential, (now) => this.#schedule.release(credential, now));
  }

  async #with(id: string, then: (now: Credential | undefined) => void): Promise<void> {
    try {
      then(await this.#credentials.get(id));
    } catch (error) {
      this.#log.warn(`Credential ${id} cannot be read: ${String(error)}`);
    }
  }
}
