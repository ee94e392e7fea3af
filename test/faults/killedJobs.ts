/** Windows killed while jobs run. */
import type { WorkOptions } from './children/work.ts';
import type { Fault, Trial } from './fault.ts';
import { JobLedger } from './jobLedger.ts';
import { Loopback } from './loopback.ts';
import { inLanes, moment, startWindow } from './windows.ts';

const series = 20;
const each = 12;

/** Kills windows of one folder, two at a time; then another window takes up what they left. */
export async function killWorkers(
  { random, stage, tally }: Trial,
  kills: number,
  settings: Pick<WorkOptions, 'hasty'> = {},
): Promise<void> {
  const loopback = await Loopback.start(tally, random, { refusals: 10, slowest: 30 });
  const directory = stage.directory();
  const ledger = new JobLedger(tally, loopback);
  const small = { segmentBytes: 60_000, snapshotBytes: 100_000 };
  const options = { directory, port: loopback.port, ...small, ...settings };
  try {
    let begun = 0;
    const seat = async (): Promise<void> => {
      while (begun < kills) {
        const first = begun++ * each;
        const window = startWindow(
          stage,
          'work',
          { ...options, first, count: each },
          { onLine: ledger.note },
        );
        await moment(window, random, 300);
        await window.kill();
        tally.runs += 1;
        if (window.complaint) tally.break(window.complaint);
      }
    };
    await Promise.all([seat(), seat()]);
    await drain(
      startWindow(
        stage,
        'work',
        { ...options, hasty: false, drain: true },
        { onLine: ledger.note },
      ),
      tally,
    );
    await ledger.checkAt(stage, directory);
  } finally {
    await loopback.stop();
  }
}

const patience = 30_000;

/** Waits until a window has brought every job to its end. */
export async function drain(
  window: ReturnType<typeof startWindow>,
  tally: Trial['tally'],
): Promise<void> {
  const timer = setTimeout(() => {
    tally.break(`jobs were still open after ${patience / 1000} s`);
    void window.kill();
  }, patience);
  await window.end().catch((error: unknown) => tally.break(String(error)));
  clearTimeout(timer);
}

export const killJobs: Fault = {
  name: 'kill-jobs',
  promise:
    'Windows killed while jobs run lose no job, send none twice, and every job ends completed, failed, cancelled or interrupted.',
  short: true,
  run: async (trial) => {
    const kills = trial.times(1000, 12);
    const rounds = Math.ceil(kills / series);
    await inLanes(rounds, () => killWorkers(trial, Math.ceil(kills / rounds)));
  },
};
