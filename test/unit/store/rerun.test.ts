import assert from 'node:assert/strict';
import { Rerun } from '../../../client/store/rerun.ts';

/** A task whose runs the test ends one by one. */
function controlled(): { rerun: Rerun; runs: PromiseWithResolvers<void>[] } {
  const runs: PromiseWithResolvers<void>[] = [];
  const rerun = new Rerun(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  return { rerun, runs };
}

async function settledBy(promise: Promise<void>, act: () => void): Promise<void> {
  await new Promise(setImmediate);
  act();
  await promise;
}

describe('rerun', () => {
  it('begins at once when nothing runs', async () => {
    const { rerun, runs } = controlled();
    const asked = rerun.run();
    assert.equal(runs.length, 1);
    runs[0]!.resolve();
    await asked;
  });

  it('runs once more for all who ask during a run, after it', async () => {
    const { rerun, runs } = controlled();
    const first = rerun.run();
    const later = [rerun.run(), rerun.run()];
    assert.equal(runs.length, 1);
    runs[0]!.resolve();
    await Promise.all([
      first,
      ...later.map((promise) => settledBy(promise, () => runs[1]?.resolve())),
    ]);
    assert.equal(runs.length, 2);
  });

  it('never runs twice at the same time', async () => {
    let running = 0;
    let runs = 0;
    const rerun = new Rerun(async () => {
      running += 1;
      runs += 1;
      assert.equal(running, 1);
      await new Promise(setImmediate);
      running -= 1;
    });
    const asked: Promise<void>[] = [];
    for (let i = 0; i < 50; i++) {
      const begun = runs;
      asked.push(rerun.run().then(() => assert.ok(runs > begun)));
      // Asks at every stage of a run: between its microtasks and in later turns.
      if (i % 3 === 0) await Promise.resolve();
      if (i % 5 === 0) await new Promise(setImmediate);
    }
    await Promise.all(asked);
  });

  it('tells a failure to those who asked for that run only', async () => {
    const { rerun, runs } = controlled();
    const first = rerun.run();
    const second = rerun.run();
    runs[0]!.reject(new Error('first'));
    await assert.rejects(first, /first/);
    await new Promise(setImmediate);
    runs[1]!.resolve();
    await second;
    const third = rerun.run();
    runs[2]!.reject(new Error('third'));
    await assert.rejects(third, /third/);
  });
});
