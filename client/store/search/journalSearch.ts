/** Starts the worker that looks for a text in all of a journal. */
import { Worker } from 'node:worker_threads';
import type { Segments } from '../journal/segments.ts';
import type { Files } from '../ports.ts';
import type { Hit } from './scan.ts';
import type { SearchNews, SearchOrder } from './searchWorker.ts';

export interface JournalSearchOptions {
  readonly files: Files;
  readonly segments: Segments;
  /** The worker's file. */
  readonly worker: string;
}

export interface SearchListener {
  /** Called on the main thread for every so many hits, the newest files' first. */
  readonly onHits: (hits: readonly Hit[]) => void;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export class JournalSearch {
  readonly #options: JournalSearchOptions;

  constructor(options: JournalSearchOptions) {
    this.#options = options;
  }

  /** @param wanted in lower case. Resolves when all was looked at or the signal says so. @throws what the worker does */
  async run(wanted: string, listener: SearchListener, signal: AbortSignal): Promise<void> {
    let order = await this.#list();
    // What was compacted while it was waiting its turn is looked at again under its new name.
    for (let tries = 0; order.length > 0 && tries < 3 && !signal.aborted; tries++) {
      const paths = order.map(({ path }) => path);
      const total = order.reduce((sum, { size }) => sum + size, 0);
      const missed = await this.#work({ paths, wanted }, total, listener, signal);
      const gone = new Set(
        order.filter(({ path }) => missed.includes(path)).map(({ segment }) => segment),
      );
      order = gone.size > 0 ? (await this.#list()).filter(({ segment }) => gone.has(segment)) : [];
    }
  }

  /** The newest first. */
  async #list(): Promise<
    { readonly segment: number; readonly path: string; readonly size: number }[]
  > {
    const { files, segments } = this.#options;
    const list = [];
    for (const [segment, generation] of await segments.list()) {
      const path = segments.path(segment, generation);
      const size = await files.stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      list.push({ segment, path, size });
    }
    return list.reverse();
  }

  /** Answers the files that were gone. */
  async #work(
    workerData: SearchOrder,
    total: number,
    { onHits, onProgress }: SearchListener,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const worker = new Worker(this.#options.worker, { workerData });
    const ended = Promise.withResolvers<readonly string[]>();
    const stop = (): void => ended.resolve([]);
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', ({ done, hits, missed, read }: SearchNews) => {
      if (signal.aborted) return;
      if (hits.length > 0) onHits(hits);
      onProgress(total > 0 ? Math.min(1, read / total) : 1);
      if (done) ended.resolve(missed);
    });
    worker.on('error', ended.reject);
    worker.on('exit', () => ended.reject(new Error('The search ended early.')));
    try {
      if (signal.aborted) return [];
      return await ended.promise;
    } finally {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    }
  }
}
