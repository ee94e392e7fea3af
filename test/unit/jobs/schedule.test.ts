import assert from 'node:assert/strict';
import type { Entry } from '../../../client/jobs/place.ts';
import { Schedule } from '../../../client/jobs/schedule.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { entry } from './places.ts';

function waitingUntil(id: string, at: number): Entry {
  return entry(id, { retry: { count: 1, error: { kind: 'overloaded', message: 'Busy.' }, at } });
}

describe('schedule', () => {
  it('leaves no timer behind and takes nothing more once it is disposed of', () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    const schedule = new Schedule({
      clock,
      concurrency: () => 1,
      run: async (id) => void ran.push(id),
      onRecheck: () => undefined,
      onDidChange: () => undefined,
    });
    schedule.start();
    schedule.add(waitingUntil('waits', clock.now() + 60_000));
    schedule.dispose();
    schedule.add(waitingUntil('postponed', clock.now() + 60_000));
    schedule.add(entry('ready'));
    schedule.start();
    clock.advance(600_000);
    assert.deepEqual([clock.pending, schedule.size, ran], [0, 0, []]);
  });

  it('starts more at once when it may run more, and no more when it may run fewer', async () => {
    const clock = new FakeClock();
    const ends: PromiseWithResolvers<void>[] = [];
    let concurrency = 1;
    const schedule = new Schedule({
      clock,
      concurrency: () => concurrency,
      run: () => {
        const end = Promise.withResolvers<void>();
        ends.push(end);
        return end.promise;
      },
      onRecheck: () => undefined,
      onDidChange: () => undefined,
    });
    const started = async (): Promise<number> => {
      await new Promise(setImmediate);
      return ends.length;
    };
    schedule.start();
    for (const id of ['a', 'b', 'c', 'd', 'e']) schedule.add(entry(id));
    assert.equal(await started(), 1);
    concurrency = 3;
    schedule.start();
    assert.equal(await started(), 3);
    concurrency = 1;
    schedule.start();
    for (const end of ends.slice(0, 2)) end.resolve();
    assert.equal(await started(), 3);
    ends[2]?.resolve();
    assert.equal(await started(), 4);
    schedule.dispose();
  });

  it('gives the place of an answered job to the next while the answer is being stored', async () => {
    const runs = new Map<string, { answered: () => void; end: PromiseWithResolvers<void> }>();
    const schedule = new Schedule({
      clock: new FakeClock(),
      concurrency: () => 1,
      run: (id, answered) => {
        const end = Promise.withResolvers<void>();
        runs.set(id, { answered, end });
        return end.promise;
      },
      onRecheck: () => undefined,
      onDidChange: () => undefined,
    });
    const state = async () => {
      await new Promise(setImmediate);
      return [[...runs.keys()].join(), schedule.running];
    };
    schedule.start();
    for (const id of ['a', 'b', 'c']) schedule.add(entry(id));
    assert.deepEqual(await state(), ['a', 1]);
    runs.get('a')?.answered();
    assert.deepEqual(await state(), ['a,b', 1]);
    assert.equal(schedule.get('a')?.state, 'running');
    // Stored: its place is taken already, and is not given away twice.
    runs.get('a')?.end.resolve();
    assert.deepEqual(await state(), ['a,b', 1]);
    assert.equal(schedule.get('a'), undefined);
    runs.get('b')?.end.resolve();
    assert.deepEqual(await state(), ['a,b,c', 1]);
    schedule.dispose();
  });

  for (const days of [-10, 10]) {
    it(`tries again in time after the clock was set by ${days} days, whenever that is`, async () => {
      const set = days * 86_400_000;
      for (const when of ['while it waits', 'before it waits'] as const) {
        const clock = new FakeClock();
        const ran: string[] = [];
        const schedule = new Schedule({
          clock,
          concurrency: () => 1,
          run: async (id) => void ran.push(id),
          onRecheck: () => undefined,
          onDidChange: () => undefined,
        });
        schedule.start();
        const at = clock.now() + 5000;
        if (when === 'before it waits') clock.set(set);
        schedule.add(waitingUntil('retry', at));
        if (when === 'while it waits') clock.set(set);
        clock.advance(30_000);
        await new Promise(setImmediate);
        assert.deepEqual(ran, ['retry'], when);
        schedule.dispose();
      }
    });
  }

  it('keeps looking when the clock is set back between two looks at it', async () => {
    const clock = new FakeClock();
    let looks = 0;
    const unsteady = {
      now: () => (looks++ % 2 === 0 ? clock.now() + 600_000 : clock.now()),
      after: clock.after.bind(clock),
    };
    let rechecks = 0;
    const schedule = new Schedule({
      clock: unsteady,
      concurrency: () => 1,
      run: () => Promise.resolve(),
      onRecheck: () => void rechecks++,
      onDidChange: () => undefined,
    });
    schedule.start();
    clock.advance(300_000);
    assert.equal(rechecks, 11);
    schedule.dispose();
  });
});
