/** What a long history costs whoever works meanwhile: blocks of the event loop, searches, giving up. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from './row.ts';
import { benchFolder, PlainSqlite, writeJournal } from './storeData.ts';
import type { HistoryFigures } from './historyProcess.ts';

const executions = 100_000;

export async function bench(): Promise<BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-history-'));
  try {
    await writeJournal(join(directory, 'stores'), benchFolder, executions);
    const { blocks, searches } = await measure(directory);
    const plain = plainSearches(directory, Object.keys(searches));
    return [
      ...Object.entries(blocks).map(([what, ms]) => row(`longest block: ${what}`, ms)),
      ...Object.entries(searches).map(([what, ms]) => row(what, ms, plain[what])),
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** In a process of its own, with nobody else's rubbish to collect. */
async function measure(directory: string): Promise<HistoryFigures> {
  const script = fileURLToPath(new URL('historyProcess.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, directory]);
  return JSON.parse(stdout) as HistoryFigures;
}

/** LIKE over the same texts, for what is searched in previews. */
function plainSearches(directory: string, names: readonly string[]): Record<string, number> {
  const plain = new PlainSqlite(join(directory, 'plain.sqlite'));
  plain.fill(executions);
  const texts: Readonly<Record<string, string>> = {
    'text filter p95': 'no such words',
    'text filter, nothing found p95': 'no such words',
  };
  const times = names.flatMap((name) => {
    const text = texts[name];
    if (text === undefined) return [];
    const start = performance.now();
    plain.search(text);
    return [[name, performance.now() - start] as const];
  });
  plain.close();
  return Object.fromEntries(times);
}

function row(name: string, ours: number, peer?: number): BenchRow {
  const ratio = peer === undefined ? undefined : ours / peer;
  return { bench: 'history', case: name, ours, peer, unit: 'ms', ratio };
}
