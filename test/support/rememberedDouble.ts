import type { Context } from '../../client/model.ts';

/** Remembered values in memory, and when they were written. */
export class RememberedDouble {
  readonly kept: Context[] = [];
  #values: Context;

  constructor(values: Context = {}) {
    this.#values = values;
  }

  async read(): Promise<Context> {
    return this.#values;
  }

  async keep(_slug: string, values: Context): Promise<void> {
    this.kept.push(values);
    this.#values = values;
  }
}
