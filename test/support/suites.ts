/** Runs a suite in a process of its own, under this Node. */
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
export function runMocha({ name, config, reporter, args = [] }: MochaSuite): Promise<Counts> {
  const mocha = [
    join(root, 'node_modules/mocha/bin/mocha.js'),
    `--config=${join(root, config)}`,
    `--reporter=${join(root, 'test/support/reporter.ts')}`,
    '--forbid-only',
    ...args,
  ];
  return runCounted(name, mocha, { PROMPT_WORKBENCH_REPORTER: reporter });
}

/** The short form. @returns as `runMocha`; what cannot be brought about on this machine is pending */
export function runFaults(): Promise<Counts> {
  return runCounted('faults', [join(root, 'test/faults/run.ts'), '--short']);
}

async function runCounted(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Counts> {
  const file = countsFile(name);
  const code = await run(process.execPath, args, {
    cwd: root,
    env: childEnvironment({ PROMPT_WORKBENCH_COUNTS: file, ...environment }),
  });
  const counts = readCounts(file) ?? { passes: 0, failures: 1, pending: 0 };
  if (code === 0 || counts.failures > 0) return counts;
  console.error(`The ${name} suite ended with code ${code}.`);
  return { ...counts, failures: 1 };
}
