import type { PageChannel } from '../../client/panels/channel.ts';
import type { PageContract } from '../../client/panels/protocol.ts';

type Requests<C extends PageContract> = C['requests'];

/** Asks the extension on behalf of a person, and keeps why the last wish could not be fulfilled. */
export class Wishes<C extends PageContract> {
  readonly #channel: PageChannel<C>;
  readonly #changed: () => void;
  #failure: string | undefined;

  constructor(channel: PageChannel<C>, changed: () => void) {
    this.#channel = channel;
    this.#changed = changed;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** The person has read it, or has moved on. */
  forget(): void {
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#changed();
  }

  /** @returns whether it worked, with the result. */
  async ask<M extends keyof Requests<C> & string>(
    method: M,
    params: Requests<C>[M]['params'],
  ): Promise<
    { readonly ok: true; readonly result: Requests<C>[M]['result'] } | { readonly ok: false }
  > {
    this.forget();
    try {
      return { ok: true, result: await this.#channel.request(method, params) };
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      this.#changed();
      return { ok: false };
    }
  }
}
