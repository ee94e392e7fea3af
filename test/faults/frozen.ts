/** A window that stands still past its lease, as a laptop's or a blocked host's does, and then goes on. */
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Trial } from './fault.ts';
import { JobLedger } from './jobLedger.ts';
import { drain } from './killedJobs.ts';
import { Loopback } from './loopback.ts';
import { pause, startWindow, until } from './windows.ts';

export const frozen: Fault = {
  name: 'frozen',
  promise:
    'Jobs of a window frozen past its lease are taken up by another one; when it goes on, nothing is sent twice, and a late answer is stored as the execution.',
  short: true,
  run: async (trial) => {
    let late = 0;
    for (let i = 0; i < trial.times(60, 2); i++) late += await freeze(trial, i % 3 === 0);
    trial.tally.note = `${late} late answers stored`;
    trial.tally.expect(late > 0, 'no answer came late');
  },
};

/**
 * @param held the frozen window's requests are answered only after it was taken for dead
 * @returns how many jobs that another window had given up were completed after all
 */
async function freeze({ random, stage, tally }: Trial, held: boolean): Promise<number> {
  const loopback = await Loopback.start(tally, random, { refusals: 0, slowest: 30 });
  const answers = Promise.withResolvers<void>();
  if (held) loopback.held = answers.promise;
  const directory = stage.directory();
  const ledger = new JobLedger(tally, loopback);
  const interrupted = new Set<string>();
  const options = { directory, port: loopback.port };
  try {
    const window = startWindow(stage, 'work', { ...options, count: 30 }, { onLine: ledger.note });
    const [, windowId = '', store = ''] = (await window.said('open')).split(' ');
    if (held) await until('requests under way', () => loopback.requests > 3);
    else await pause(random.below(150));
    window.freeze();
    // By the file system's clock it has been silent for two minutes; its process is still there.
    const silent = Date.now() / 1000 - 120;
    utimesSync(join(store, 'windows', windowId), silent, silent);
    const onLine = (line: string): void => {
      const [word, id = '', state] = line.split(' ');
      if (word === 'ended' && state === 'interrupted') interrupted.add(id);
    };
    const heir = startWindow(stage, 'work', { ...options, first: 1000, count: 5 }, { onLine });
    await heir.said('queued all');
    if (held) await until('the other window to give up what was sent', () => interrupted.size > 3);
    else await pause(random.below(100));
    answers.resolve();
    window.thaw();
    await drain(startWindow(stage, 'work', { ...options, drain: true }), tally);
    if (held) await until('late answers', () => ledger.ended > 0);
    await pause(50);
    await window.kill();
    await heir.kill();
    await drain(startWindow(stage, 'work', { ...options, drain: true }), tally);
    tally.runs += 1;
    const states = await ledger.checkAt(stage, directory);
    return [...interrupted].filter((id) => states.get(id) === 'completed').length;
  } finally {
    answers.resolve();
    await loopback.stop();
  }
}
