/** The store beside what it could have been: a bare append with fdatasync, and node:sqlite on a file. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openStore } from '../../client/store/open.ts';
import { encode } from '../../client/store/journal/record.ts';
import type { BenchRow } from './row.ts';
import { benchFolder, finished, opsOf, PlainSqlite, writeJournal } from './storeData.ts';
import type { StoreFigures } from './storeProcess.ts';

const executions = 100_000;
const puts = 500;
/** Of opening; the median counts. */
const runs = 3;

export async function bench(): Promise<BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-store-'));
  try {
    await writeJournal(join(directory, 'stores'), benchFolder, executions);
    const plain = new PlainSqlite(join(directory, 'plain.sqlite'));
    plain.fill(executions);
    plain.close();
    const rebuilt = await rebuild(directory);
    const opened = await openRows(directory);
    return [...(await putRows(directory)), rebuilt, ...opened];
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Opens without a snapshot; closing writes the one that the other measurements open from. */
async function rebuild(directory: string): Promise<BenchRow> {
  const start = performance.now();
  const store = await openStore({ directory: join(directory, 'stores'), folder: benchFolder });
  const ours = performance.now() - start;
  await store.close();
  return row('rebuild 100k from the journal', ours, undefined, 'ms');
}

/** The three take turns, so that whatever else the machine does hits them alike. */
async function putRows(directory: string): Promise<BenchRow[]> {
  const store = await openStore({ directory: join(directory, 'stores'), folder: benchFolder });
  const bare = await open(join(directory, 'bare'), 'a');
  const plain = new PlainSqlite(join(directory, 'plain.sqlite'));
  const times = { ours: [] as number[], bare: [] as number[], plain: [] as number[] };
  for (let i = 0; i < puts; i++) {
    const at = executions + i;
    const bytes = encode({ w: 'bench', n: i + 1, at: 1, ops: opsOf(at) });
    times.ours.push(await time(() => store.put(opsOf(at))));
    times.bare.push(
      await time(async () => {
        await bare.write(bytes);
        await bare.datasync();
      }),
    );
    times.plain.push(await time(async () => plain.put(finished(at))));
  }
  await bare.close();
  plain.close();
  await store.close();
  return [50, 95].flatMap((percent) => {
    const [ours, bare, plain] = [times.ours, times.bare, times.plain].map((all) =>
      percentile(all, percent),
    );
    return [
      row(`put p${percent} vs append + fdatasync`, ours!, bare, 'ms'),
      row(`put p${percent} vs node:sqlite`, ours!, plain, 'ms'),
    ];
  });
}

async function openRows(directory: string): Promise<BenchRow[]> {
  const ours: StoreFigures[] = [];
  const peers: StoreFigures[] = [];
  for (let i = 0; i < runs; i++) {
    ours.push(await measure('ours', directory));
    peers.push(await measure('peer', directory));
  }
  const compare = (
    name: string,
    unit: string,
    figure: (figures: StoreFigures) => number,
  ): BenchRow => {
    const [our, peer] = [ours, peers].map((all) => percentile(all.map(figure), 50));
    return row(name, our!, peer, unit);
  };
  return [
    compare('open 100k', 'ms', ({ open }) => open),
    compare('open 100k memory', 'MB', ({ memoryBytes }) => memoryBytes / 2 ** 20),
    compare('open 100k longest block', 'ms', ({ longestBlock }) => longestBlock),
    ...Object.keys(ours[0]!.pages).map((kind) =>
      compare(`list page p95 ${kind}`, 'ms', ({ pages }) => percentile(pages[kind]!, 95)),
    ),
    compare('body by id p95', 'ms', ({ bodies }) => percentile(bodies, 95)),
  ];
}

async function measure(side: 'ours' | 'peer', directory: string): Promise<StoreFigures> {
  const script = fileURLToPath(new URL('storeProcess.ts', import.meta.url));
  const args = ['--expose-gc', script, side, directory, String(executions)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as StoreFigures;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!;
}

function row(name: string, ours: number, peer: number | undefined, unit: string): BenchRow {
  return {
    bench: 'store',
    case: name,
    ours,
    peer,
    unit,
    ratio: peer === undefined ? undefined : ours / peer,
  };
}
