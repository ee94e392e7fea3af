/**
 * `npm run faults -- [--short] [--only NAME …] [--seed S] [--json FILE]`: brings about every fault the history and the
 * queue must survive, in windows of their own that run the built code, and counts what was lost or done twice.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Counts } from '../support/counts.ts';
import { table } from '../support/table.ts';
import { type Fault, holds, type Row } from './fault.ts';
import { faults } from './list.ts';
import { tryAll } from './suite.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'string' },
  },
});

function chosen(): readonly Fault[] {
  const { only, short } = values;
  const unknown = only?.filter((name) => !faults.some((fault) => fault.name === name)) ?? [];
  if (unknown.length > 0) {
    const names = faults.map(({ name }) => name).join(', ');
    throw new Error(`There is no fault ${unknown.join(', ')}. There are: ${names}.`);
  }
  if (only) return faults.filter(({ name }) => only.includes(name));
  return short ? faults.filter((fault) => fault.short) : faults;
}

function cells({ acknowledged, doubled, fault, lost, runs, seconds, skipped }: Row): string[] {
  if (skipped !== undefined) return [fault, 'skipped', '', '', '', ''];
  return [
    fault,
    ...[runs, acknowledged, lost, doubled, seconds].map((figure) => figure.toLocaleString('en-US')),
  ];
}

function countsOf(rows: readonly Row[]): Counts {
  const pending = rows.filter(({ skipped }) => skipped !== undefined).length;
  const failures = rows.filter((row) => !holds(row)).length;
  return { passes: rows.length - pending - failures, failures, pending };
}

try {
  const { seed, short } = values;
  const only = chosen();
  console.log(`Seed ${seed}`);
  const rows = await tryAll({ faults: only, short, seed, say: console.log });
  const head = ['fault', 'runs', 'acknowledged', 'lost', 'doubled', 'seconds'];
  console.log(`\n${table([head, ...rows.map(cells)], [1, 2, 3, 4, 5])}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  const counts = process.env['PROMPT_WORKBENCH_COUNTS'];
  if (counts) writeFileSync(counts, JSON.stringify(countsOf(rows)));
  process.exitCode = rows.every(holds) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
