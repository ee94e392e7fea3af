/** The power fails: what is left is what the disk had, and that only. */
import { copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WriteOptions } from './children/write.ts';
import type { Fault, Trial } from './fault.ts';
import { Ledger } from './ledger.ts';
import { command, Mount, noLoopDisks } from './machine.ts';
import { moment, pause, startWindow } from './windows.ts';

const diskBytes = 48 * 1024 * 1024;

/**
 * Windows write to an ext4 disk that is a file. They are frozen, and the file is copied: what the file system still
 * holds in memory is not in it. The copy is mounted as after a power cut and looked at.
 */
export async function cutPower(
  { random, stage, tally }: Trial,
  cuts: number,
  settings: Pick<WriteOptions, 'disk'> = {},
): Promise<void> {
  const path = await stage.madeDirectory();
  const image = join(path, 'disk');
  writeFileSync(image, '');
  truncateSync(image, diskBytes);
  command('mkfs.ext4', '-q', '-F', image);
  const disk = new Mount(join(path, 'before'), '-o', 'loop', image);
  try {
    const ledger = new Ledger(tally);
    const directory = join(disk.path, 'stores');
    for (let i = 0; i < cuts; i++) {
      const windows = ['a', 'b'].map((name) => {
        const options = {
          directory,
          name: `${name}${i}`,
          segmentBytes: 60_000,
          snapshotBytes: 60_000,
          rows: 40,
        };
        return startWindow(stage, 'write', { ...options, ...settings }, { onLine: ledger.note });
      });
      await moment(windows[0]!, random, 250);
      for (const window of windows) window.freeze();
      copyFileSync(image, `${image}.copy`);
      // Everything they were told by then is on its way to us; they were frozen before the copy.
      await pause(20);
      const after = new Mount(join(path, 'after'), '-o', 'loop', `${image}.copy`);
      await ledger.checkAt(stage, join(after.path, 'stores'));
      after.undo();
      for (const window of windows) await window.kill();
      tally.runs += 1;
    }
  } finally {
    disk.undo();
  }
}

export const powerCut: Fault = {
  name: 'power-cut',
  promise: 'What was acknowledged before the power failed is on the disk.',
  missing: noLoopDisks,
  run: (trial) => cutPower(trial, trial.times(100, 3)),
};
