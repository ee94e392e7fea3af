/** Mocha's root hooks: one VS Code for the whole walk, and a picture of what went wrong. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { results } from '../support/paths.ts';
import { Workbench } from '../support/workbench.ts';
import { endWalk, startWalk } from './walk.ts';

export const mochaHooks = {
  async beforeAll(this: Mocha.Context): Promise<void> {
    this.timeout(10 * 60_000);
    await startWalk();
  },

  async afterEach(this: Mocha.Context): Promise<void> {
    const { currentTest } = this;
    if (currentTest?.state !== 'failed') return;
    const name = currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 80);
    for (const [index, window] of Workbench.open().entries()) {
      const picture = await window.screenshot(`failed-${name}-${index}`).catch(String);
      const directory = join(results, 'consoles');
      mkdirSync(directory, { recursive: true });
      const log = join(directory, `${name}-${index}.log`);
      writeFileSync(log, window.console.join('\n'));
      console.log(`      ${picture}\n      ${log}`);
    }
  },

  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    await endWalk();
  },
};
