/** Mocha inside VS Code's extension host: `run` is what VS Code calls when it is started to test. */
import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Tells our lines from all that VS Code itself writes to the console. */
const mark = '│';
Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
  for (const line of format(...args).split('\n')) console.log(`${mark} ${line}`);
};

/** Loaded one by one, after mocha has put `describe` and `it` in place. */
const suites = [
  () => import('./activation.suite.ts'),
  () => import('./language.suite.ts'),
  () => import('./running.suite.ts'),
  () => import('./secrets.suite.ts'),
  () => import('./history.suite.ts'),
];

/** @throws when a test failed; VS Code then ends with a code other than 0. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 30_000, color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of suites) await load();
  const { passes, failures, pending } = await outcome(mocha);
  const file = process.env['PROMPT_WORKBENCH_COUNTS'];
  if (file) writeFileSync(file, JSON.stringify({ passes, failures, pending }));
  if (failures > 0) throw new Error(`${failures} failed.`);
}

function outcome(mocha: Mocha): Promise<Mocha.Stats> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats!));
  });
}
