/** Tries faults one after the other and says what each came to. */
import { type Fault, holds, type Row, type Trial } from './fault.ts';
import { randomOf } from './random.ts';
import { Stage } from './stage.ts';
import { Tally } from './tally.ts';

export interface SuiteOptions {
  readonly faults: readonly Fault[];
  readonly short: boolean;
  readonly seed: string;
  readonly say: (line: string) => void;
}

export async function tryAll({ faults, say, seed, short }: SuiteOptions): Promise<Row[]> {
  const stage = await Stage.set();
  const rows: Row[] = [];
  try {
    for (const fault of faults) {
      const tally = new Tally();
      const random = randomOf(`${seed} ${fault.name}`);
      const times: Trial['times'] = (full, few) => (short ? few : full);
      const row = await tryOne(fault, { stage, tally, random, times });
      say(line(row));
      rows.push(row);
    }
  } finally {
    await stage.strike();
  }
  return rows;
}

/** A fault that breaks the suite itself is a broken promise too. */
async function tryOne(fault: Fault, trial: Trial): Promise<Row> {
  const started = performance.now();
  const skipped = fault.missing?.();
  const { tally } = trial;
  if (skipped === undefined) {
    await fault.run(trial).catch((error: unknown) => {
      tally.break(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    if (tally.runs === 0) tally.break('it was never brought about');
  }
  const { acknowledged, broken, doubled, lost, note, runs } = tally;
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return {
    fault: fault.name,
    promise: fault.promise,
    runs,
    acknowledged,
    lost,
    doubled,
    broken,
    note,
    skipped,
    seconds,
  };
}

function line(row: Row): string {
  if (row.skipped !== undefined) return `–  ${row.fault}: skipped, ${row.skipped}`;
  const note = row.note === undefined ? '' : ` (${row.note})`;
  const result = holds(row) ? '✓' : '✗';
  const broken = row.broken.map((what) => `\n   ${what}`).join('');
  return `${result}  ${row.fault}: ${row.promise}${note} ${row.seconds} s${broken}`;
}
