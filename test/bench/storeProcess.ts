/**
 * One measurement in a process of its own, so that memory is its alone.
 * `node --expose-gc storeProcess.ts <ours|peer> <directory> <count>` prints its figures as JSON.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { openStore } from '../../client/store/open.ts';
import type { OutputFilter } from '../../client/store/store.ts';
import { benchFolder, idOf, PlainSqlite } from './storeData.ts';

/** Milliseconds, and bytes where it says so. */
export interface StoreFigures {
  readonly open: number;
  readonly memoryBytes: number;
  readonly longestBlock: number;
  /** Of each kind of filter, each page. */
  readonly pages: Readonly<Record<string, readonly number[]>>;
  readonly bodies: readonly number[];
}

const [side, directory, count] = process.argv.slice(2) as ['ours' | 'peer', string, string];
const samples = 200;

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const grain = 20;
const steady = 1024 * 1024;

/** Bytes in use once V8 has compiled what it compiles in the background, and has given back what that took. */
async function settledMemory(): Promise<number> {
  let [lowest, rounds] = [memory(), 0];
  // Not less than before, five times in a row; a second at most.
  for (let same = 0; same < 5 && rounds < 50; rounds++) {
    await new Promise((resolve) => {
      setTimeout(resolve, grain);
    });
    const now = memory();
    same = now < lowest - steady ? 0 : same + 1;
    lowest = Math.min(lowest, now);
  }
  return lowest;
}

async function times(work: (i: number) => unknown): Promise<number[]> {
  const measured: number[] = [];
  for (let i = 0; i < samples; i++) {
    const start = performance.now();
    await work(i);
    measured.push(performance.now() - start);
  }
  return measured;
}

const output = (i: number): string => idOf('output', (i * 7919) % Number(count));

type Filter = Omit<OutputFilter, 'limit'>;

/** Each kind of filter with pages near and far. */
const filters: Readonly<Record<string, (i: number) => Filter>> = {
  'without filter': (i) => ({ offset: (i * 251) % (Number(count) - 50) }),
  'by template': (i) => ({ template: `template-${i % 40}`, offset: (i * 13) % 1500 }),
  'by model': (i) => ({ model: i % 2 ? 'gpt-5' : 'llama-4', offset: (i * 131) % 30_000 }),
  'by status': (i) => ({ status: i % 2 ? 'failed' : 'completed', offset: (i * 23) % 4500 }),
  'by rating': (i) => ({ rating: i % 2 ? 'up' : 'down', offset: (i * 41) % 9000 }),
  unrated: (i) => ({ rating: 'none', offset: (i * 397) % 80_000 }),
  'by status and rating': (i) => ({
    status: i % 2 ? 'failed' : 'completed',
    rating: i % 3 ? 'none' : 'down',
    offset: (i * 397) % (i % 6 === 4 ? 80_000 : 200),
  }),
  'by all of these': (i) => ({
    template: `template-${i % 40}`,
    model: 'gpt-5',
    status: 'completed',
    rating: i % 2 ? 'up' : 'none',
    offset: i % 40,
  }),
};

async function pagesOf(page: (filter: Filter) => unknown): Promise<StoreFigures['pages']> {
  const pages: Record<string, number[]> = {};
  for (const [name, filter] of Object.entries(filters)) {
    pages[name] = await times((i) => page(filter(i)));
  }
  return pages;
}

async function ours(): Promise<StoreFigures> {
  const before = memory();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const start = performance.now();
  const store = await openStore({ directory: join(directory, 'stores'), folder: benchFolder });
  store.outputs.list();
  const open = performance.now() - start;
  // A block that ends with the opening shows at the next turns only.
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  loop.disable();
  const memoryBytes = (await settledMemory()) - before;
  const pages = await pagesOf((filter) => store.outputs.list(filter));
  const bodies = await times((i) => store.outputs.get(output(i)));
  await store.close();
  return { open, memoryBytes, longestBlock: loop.max / 1e6, pages, bodies };
}

async function peer(): Promise<StoreFigures> {
  const before = memory();
  const start = performance.now();
  const database = new PlainSqlite(join(directory, 'plain.sqlite'));
  database.page({});
  const open = performance.now() - start;
  const memoryBytes = (await settledMemory()) - before;
  const pages = await pagesOf((filter) => database.page(filter));
  const bodies = await times((i) => database.body(output(i)));
  database.close();
  return { open, memoryBytes, longestBlock: open, pages, bodies };
}

console.log(JSON.stringify(await (side === 'ours' ? ours() : peer())));
