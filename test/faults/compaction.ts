/** Compaction raced by windows and broken off at every step. */
import type { Fault, Trial } from './fault.ts';
import { small } from './kills.ts';
import { Ledger } from './ledger.ts';
import { inLanes, pause, startWindow } from './windows.ts';

/** Several compactions' worth of steps: make, write, sync, link, take away, and so on. */
const steps = 40;

export const compaction: Fault = {
  name: 'compaction',
  promise:
    'Compactions that windows race while they write, and that die before any of their steps, lose nothing and give no revision to two.',
  short: true,
  run: async (trial) => {
    const rounds = trial.times(steps * 25, 8);
    let [compacted, died] = [0, 0];
    await inLanes(rounds, async (round) => {
      const result = await compactAndDie(trial, (round % steps) + 1);
      compacted += result.compacted;
      if (result.died) died += 1;
    });
    trial.tally.note = `${compacted} segments compacted, ${died} windows died of it`;
    trial.tally.expect(compacted > 0 && died > 0, 'nothing was compacted, or nobody died of it');
  },
};

interface Result {
  readonly compacted: number;
  /** It got as far as the step. */
  readonly died: boolean;
}

async function compactAndDie({ random, stage, tally }: Trial, step: number): Promise<Result> {
  const directory = stage.directory();
  const ledger = new Ledger(tally);
  let compacted = 0;
  const onLine = (line: string): void => {
    ledger.note(line);
    const [word, more = ''] = line.split(' ');
    if (word === 'compacted') compacted += Number(more);
    if (word === 'compaction') tally.break(line);
  };
  const options = { directory, compacting: true, ...small, segmentBytes: 15_000 };
  const dying = startWindow(stage, 'write', { ...options, name: 'dying', dieAt: step }, { onLine });
  const other = startWindow(stage, 'write', { ...options, name: 'other' }, { onLine });
  const died = await Promise.race([dying.end().catch(() => true), pause(4000).then(() => false)]);
  await dying.kill();
  // The other one finishes what the dead one has left.
  await pause(random.below(400));
  await other.kill();
  tally.runs += 1;
  for (const { complaint } of [dying, other]) if (complaint) tally.break(complaint);
  await ledger.checkAt(stage, directory);
  return { compacted, died: died === true };
}
