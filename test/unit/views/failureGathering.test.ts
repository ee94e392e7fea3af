import assert from 'node:assert/strict';
import type { ErrorKind, Job } from '../../../client/model.ts';
import {
  asFailed,
  type FailedJob,
  FailureGathering,
} from '../../../client/views/failureGathering.ts';
import { FakeClock } from '../../support/fakeClock.ts';

describe('failures told together', () => {
  let clock: FakeClock;
  let shown: string[][];
  let dismiss: () => void;
  let gathering: FailureGathering;

  beforeEach(() => {
    clock = new FakeClock();
    shown = [];
    gathering = new FailureGathering(clock, (jobs) => {
      shown.push(jobs.map(({ id }) => id));
      return new Promise((resolve) => {
        dismiss = resolve;
      });
    });
  });

  it('are one notice when they come at once', () => {
    for (const id of ['a', 'b', 'c']) gathering.add(failed(id, 'network'));
    assert.deepEqual(shown, []);
    clock.advance(300);
    assert.deepEqual(shown, [['a', 'b', 'c']]);
  });

  it('are a notice per kind', () => {
    gathering.add(failed('a', 'network'));
    gathering.add(failed('b', 'auth'));
    clock.advance(300);
    assert.deepEqual(shown, [['a'], ['b']]);
  });

  it('wait while one of their kind is on screen, then come as one', async () => {
    gathering.add(failed('a', 'network'));
    clock.advance(300);
    for (const id of ['b', 'c']) gathering.add(failed(id, 'network'));
    clock.advance(10_000);
    assert.deepEqual(shown, [['a']]);
    dismiss();
    await settled();
    assert.deepEqual(shown, [['a'], ['b', 'c']]);
    dismiss();
    await settled();
    gathering.add(failed('d', 'network'));
    clock.advance(300);
    assert.deepEqual(shown.at(-1), ['d']);
  });

  for (const state of ['pending', 'processing', 'completed', 'cancelled'] as const) {
    it(`do not include a job that is ${state}`, () => {
      assert.equal(asFailed({ ...failed('a', 'network'), state }), undefined);
    });
  }
});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function failed(id: string, kind: ErrorKind): FailedJob {
  const job = { id, state: 'failed', error: { kind, message: 'No.' } } as Partial<Job> as Job;
  return asFailed(job) ?? assert.fail('it has failed');
}
