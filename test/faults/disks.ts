/** Disks that are full, read-only, or report errors. */
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WriteOptions } from './children/write.ts';
import type { Fault, Trial } from './fault.ts';
import { Ledger } from './ledger.ts';
import { isRoot, Mount, nobody, noMounting } from './machine.ts';
import { pause, startWindow, until, type Window } from './windows.ts';

/** A writer that goes on after a refusal, with what it said counted. */
interface Watched {
  readonly window: Window;
  readonly ledger: Ledger;
  /** How many lines began so, up to now. */
  count(start: string): number;
}

function watch(
  { stage, tally }: Trial,
  options: Omit<WriteOptions, 'name'> & { readonly name?: string },
  uid?: number,
): Watched {
  const ledger = new Ledger(tally);
  const lines: string[] = [];
  const onLine = (line: string): void => {
    lines.push(line);
    ledger.note(line);
  };
  const settings = { name: 'w', patience: 5, ...options };
  const window = startWindow(stage, 'write', settings, { onLine, uid });
  return {
    window,
    ledger,
    count: (start) => lines.filter((line) => line.startsWith(start)).length,
  };
}

/** It is refused for this reason and no other; then, after the remedy, it goes on by itself. */
async function refusedThenRemedied(
  { tally }: Trial,
  watched: Watched,
  code: string,
  remedy: () => void,
): Promise<void> {
  await watched.window.said('refused');
  await pause(50);
  tally.expect(
    watched.count('refused') === watched.count(`refused ${code} `),
    `refused for another reason than ${code}`,
  );
  remedy();
  const before = watched.count('+');
  await until('writing to go on by itself', () => watched.count('+') > before + 20);
  await watched.window.kill();
}

export const diskFull: Fault = {
  name: 'disk-full',
  promise:
    'A full disk refuses puts and loses nothing that was acknowledged; when there is room again, writing goes on by itself.',
  short: true,
  run: async (trial) => {
    const { random, stage, tally } = trial;
    const real = noMounting() === undefined;
    tally.note = real ? 'on a tmpfs of 1 MB' : 'injected';
    for (let i = 0; i < trial.times(20, 2); i++) {
      const path = await stage.madeDirectory();
      const mount = real ? new Mount(path, '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs') : undefined;
      try {
        const directory = join(path, 'stores');
        const settings = { segmentBytes: 100_000 + random.below(900_000), snapshotBytes: 50_000 };
        const watched = watch(trial, {
          directory,
          bytes: 20_000,
          ...settings,
          disk: real ? undefined : 'small',
        });
        await refusedThenRemedied(trial, watched, 'disk-full', () => {
          if (mount) mount.change('size=64m');
          else writeFileSync(`${directory}.room`, '');
        });
        tally.runs += 1;
        await watched.ledger.checkAt(stage, directory);
      } finally {
        mount?.undo();
      }
    }
  },
};

export const readOnly: Fault = {
  name: 'read-only',
  promise:
    'In a directory that may not be written, everything can be read and puts say why; when it may be written again, writing goes on by itself.',
  short: true,
  run: async (trial) => {
    for (let i = 0; i < trial.times(20, 1); i++) {
      await forbidden(trial);
      trial.tally.runs += 1;
      if (noMounting() !== undefined) continue;
      await mountedReadOnly(trial);
      trial.tally.runs += 1;
    }
  },
};

/** Its rights are taken away while a window writes: the next segment cannot be made. */
async function forbidden(trial: Trial): Promise<void> {
  const { stage } = trial;
  const path = await stage.madeDirectory();
  // Root may write anywhere.
  const uid = isRoot ? nobody : undefined;
  if (uid !== undefined) chownSync(path, uid, uid);
  const directory = join(path, 'stores');
  const watched = watch(trial, { directory, segmentBytes: 20_000 }, uid);
  await watched.window.said('+');
  const journal = join(directory, readdirSync(directory)[0]!, 'journal');
  chmodSync(journal, 0o500);
  await refusedThenRemedied(trial, watched, 'read-only', () => chmodSync(journal, 0o700));
  await watched.ledger.checkAt(stage, directory);
}

/** A window that opens on a read-only disk, with another window's rows in it. */
async function mountedReadOnly(trial: Trial): Promise<void> {
  const { stage, tally } = trial;
  const path = await stage.madeDirectory();
  const mount = new Mount(path, '-t', 'tmpfs', '-o', 'size=64m', 'tmpfs');
  try {
    const directory = join(path, 'stores');
    const first = watch(trial, { directory, count: 200 });
    await first.window.end();
    mount.change('ro');
    const watched = watch(trial, { directory, name: 'late' });
    await watched.window.said('refused');
    const store = await stage.product.openStore({ directory, folder: 'file:///faults' });
    await first.ledger.check(store, ', on the read-only disk');
    await store.close();
    tally.expect(watched.count('+') === 0, 'something was acknowledged on a read-only disk');
    await refusedThenRemedied(trial, watched, 'read-only', () => mount.change('rw'));
    await first.ledger.checkAt(stage, directory);
    await watched.ledger.checkAt(stage, directory);
  } finally {
    mount.undo();
  }
}

export const syncFails: Fault = {
  name: 'fsync-eio',
  promise:
    'After an error from fsync a window acknowledges nothing until it is opened again; nothing acknowledged is lost, other windows go on in a new segment.',
  short: true,
  run: async (trial) => {
    const { stage, tally } = trial;
    tally.note = 'injected';
    for (let i = 0; i < trial.times(50, 1); i++) {
      const directory = stage.directory();
      mkdirSync(directory);
      const healthy = watch(trial, { directory, name: 'healthy' });
      await healthy.window.said('+');
      const failing = watch(trial, { directory, name: 'failing', disk: 'failing' });
      await failing.window.said('refused');
      const [told, before] = [failing.count('+'), healthy.count('+')];
      await until('refusals', () => failing.count('refused') > 10);
      tally.expect(
        failing.count('+') === told,
        'something was acknowledged after an error from fsync',
      );
      tally.expect(
        failing.count('refused') === failing.count('refused io '),
        'refused for another reason than io',
      );
      await until('the other window to go on', () => healthy.count('+') > before + 20);
      tally.expect(healthy.count('refused') === 0, 'the other window was refused too');
      const again = watch(trial, { directory, name: 'again' });
      await until('the window opened anew to write', () => again.count('+') > 20);
      for (const { window } of [healthy, failing, again]) await window.kill();
      for (const { ledger } of [healthy, failing, again]) await ledger.checkAt(stage, directory);
      tally.runs += 1;
    }
  },
};
