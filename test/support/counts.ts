/** What the suites of one run came to. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { results } from './paths.ts';

export interface Counts {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/** The file a suite leaves its counts in; emptied for a new run. */
export function countsFile(suite: string): string {
  mkdirSync(results, { recursive: true });
  const file = join(results, `${suite}.counts.json`);
  rmSync(file, { force: true });
  return file;
}

/** `undefined` when the suite did not get to its end. */
export function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}

export function add(all: readonly Counts[]): Counts {
  const sum = (pick: (counts: Counts) => number) => all.reduce((n, counts) => n + pick(counts), 0);
  return {
    passes: sum(({ passes }) => passes),
    failures: sum(({ failures }) => failures),
    pending: sum(({ pending }) => pending),
  };
}

/** e.g. `412 passed, 0 failed, 2 skipped`. */
export function closingLine({ passes, failures, pending }: Counts): string {
  const skipped = pending > 0 ? `, ${pending} skipped` : '';
  return `${passes} passed, ${failures} failed${skipped}`;
}
