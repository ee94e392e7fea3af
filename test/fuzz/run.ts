/**
 * `npm run fuzz -- [--cases N] [--seed S] [--json FILE]`: tries every property of the language, N cases in all
 * (100,000), the properties side by side in processes of their own. Prints a table; exit code 1 on a failure.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import PQueue from 'p-queue';
import { properties } from './properties.ts';
import { type Tally, tryOut } from './property.ts';

interface Row extends Tally {
  readonly property: string;
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    json: { type: 'string' },
    /** Of the processes this one starts: the property they try. */
    only: { type: 'string' },
  },
});
const cases = Number(values.cases);
const seed = Number(values.seed);
if (!Number.isSafeInteger(cases) || cases <= 0 || !Number.isSafeInteger(seed)) {
  console.error('--cases takes a number greater than 0, and --seed a whole number.');
  process.exit(2);
}

const here = fileURLToPath(import.meta.url);

async function inItsOwnProcess(index: number): Promise<Tally> {
  const given = ['--only', String(index), '--cases', String(cases), '--seed', String(seed)];
  const { stdout } = await promisify(execFile)(process.execPath, [here, ...given], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Tally;
}

function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ property }) => property.length));
  const line = (...[name, ...figures]: readonly string[]): string =>
    [name!.padEnd(width), ...figures.map((figure) => figure.padStart(10))].join('  ');
  console.log(line('property', 'cases', 'telling', 'failures'));
  for (const { cases: done, failure, property, telling } of rows) {
    console.log(line(property, `${done}`, `${telling}`, failure === undefined ? '0' : '1'));
  }
  const sum = rows.reduce((total, row) => total + row.cases, 0);
  const failed = rows.filter(({ failure }) => failure !== undefined);
  for (const { failure, property } of failed) console.error(`\n${property}:\n${failure}`);
  console.log(`\n${sum} cases, ${failed.length} failed, seed ${seed}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function all(): Promise<void> {
  const queue = new PQueue({ concurrency: availableParallelism() });
  const rows = await queue.addAll(
    properties.map(({ name }, index) => async (): Promise<Row> => ({
      property: name,
      ...(await inItsOwnProcess(index)),
    })),
  );
  print(rows);
  if (values.json) await writeFile(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
}

const chosen = values.only === undefined ? undefined : properties[Number(values.only)];
if (chosen === undefined) await all();
else console.log(JSON.stringify(tryOut(chosen, Math.ceil(cases / properties.length), seed)));
