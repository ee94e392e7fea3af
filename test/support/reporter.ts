/**
 * Mocha's own reporters, which also leave their counts in the file that PROMPT_WORKBENCH_COUNTS names, so that
 * `npm test` can add the suites up. PROMPT_WORKBENCH_REPORTER chooses `spec` instead of `dot`.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

class CountingReporter {
  readonly #inner: Mocha.reporters.Base;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    const { spec: Spec, dot: Dot } = Mocha.reporters;
    const Inner = process.env['PROMPT_WORKBENCH_REPORTER'] === 'spec' ? Spec : Dot;
    this.#inner = new Inner(runner, options);
    runner.once('end', () => {
      const file = process.env['PROMPT_WORKBENCH_COUNTS'];
      const { passes, failures, pending } = this.#inner.stats;
      if (file) writeFileSync(file, JSON.stringify({ passes, failures, pending }));
    });
  }
}

// Mocha `require`s a reporter and takes what it gets for the class.
export { CountingReporter as 'module.exports' };
