import assert from 'node:assert/strict';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('jobs just queued', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await QueueWindow.start(directory.path, { concurrency: 1 });
  });

  afterEach(async () => {
    await window.close();
    await directory.remove();
  });

  for (const who of ['this window', 'another'] as const) {
    it(`holds no job in memory that ${who} has cancelled`, async () => {
      const other = await QueueWindow.open(directory.path, { pid: 2 });
      await window.queue.pause();
      // Two of them are more than is held.
      const long = 'x'.repeat(2_500_000);
      const job = await window.enqueue(long);
      if (who === 'another') await other.inState(job.id, 'pending');
      await (who === 'another' ? other : window).queue.cancel(job.id);
      await window.inState(job.id, 'cancelled');
      while (window.queue.waiting(job)?.reason === 'Paused') await new Promise(setImmediate);
      await window.enqueue(long);
      const read: string[] = [];
      const get = window.store.jobs.get.bind(window.store.jobs);
      window.store.jobs.get = (asked) => {
        read.push(asked);
        return get(asked);
      };
      await window.queue.resume();
      await window.provider.next();
      assert.deepEqual(read, []);
      await other.close();
    });
  }
});
