/** Several windows at once: writers, and claims raced. */
import type { Fault, Trial } from './fault.ts';
import { drain } from './killedJobs.ts';
import { JobLedger } from './jobLedger.ts';
import { folder, Ledger } from './ledger.ts';
import { Loopback } from './loopback.ts';
import { orderOf } from './orders.ts';
import { startWindow } from './windows.ts';

function writers(count: number, name: string, short: boolean): Fault {
  return {
    name,
    promise: `${count} windows that write at once lose nothing, and no revision is given to two.`,
    short,
    run: async (trial) => {
      const { stage, tally } = trial;
      const directory = stage.directory();
      const ledger = new Ledger(tally);
      const options = { directory, count: trial.times(10_000, 500), rows: 100, contested: 5 };
      const sizes = { segmentBytes: 1_000_000, snapshotBytes: 1_000_000 };
      const windows = Array.from({ length: count }, (_, i) =>
        startWindow(
          stage,
          'write',
          { ...options, ...sizes, name: `w${i}` },
          { onLine: ledger.note },
        ),
      );
      for (const window of windows) await window.end();
      await ledger.checkAt(stage, directory);
      tally.runs = count;
    },
  };
}

export const twoWriters = writers(2, 'two-writers', false);
export const fourWriters = writers(4, 'four-writers', true);

export const claims: Fault = {
  name: 'claims',
  promise: 'Of four windows that claim the same jobs at once, one gets each job.',
  short: true,
  run: async (trial) => {
    const { stage, tally } = trial;
    const directory = stage.directory();
    const jobs = trial.times(1000, 100);
    await queueOrphans(trial, directory, jobs);
    const claimed = new Map<string, string>();
    const onLine = (line: string): void => {
      const [word, id = '', name = ''] = line.split(' ');
      if (word !== 'claimed') return;
      tally.acknowledged += 1;
      if (claimed.has(id)) tally.double(`${id} was claimed by ${claimed.get(id)} and ${name}`);
      claimed.set(id, name);
    };
    const windows = [0, 1, 2, 3].map((i) => {
      const options = { directory, name: `w${i}`, atOnce: 8, from: (i % 2) / 2 };
      return startWindow(stage, 'claim', options, { onLine });
    });
    for (const window of windows) await window.said('open');
    for (const window of windows) window.tell('go');
    for (const window of windows) await window.end();
    const store = await stage.product.openStore({ directory, folder });
    for (const { value } of await store.jobs.list(undefined, { limit: jobs * 2 })) {
      const winner = claimed.get(value.id);
      if (winner === undefined) tally.lose(`${value.id} was claimed by nobody`);
      if (value.claim?.window !== winner)
        tally.lose(`${value.id} is ${value.claim?.window}'s, not ${winner}'s`);
    }
    await store.close();
    tally.expect(claimed.size === jobs, `${claimed.size} of ${jobs} jobs were claimed`);
    tally.note = `${new Set(claimed.values()).size} windows got some`;
    tally.runs = jobs;
  },
};

/** Jobs of a window that is gone. */
async function queueOrphans({ stage }: Trial, directory: string, count: number): Promise<string[]> {
  const store = await stage.product.openStore({ directory, folder });
  let ids = 0;
  const birth = { window: 'gone', at: 1, offline: false, newId: () => `orphan-${++ids}` };
  const all = Array.from({ length: count }, (_, number) =>
    stage.product.queued(orderOf(number), birth),
  );
  await Promise.all(
    all.map(({ job, output }) =>
      store.put([
        ['jobs', job.id, 1, job],
        ['outputs', output.id, 1, output],
      ]),
    ),
  );
  await store.close();
  return all.map(({ job }) => job.id);
}

export const orphans: Fault = {
  name: 'orphans',
  promise:
    'Jobs of a dead window that four windows take up at once are sent once each, and all end.',
  short: true,
  run: async (trial) => {
    const { random, stage, tally } = trial;
    const loopback = await Loopback.start(tally, random);
    const directory = stage.directory();
    const ledger = new JobLedger(tally, loopback);
    const jobs = trial.times(1000, 100);
    try {
      const ids = await queueOrphans(trial, directory, jobs);
      ids.forEach((id, number) => ledger.note(`queued ${id} ${number}`));
      const options = { directory, port: loopback.port, drain: true, onWord: true };
      const windows = [0, 1, 2, 3].map(() =>
        startWindow(stage, 'work', options, { onLine: ledger.note }),
      );
      for (const window of windows) await window.said('open');
      for (const window of windows) window.tell('go');
      await Promise.all(windows.map((window) => drain(window, tally)));
      const states = await ledger.checkAt(stage, directory);
      const completed = [...states.values()].filter((state) => state === 'completed').length;
      tally.expect(completed === jobs, `${completed} of ${jobs} jobs completed`);
      tally.runs = jobs;
    } finally {
      await loopback.stop();
    }
  },
};
