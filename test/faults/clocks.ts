/** A clock that jumps days backwards and forwards while windows write and jobs run. */
import type { Fault, Trial } from './fault.ts';
import { JobLedger } from './jobLedger.ts';
import { drain } from './killedJobs.ts';
import { killWriters, small } from './kills.ts';
import { Loopback } from './loopback.ts';
import { startWindow } from './windows.ts';

export const clockJumps: Fault = {
  name: 'clock-jumps',
  promise:
    'With a clock that jumps days back and ahead nothing acknowledged is lost, no job is sent twice, and no retry is forgotten.',
  short: true,
  run: async (trial) => {
    for (let i = 0; i < trial.times(40, 1); i++) {
      const settings = { ...small, clock: 'jumping' } as const;
      await killWriters(trial, { kills: 6, side: 2, settings });
      await jobs(trial);
    }
  },
};

/** Half of the requests are refused at first, so that retries wait for a time that comes sooner or later, or never. */
async function jobs({ random, stage, tally }: Trial): Promise<void> {
  const loopback = await Loopback.start(tally, random, { refusals: 50, slowest: 10 });
  const directory = stage.directory();
  const ledger = new JobLedger(tally, loopback);
  try {
    const options = { directory, port: loopback.port, clock: 'jumping', drain: true } as const;
    const windows = [0, 1].map((i) =>
      startWindow(
        stage,
        'work',
        { ...options, first: i * 100, count: 20 },
        { onLine: ledger.note },
      ),
    );
    await Promise.all(windows.map((window) => drain(window, tally)));
    await ledger.checkAt(stage, directory);
    tally.runs += 1;
  } finally {
    await loopback.stop();
  }
}
