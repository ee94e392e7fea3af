/**
 * `npm run bench -- [lsp|activation|store|history|queue …] [--json FILE]`: measures the built extension against its peers on
 * this machine, in this run, and prints a table. Names of benches come without dashes; none means all.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { build } from '../support/package.ts';
import { table } from '../support/table.ts';
import type { BenchRow } from './row.ts';

interface Bench {
  bench(): Promise<BenchRow[]>;
}

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  lsp: () => import('./lsp.ts'),
  activation: () => import('./activation.ts'),
  store: () => import('./store.ts'),
  history: () => import('./history.ts'),
  queue: () => import('./queue.ts'),
};

/** Three significant digits, and never an exponent. */
function number(value: number | undefined): string {
  if (value === undefined) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  });
}

function cells(row: BenchRow): string[] {
  const ratio = row.ratio === undefined ? '–' : `${number(row.ratio)} ×`;
  return [row.bench, row.case, number(row.ours), number(row.peer), row.unit, ratio];
}

function chosen(names: readonly string[]): string[] {
  const unknown = names.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    throw new Error(
      `There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`,
    );
  }
  return names.length > 0 ? [...names] : Object.keys(benches);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
try {
  const names = chosen(positionals);
  console.log('Building …');
  await build();
  const rows: BenchRow[] = [];
  for (const name of names) {
    console.log(`Measuring ${name} …`);
    rows.push(...(await (await benches[name]!()).bench()));
  }
  const head = ['bench', 'case', 'ours', 'peer', 'unit', 'ratio'];
  console.log(`\n${table([head, ...rows.map(cells)], [2, 3, 5])}`);
  console.log('\nratio = ours ÷ peer, on this machine in this run; below 1 is less than the peer.');
  if (values.json) await writeFile(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
