import { dirname, extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Problem } from './language/problems.ts';
import type { RenderInput, Rendered } from './language/render.ts';
import type { Run } from './language/trace.ts';
import type { RenderOrder, RenderReply } from './renderWorker.ts';

/** Fits the cancellation tokens of the protocol. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** `problem`: why nothing could be rendered although the template has no error; `messages` is empty then. */
export interface RenderOutcome extends Rendered {
  readonly problem?: Problem;
}

export interface RenderLimits {
  /** For a small template, in milliseconds; a large one is given more, in proportion to its size. */
  readonly time: number;
  /** In megabytes. */
  readonly memory: number;
}

const defaultLimits: RenderLimits = { time: 500, memory: 256 };

/** Characters of template and values that one more millisecond is given for. */
const charactersPerMillisecond = 200;

const nothing: RenderOutcome = { messages: [], missing: [] };

const tooLong =
  'It took too long. A loop over a loop, or a partial that calls itself, may be endless.';
const tooLarge = 'It took too much memory. A loop over a loop may be endless.';
const notStarted = 'The renderer could not be started.';

/** The worker's file beside the entry file of a running server: `dist/server.cjs` or `server/main.ts`. */
export function workerBeside(entry: string): string {
  return join(dirname(entry), `renderWorker${extname(entry)}`);
}

interface Job extends RenderOrder {
  readonly settle: (outcome: RenderOutcome) => void;
}

/**
 * Renders in a worker thread, one after the other. A render that takes too long or too much memory is killed with
 * its worker, and the next one gets a new worker.
 */
export class RenderHost {
  readonly #file: string | URL;
  readonly #limits: RenderLimits;
  #worker: Worker | undefined;
  /** The worker has loaded: the time of a render is not spent on that. */
  #ready = false;
  #queue: Job[] = [];
  #running: { readonly job: Job; readonly timer: NodeJS.Timeout } | undefined;
  #lastId = 0;

  constructor(workerFile: string | URL, limits: Partial<RenderLimits> = {}) {
    this.#file = workerFile;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** Starts the worker ahead of the first render. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  /**
   * Never rejects. A cancelled render answers no messages; when it was already running, it is killed so that the next
   * one need not wait.
   */
  render(input: RenderInput, cancellation?: Cancellation): Promise<RenderOutcome> {
    return this.#order(input, false, cancellation);
  }

  /**
   * Where the messages of a render come from: for each its runs, or `undefined` where that is not known for certain.
   * It is a render of its own, with limits of its own, that what it costs takes nothing from the first.
   */
  async trace(
    input: RenderInput,
    { messages }: Rendered,
    cancellation?: Cancellation,
  ): Promise<(readonly Run[] | undefined)[]> {
    const traced = await this.#order(input, true, cancellation);
    const alike = traced.messages.length === messages.length;
    return messages.map(({ content }, index) => {
      const other = alike ? traced.messages[index] : undefined;
      return other?.content === content ? other.runs : undefined;
    });
  }

  #order(
    input: RenderInput,
    traced: boolean,
    cancellation: Cancellation | undefined,
  ): Promise<RenderOutcome> {
    if (cancellation?.isCancellationRequested) return Promise.resolve(nothing);
    return new Promise((resolve) => {
      const id = ++this.#lastId;
      const listener = cancellation?.onCancellationRequested(() => this.#cancel(id));
      const settle = (outcome: RenderOutcome): void => {
        listener?.dispose();
        resolve(outcome);
      };
      this.#queue.push({ id, input, traced, settle });
      this.#next();
    });
  }

  /** Ends the worker; renders under way answer no messages. */
  dispose(): void {
    this.#kill();
    this.#abandon(nothing);
  }

  #next(): void {
    if (this.#running) return;
    if (this.#queue.length === 0) {
      // A process that has nothing else to do may end.
      this.#worker?.unref();
      return;
    }
    this.warm();
    this.#worker?.ref();
    const job = this.#ready ? this.#queue.shift() : undefined;
    if (!job) return;
    const { id, input, traced } = job;
    const timer = setTimeout(() => this.#stop(failed(tooLong)), this.#timeFor(input));
    this.#running = { job, timer };
    try {
      this.#worker?.postMessage({ id, input, traced } satisfies RenderOrder);
    } catch {
      this.#finish(failed('Its values are not plain data.'));
    }
  }

  #timeFor({ text, partials, context }: RenderInput): number {
    const size = text.length + JSON.stringify([partials, context]).length;
    return this.#limits.time + size / charactersPerMillisecond;
  }

  #start(): Worker {
    const worker = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.memory },
      // Nothing it prints may get into the protocol on the standard output.
      stdout: true,
      stderr: true,
    });
    worker.on('message', (reply: RenderReply) => this.#reply(reply));
    worker.on('error', (error: Error & { code?: string }) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#lost(worker, failed(full ? tooLarge : notStarted));
    });
    worker.on('exit', () => this.#lost(worker, failed(notStarted)));
    worker.unref();
    return worker;
  }

  #reply(reply: RenderReply): void {
    if ('ready' in reply) {
      this.#ready = true;
      return this.#next();
    }
    if (this.#running?.job.id !== reply.id) return;
    this.#finish('rendered' in reply ? reply.rendered : failed(reply.failure));
  }

  #finish(outcome: RenderOutcome): void {
    const running = this.#running;
    this.#running = undefined;
    clearTimeout(running?.timer);
    running?.job.settle(outcome);
    this.#next();
  }

  /** Kills what is running. */
  #stop(outcome: RenderOutcome): void {
    this.#kill();
    this.#finish(outcome);
  }

  #cancel(id: number): void {
    if (this.#running?.job.id === id) return this.#stop(nothing);
    const waiting = this.#queue.find((job) => job.id === id);
    this.#queue = this.#queue.filter((job) => job !== waiting);
    waiting?.settle(nothing);
  }

  #kill(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = false;
    void worker?.terminate();
  }

  /** The worker ended by itself. One that does not even start is not started again for those who wait. */
  #lost(worker: Worker, outcome: RenderOutcome): void {
    if (this.#worker !== worker) return;
    const started = this.#ready;
    this.#kill();
    if (started) this.#finish(outcome);
    else this.#abandon(outcome);
  }

  #abandon(outcome: RenderOutcome): void {
    const waiting = this.#queue;
    this.#queue = [];
    this.#finish(outcome);
    for (const job of waiting) job.settle(outcome);
  }
}

function failed(cause: string): RenderOutcome {
  const span = { start: 0, end: 0 };
  const message = `This could not be rendered. ${cause}`;
  return { ...nothing, problem: { code: 'render-failed', severity: 'error', span, message } };
}
