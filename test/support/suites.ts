/** Runs a mocha suite of this Node in a process of its own. */
import { join } from 'node:path';
import { type Counts, countsFile, readCounts } from './counts.ts';
import { root } from './paths.ts';
import { childEnvironment, run } from './processes.ts';

export interface MochaSuite {
  readonly name: string;
  /** Mocha configuration below the checkout. */
  readonly config: string;
  readonly reporter: 'spec' | 'dot';
  /** Further arguments, as typed after `npm run … --`. */
  readonly args?: readonly string[];
}

/** @returns its counts; one failure when it broke down before its end. */
export async function runMocha({ name, config, reporter, args = [] }: MochaSuite): Promise<Counts> {
  const file = countsFile(name);
  const mocha = [
    join(root, 'node_modules/mocha/bin/mocha.js'),
    `--config=${join(root, config)}`,
    `--reporter=${join(root, 'test/support/reporter.ts')}`,
    '--forbid-only',
    ...args,
  ];
  const code = await run(process.execPath, mocha, {
    cwd: root,
    env: childEnvironment({
      PROMPT_WORKBENCH_COUNTS: file,
      PROMPT_WORKBENCH_REPORTER: reporter,
    }),
  });
  const counts = readCounts(file) ?? { passes: 0, failures: 1, pending: 0 };
  if (code === 0 || counts.failures > 0) return counts;
  console.error(`The ${name} suite ended with code ${code}.`);
  return { ...counts, failures: 1 };
}
