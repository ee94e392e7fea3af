/**
 * One measurement in a process of its own, so that memory is its alone.
 * `node --expose-gc storeProcess.ts <ours|peer> <directory> <count>` prints its figures as JSON.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { openStore } from '../../client/store/open.ts';
import { benchFolder, idOf, PlainSqlite } from './storeData.ts';

/** Milliseconds, and bytes where it says so. */
export interface StoreFigures {
  readonly open: number;
  readonly memoryBytes: number;
  readonly longestBlock: number;
  readonly pages: readonly number[];
  readonly search: number;
  readonly bodies: readonly number[];
}

const [side, directory, count] = process.argv.slice(2) as ['ours' | 'peer', string, string];
const samples = 200;

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

/** V8 has compiled what it compiles in the background, and has given back what that took. */
async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 500);
  });
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

const template = (i: number): string | undefined => (i % 2 ? `template-${i % 40}` : undefined);
const offset = (i: number): number => (i % 2 ? (i * 13) % 1500 : (i * 251) % (Number(count) - 50));
const output = (i: number): string => idOf('output', (i * 7919) % Number(count));

async function ours(): Promise<StoreFigures> {
  const before = memory();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const start = performance.now();
  const store = await openStore({ directory: join(directory, 'stores'), folder: benchFolder });
  store.outputs.list();
  const open = performance.now() - start;
  await settled();
  loop.disable();
  const memoryBytes = memory() - before;
  const pages = await times((i) =>
    store.outputs.list({ template: template(i), offset: offset(i) }),
  );
  const from = performance.now();
  store.outputs.list({ text: 'no such words' });
  const search = performance.now() - from;
  const bodies = await times((i) => store.outputs.get(output(i)));
  await store.close();
  return { open, memoryBytes, longestBlock: loop.max / 1e6, pages, search, bodies };
}

async function peer(): Promise<StoreFigures> {
  const before = memory();
  const start = performance.now();
  const database = new PlainSqlite(join(directory, 'plain.sqlite'));
  database.page(undefined, 0);
  const open = performance.now() - start;
  await settled();
  const memoryBytes = memory() - before;
  const pages = await times((i) => database.page(template(i), offset(i)));
  const from = performance.now();
  database.search('no such words');
  const search = performance.now() - from;
  const bodies = await times((i) => database.body(output(i)));
  database.close();
  return { open, memoryBytes, longestBlock: open, pages, search, bodies };
}

console.log(JSON.stringify(await (side === 'ours' ? ours() : peer())));
