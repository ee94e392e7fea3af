import type { Port } from '../../client/panels/channel.ts';
import type { Disposable } from '../../client/model.ts';

/** The two ends of a line, as a page and its host have them: what one posts is cloned and arrives at the other later. */
export class PortPair {
  readonly page: Port;
  readonly host: Port;
  readonly #pageListeners = new Set<(message: unknown) => void>();
  readonly #hostListeners = new Set<(message: unknown) => void>();
  #underWay: Promise<void> = Promise.resolve();

  constructor() {
    this.page = this.#end(this.#hostListeners, this.#pageListeners);
    this.host = this.#end(this.#pageListeners, this.#hostListeners);
  }

  /** Everything posted so far has arrived, and what was posted in answer to it. */
  async quiet(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#underWay) {
      seen = this.#underWay;
      await seen;
      // The answer to what has just arrived is posted some turns later.
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  }

  #end(there: Set<(message: unknown) => void>, here: Set<(message: unknown) => void>): Port {
    return {
      post: (message) => {
        const copy: unknown = structuredClone(message);
        this.#underWay = this.#underWay.then(() => {
          for (const listener of there) listener(copy);
        });
      },
      onMessage: (listener): Disposable => {
        here.add(listener);
        return { dispose: () => here.delete(listener) };
      },
    };
  }
}
