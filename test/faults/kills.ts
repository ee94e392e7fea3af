/** Windows killed while they write. */
import type { WriteOptions } from './children/write.ts';
import type { Fault, Trial } from './fault.ts';
import { Ledger } from './ledger.ts';
import { inLanes, moment, startWindow } from './windows.ts';

/** So many kills in one store, then it is looked at. */
const series = 25;

type Settings = Omit<WriteOptions, 'directory' | 'name'>;

/** Kills windows of one store, `side` of them at a time, until so many are dead. */
export async function killWriters(
  { random, stage, tally }: Trial,
  {
    kills,
    side,
    settings,
  }: { readonly kills: number; readonly side: number; readonly settings: Settings },
): Promise<void> {
  const directory = stage.directory();
  const ledger = new Ledger(tally);
  let begun = 0;
  const seat = async (): Promise<void> => {
    while (begun < kills) {
      begun += 1;
      const options = { directory, name: `w${begun}`, ...settings };
      const window = startWindow(stage, 'write', options, { onLine: ledger.note });
      await moment(window, random, 200);
      await window.kill();
      tally.runs += 1;
      if (window.complaint) tally.break(window.complaint);
    }
  };
  await Promise.all(Array.from({ length: side }, seat));
  await ledger.checkAt(stage, directory);
}

export const killOne: Fault = {
  name: 'kill-one',
  promise: 'What a killed window was told is stored is in the store, whole.',
  short: true,
  run: (trial) =>
    inLanes(trial.times(1000, 16) / trial.times(series, 8), () =>
      killWriters(trial, { kills: trial.times(series, 8), side: 1, settings: {} }),
    ),
};

/** Small, so that a window lives through many of them. */
export const small = { segmentBytes: 40_000, snapshotBytes: 60_000, rows: 40, contested: 3 };

export const killThree: Fault = {
  name: 'kill-three',
  promise:
    'The same with three windows that write at once, rotate, take snapshots and compact; and no revision is given to two.',
  short: true,
  run: async (trial) => {
    const kills = trial.times(1000, 15);
    for (let done = 0; done < kills; done += series) {
      await killWriters(trial, { kills: Math.min(series, kills - done), side: 3, settings: small });
    }
  },
};
