import assert from 'node:assert/strict';
import { JobTable } from '../../../client/jobs/jobTable.ts';
import { ended } from '../../../client/jobs/records.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('a job before it is sent', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;
  let unlock: () => void;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await QueueWindow.start(directory.path);
    const unlocked = Promise.withResolvers<void>();
    window.keyring = unlocked.promise;
    unlock = unlocked.resolve;
  });

  afterEach(async () => {
    await window.close();
    await directory.remove();
  });

  /** Queued, and its key is being read. */
  async function prepared(): Promise<string> {
    const { id, outputId } = await window.enqueue('Hi');
    while (window.queue.liveText(outputId) === undefined) await new Promise(setImmediate);
    return id;
  }

  it('can be cancelled', async () => {
    const id = await prepared();
    await window.queue.cancel(id);
    unlock();
    const { job, execution } = await window.inState(id, 'cancelled');
    assert.deepEqual([job.attempts, execution?.status], [[], 'cancelled']);
    assert.equal(window.provider.calls.length, 0);
  });

  it('waits for the next window when this one closes', async () => {
    const id = await prepared();
    const closing = window.queue.close();
    unlock();
    await closing;
    assert.equal((await window.read(id)).job.state, 'pending');
    const { id: late } = await window.enqueue('Too late');
    assert.equal((await window.read(late)).job.state, 'pending');
    assert.equal(window.provider.calls.length, 0);
  });

  it('is lost by no fault of ours: the next look finds it', async () => {
    window.keyring = Promise.resolve();
    await window.queue.pause();
    const { id } = await window.enqueue('Hi');
    const { rev, value } = (await window.store.outputs.get((await window.read(id)).job.outputId))!;
    // As a job of an earlier version of ours that this window does not look after.
    const stray = { ...(await window.read(id)).job, id: 'stray', outputId: 'stray-output' };
    await window.store.put([
      ['jobs', 'stray', 1, stray],
      ['outputs', 'stray-output', rev, { ...value, id: 'stray-output', jobId: 'stray' }],
    ]);
    window.clock.advance(30_000);
    while (window.queue.waiting(stray)?.reason !== 'Paused') await new Promise(setImmediate);
  });
});

describe('table of jobs', () => {
  it('keeps text and rating that arrive while an end is written', async () => {
    const directory = await temporaryDirectory();
    const window = await QueueWindow.open(directory.path);
    try {
      const table = new JobTable(window.store, window.clock, window.log);
      await window.queue.pause();
      const { id, outputId } = await window.enqueue('Hi');
      const read = (await table.read(id))!;
      const feedback = { rating: 'down', user: 'me', at: 1 } as const;
      const output = { ...read.rows.output, text: 'Hello', feedback };
      await window.store.put([['outputs', outputId, 2, output]]);
      const next = ended(read.rows, { state: 'interrupted', at: 5 });
      await table.write(read, next);
      const stored = await window.read(id);
      assert.deepEqual(
        [stored.output.text, stored.output.feedback, stored.output.status],
        ['Hello', feedback, 'interrupted'],
      );
      assert.deepEqual(
        [stored.job.state, stored.execution?.status],
        ['interrupted', 'interrupted'],
      );
    } finally {
      await window.close();
      await directory.remove();
    }
  });
});
