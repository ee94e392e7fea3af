/** Proof that the suite can fail: the same code with one promise taken out must be caught. */
import type { Fault, Trial } from './fault.ts';
import { killWriters } from './kills.ts';
import { killWorkers } from './killedJobs.ts';
import { noLoopDisks } from './machine.ts';
import { cutPower } from './powerCut.ts';
import { Tally } from './tally.ts';

interface Guard {
  readonly name: string;
  readonly promise: string;
  readonly short?: boolean;
  readonly missing?: Fault['missing'];
  readonly caught: 'lost' | 'doubled';
  readonly attempt: (trial: Trial) => Promise<void>;
}

/** Holds when something was lost or doubled. What was is told, and does not count as a loss of the product. */
function guard({ attempt, caught, ...fault }: Guard): Fault {
  return {
    ...fault,
    run: async (trial) => {
      const inner = new Tally();
      await attempt({ ...trial, tally: inner });
      const { tally } = trial;
      tally.runs = inner.runs;
      tally.acknowledged = inner.acknowledged;
      tally.note = `caught: ${inner[caught]} ${caught}`;
      tally.expect(inner[caught] > 0, 'the suite did not notice');
    },
  };
}

export const guards: readonly Fault[] = [
  guard({
    name: 'guard-unsynced',
    promise: 'Guard: the same code without fsync is caught by the power cut.',
    missing: noLoopDisks,
    caught: 'lost',
    attempt: (trial) => cutPower(trial, trial.times(20, 2), { disk: 'unsynced' }),
  }),
  guard({
    name: 'guard-hasty-store',
    promise: 'Guard: a store that acknowledges before it has read back is caught by kill -9.',
    short: true,
    caught: 'lost',
    attempt: (trial) =>
      killWriters(trial, { kills: trial.times(20, 4), side: 2, settings: { hasty: true } }),
  }),
  guard({
    name: 'guard-hasty-queue',
    promise: 'Guard: a queue that sends before its record is durable is caught by kill -9.',
    caught: 'doubled',
    attempt: (trial) => killWorkers(trial, trial.times(60, 6), { hasty: true }),
  }),
];
