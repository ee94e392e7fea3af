/** The index taken away: it is disposable. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { small } from './kills.ts';
import type { Fault } from './fault.ts';
import { Ledger } from './ledger.ts';
import { pause, startWindow } from './windows.ts';

export const indexDeleted: Fault = {
  name: 'index-deleted',
  promise:
    'Deleting the index while windows write loses nothing: it is made anew from the journal.',
  short: true,
  run: async ({ random, stage, tally, times }) => {
    for (let round = 0; round < times(20, 1); round++) {
      const directory = stage.directory();
      const ledger = new Ledger(tally);
      const windows = ['a', 'b'].map((name) =>
        startWindow(stage, 'write', { directory, name, ...small }, { onLine: ledger.note }),
      );
      for (const window of windows) await window.said('+');
      const index = join(directory, readdirSync(directory)[0]!, 'index');
      for (let i = 0; i < times(20, 8); i++) {
        await pause(random.below(60));
        rmSync(index, { recursive: true, force: true, maxRetries: 10 });
        tally.runs += 1;
      }
      for (const window of windows) await window.kill();
      await ledger.checkAt(stage, directory);
    }
  },
};
