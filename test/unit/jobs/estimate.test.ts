import assert from 'node:assert/strict';
import { endOfRunning, endOfWaiting, median, type Outlook } from '../../../client/jobs/estimate.ts';
import type { Job } from '../../../client/model.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('the expected end of a job', () => {
  const quiet: Outlook = {
    now: 1000,
    typical: 100,
    running: [],
    places: 2,
    before: 0,
    notBefore: 0,
  };
  const cases: readonly [name: string, outlook: Partial<Outlook>, end: number][] = [
    ['begins at once when nothing runs', {}, 1100],
    ['begins at once in a free place', { running: [1000] }, 1100],
    ['begins at once beside others in the line', { before: 1 }, 1100],
    ['waits for a place', { running: [1000, 1000] }, 1200],
    ['waits for less when others are nearly done', { running: [920, 940] }, 1130],
    ['waits for those that take too long no longer', { running: [0, 0] }, 1100],
    ['waits for those before it', { running: [1000, 1000], before: 4 }, 1400],
    ['waits for them in one place', { places: 1, running: [1000], before: 3 }, 1500],
    ['begins no earlier than it may', { notBefore: 5000 }, 5100],
    [
      'begins later than it may when others are before it',
      { places: 1, running: [1000], notBefore: 1050 },
      1200,
    ],
  ];
  for (const [name, outlook, end] of cases) {
    it(name, () => assert.equal(endOfWaiting({ ...quiet, ...outlook }), end));
  }

  it('of a running one is its usual duration, or any moment', () => {
    assert.equal(endOfRunning({ now: 1000, since: 950, typical: 100 }), 1050);
    assert.equal(endOfRunning({ now: 1000, since: 500, typical: 100 }), 1000);
  });

  it('is told by a median', () => {
    const medians = [[], [7], [9, 1], [5, 1, 900]].map(median);
    assert.deepEqual(medians, [undefined, 7, 5, 5]);
  });
});

describe('estimates of a queue', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;

  /** Queued, sent and answered. */
  async function took(ms: number, ...order: Parameters<QueueWindow['enqueue']>): Promise<void> {
    const { id } = await window.enqueue(...order);
    const call = await window.provider.next();
    window.clock.advance(ms);
    call.finish();
    await window.inState(id, 'completed');
  }

  const later = (job: Job): number | undefined => {
    const end = window.queue.estimate(job);
    return end && end - window.clock.now();
  };

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await QueueWindow.start(directory.path, { concurrency: 1 });
  });

  afterEach(async () => {
    await window.close();
    await directory.remove();
  });

  it('come from the same template and model, then from the model, then from nowhere', async () => {
    const other = { template: { slug: 'other', name: 'Other', uri: '' } };
    const first = await window.enqueue('first', other);
    assert.equal(first.estimatedCompletion, undefined);
    (await window.provider.next()).finish();
    await window.inState(first.id, 'completed');
    for (const ms of [4000, 6000, 5000]) await took(ms, 'Hi');
    await took(20_000, 'Hi', other);
    window.clock.advance(2000);
    const like = await window.enqueue('Hi');
    assert.equal(like.estimatedCompletion, window.clock.now() + 5000);
    (await window.provider.next()).finish();
    await window.inState(like.id, 'completed');
    const strange = await window.enqueue('Hi', { template: { slug: 'new', name: 'New', uri: '' } });
    // Half of them took longer: 0, 0, 4, 5, 6 and 20 s.
    assert.equal(later(strange), 4500);
    const unknown = await window.enqueue('Hi', {}, { model: 'm-2' });
    assert.equal(later(unknown), undefined);
  });

  it('count those that run and those before it, and go down as time passes', async () => {
    await took(6000, 'Hi');
    window.clock.advance(2000);
    const jobs = [];
    for (const prompt of ['a', 'b', 'c']) jobs.push(await window.enqueue(prompt));
    await window.provider.next();
    const running = (await window.inState(jobs[0]!.id, 'processing')).job;
    window.clock.advance(2000);
    assert.deepEqual([later(running), later(jobs[1]!), later(jobs[2]!)], [4000, 10_000, 16_000]);
    await window.queue.pause();
    assert.deepEqual([later(running), later(jobs[1]!)], [4000, undefined]);
  });

  it('count the wait for a retry', async () => {
    await took(6000, 'Hi');
    window.clock.advance(2000);
    const { id } = await window.enqueue('a');
    const error = { kind: 'rate_limited', message: 'Many.', retryAfterMs: 60_000 } as const;
    (await window.provider.next()).fail(error);
    const { job } = await window.when(id, ({ job: { runAt } }) => runAt !== undefined);
    while (later(job) === 6000) await new Promise(setImmediate);
    assert.equal(later(job), 66_000);
  });
});
