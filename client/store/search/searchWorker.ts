/** The worker of a search through all texts: its own bundle, one thread per search. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorCode } from '../faults.ts';
import { scanFile } from './scan.ts';
import type { Hit } from './scan.ts';

export interface SearchOrder {
  /** In the order to look at them. */
  readonly paths: readonly string[];
  /** In lower case. */
  readonly wanted: string;
}

/** Sent again and again; the last one says `done`. */
export interface SearchNews {
  readonly hits: readonly Hit[];
  /** Bytes read so far. */
  readonly read: number;
  /** Files that were gone: compacted meanwhile. */
  readonly missed: readonly string[];
  readonly done: boolean;
}

const mostHits = 200;
const newsMs = 40;

function search({ paths, wanted }: SearchOrder, send: (news: SearchNews) => void): void {
  const missed: string[] = [];
  let hits: Hit[] = [];
  let read = 0;
  let toldAt = performance.now();
  const tell = (done: boolean): void => {
    send({ hits, read, missed, done });
    hits = [];
    toldAt = performance.now();
  };
  for (const path of paths) {
    try {
      scanFile({
        path,
        wanted,
        onHit: (hit) => {
          hits.push(hit);
          if (hits.length >= mostHits) tell(false);
        },
        onRead: (bytes) => {
          read += bytes;
          if (performance.now() - toldAt > newsMs) tell(false);
        },
      });
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      missed.push(path);
    }
  }
  tell(true);
}

search(workerData as SearchOrder, (news) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(news);
});
