/** Remembers which jobs were acknowledged to windows, and holds the history to it. */
import type { Job, JobState } from '../../client/model.ts';
import type { Store } from '../../client/store/store.ts';
import { answerTo, type Loopback } from './loopback.ts';
import { folder } from './ledger.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

export class JobLedger {
  readonly #tally: Tally;
  readonly #loopback: Loopback;
  /** By id, the number of its prompt. */
  readonly #queued = new Map<string, number>();
  readonly #ended = new Map<string, string>();

  constructor(tally: Tally, loopback: Loopback) {
    this.#tally = tally;
    this.#loopback = loopback;
  }

  get ended(): number {
    return this.#ended.size;
  }

  /** A line of a window with a queue. */
  readonly note = (line: string): void => {
    const [word, id = '', more = ''] = line.split(' ');
    if (word === 'ended') this.#ended.set(id, more);
    if (word !== 'queued' || id === 'all') return;
    this.#queued.set(id, Number(more));
    this.#tally.acknowledged += 1;
  };

  /**
   * After some window has taken up what was left: every job is there, has ended, and as was told.
   * @returns by job id, its state
   */
  async checkAt(stage: Stage, directory: string): Promise<ReadonlyMap<string, JobState>> {
    const store = await stage.product.openStore({ directory, folder });
    const states = new Map<string, JobState>();
    try {
      const rows = await store.jobs.list(undefined, { limit: 1_000_000 });
      const jobs = new Map(rows.map(({ value }) => [value.id, value]));
      for (const [id, prompt] of this.#queued) {
        if (!jobs.has(id)) this.#tally.lose(`job ${id} (prompt ${prompt})`);
      }
      for (const job of jobs.values()) {
        states.set(job.id, job.state);
        await this.#check(store, job);
      }
    } finally {
      await store.close();
    }
    return states;
  }

  async #check(store: Store, job: Job): Promise<void> {
    const { executionId, id, outputId, request, state } = job;
    const prompt = Number(request.messages[0]!.content);
    if (state === 'pending' || state === 'processing') {
      this.#tally.lose(`job ${id} (prompt ${prompt}) is ${state} and forgotten`);
      return;
    }
    const told = this.#ended.get(id);
    // An answer that comes after all is better than the guess that it would not.
    const improved = told === 'interrupted' && state === 'completed';
    if (told !== undefined && told !== state && !improved) {
      this.#tally.lose(`job ${id} was told to be ${told} and is ${state}`);
    }
    const [output, execution] = [
      await store.outputs.get(outputId),
      await store.executions.get(executionId),
    ];
    const states = [output?.value.status, execution?.value.status];
    if (states.some((other) => other !== state)) {
      this.#tally.lose(`job ${id} is ${state}, its output and execution ${states.join(' and ')}`);
    }
    if (state !== 'completed') return;
    if (output?.value.text !== answerTo(prompt)) this.#tally.lose(`the answer to prompt ${prompt}`);
    if (!this.#loopback.wasSent(prompt))
      this.#tally.break(`prompt ${prompt} is answered, but was never sent`);
  }
}
