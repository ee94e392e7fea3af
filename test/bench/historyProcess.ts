/**
 * Opens a history, searches, compacts, verifies and exports it, and says what its window felt of that.
 * `node historyProcess.ts <directory>` prints its figures as JSON.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../client/store/open.ts';
import type { OutputFinding, Store } from '../../client/store/store.ts';
import { benchFolder, idOf, opsOf } from './storeData.ts';

/** Milliseconds. */
export interface HistoryFigures {
  readonly blocks: Readonly<Record<string, number>>;
  readonly searches: Readonly<Record<string, number>>;
}

const [directory = ''] = process.argv.slice(2);
const executions = 100_000;
const searchWorker = fileURLToPath(
  new URL('../../client/store/search/searchWorker.ts', import.meta.url),
);
const blocks: Record<string, number> = {};
const searches: Record<string, number> = {};

/** The longest time in which nobody else had a turn: by Node's own account, and by a timer that is to come every millisecond. */
async function watched<T>(what: string, work: () => Promise<T>): Promise<T> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  loop.enable();
  try {
    return await work();
  } finally {
    // A block that ends with the work shows at the next turns only.
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    loop.disable();
    clearInterval(timer);
    blocks[what] = Math.max(longest, loop.max / 1e6);
  }
}

function open(): Promise<Store> {
  return openStore({ directory: join(directory, 'stores'), folder: benchFolder, searchWorker });
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]!;
}

/** As the Outputs panel does: the first page, then something else. */
async function firstPage(store: Store, text: string): Promise<OutputFinding> {
  const finding = store.outputs.find({ text });
  await finding.firstPage;
  finding.page(0, 50);
  finding.cancel();
  return finding;
}

async function textFilter(store: Store): Promise<void> {
  const rare = 'no such words';
  // Held, as the panel does while there is a text in its field.
  let held: OutputFinding | undefined;
  searches['text filter, the first'] = await time(async () => {
    held = await firstPage(store, rare);
  });
  const typed = Array.from(rare, (_, i) => rare.slice(0, i + 1));
  const texts = [...typed, 'template 7', 'gpt-5-mini', 'that is for', 'zebra', 'größe'];
  const nothing: number[] = [];
  const any: number[] = [];
  for (let round = 0; round < 12; round++) {
    for (const text of texts) {
      any.push(
        await time(async () => {
          held = await firstPage(store, text);
        }),
      );
    }
    nothing.push(
      await time(async () => {
        held = await firstPage(store, `${rare} ${round}`);
      }),
    );
  }
  await held?.ended;
  searches['text filter p95'] = p95(any);
  searches['text filter, nothing found p95'] = p95(nothing);
}

/** The words stand far down in the answers, where no preview reaches. */
async function fullText(store: Store, words: string): Promise<void> {
  const start = performance.now();
  const finding = store.outputs.find({ text: words });
  const first = Promise.withResolvers<number>();
  const listening = finding.onDidChange(() => {
    if (finding.state.found > 0) first.resolve(performance.now() - start);
  });
  void finding.ended.then(() => first.resolve(Number.NaN));
  searches['full text, first hits'] = await first.promise;
  await finding.ended;
  searches['full text, all 100k'] = performance.now() - start;
  listening.dispose();
  const other = store.outputs.find({ text: `${words} and so on` });
  await other.firstPage;
  await new Promise((resolve) => {
    setTimeout(resolve, 150);
  });
  searches['full text, from cancel to stopped'] = await time(() => {
    other.cancel();
    return other.ended;
  });
}

/** Far down in the answers of many, and in the first 200 characters of none. */
async function farDown(store: Store): Promise<string> {
  for (let i = 0; ; i += 37) {
    const { text } = (await store.outputs.get(idOf('output', i)))!.value;
    const words = text.slice(600, 640);
    const finding = store.outputs.find({ text: words });
    await finding.ended;
    const [newest] = finding.page(0, 1);
    const isRare = finding.state.found < 400;
    if (newest && isRare && !finding.page(0, 400).some(({ preview }) => preview.includes(words)))
      return words;
    if (i > 3000) return words;
  }
}

await watched('making the index from the journal', async () => (await open()).close());
const store = await watched('opening', open);
try {
  const words = await farDown(store);
  await watched('text filter', () => textFilter(store));
  await watched('full-text search', () => fullText(store, words));
  await watched('verifying', () => store.maintenance.verify());
  const write = async (): Promise<void> => undefined;
  await watched('exporting', () =>
    store.maintenance.export({ format: 'jsonl', filter: {}, write }),
  );
  // Every other of the older half is superseded, so that there is something to compact.
  for (let i = 0; i < executions / 2; i += 500) {
    const ops = Array.from({ length: 500 }, (_, j) => opsOf(i + j)).flat();
    const even = ops.filter((_, j) => Math.floor(j / 3) % 8 !== 0);
    await store.put(even.map(([table, id, , value]) => [table, id, 2, value] as (typeof ops)[0]));
  }
  await watched('compacting', () => store.maintenance.compact());
} finally {
  await store.close();
}
console.log(JSON.stringify({ blocks, searches } satisfies HistoryFigures));
