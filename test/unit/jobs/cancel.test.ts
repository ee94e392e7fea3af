import assert from 'node:assert/strict';
import { StoreError } from '../../../client/store/store.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

const diskFull = new StoreError('disk-full', 'The disk is full.');

describe('cancelling', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;
  let other: QueueWindow;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await QueueWindow.start(directory.path, { concurrency: 1 });
    other = await QueueWindow.start(directory.path, { pid: 2 });
  });

  afterEach(async () => {
    await window.close();
    await other.close();
    await directory.remove();
  });

  it('takes a waiting job out of the queue', async () => {
    const running = await window.enqueue('running');
    const waiting = await window.enqueue('waiting');
    const call = await window.provider.next();
    await window.queue.cancel(waiting.id);
    const { job, output, execution } = await window.read(waiting.id);
    assert.deepEqual(
      [job.state, output.status, output.text, execution?.status],
      ['cancelled', 'cancelled', '', 'cancelled'],
    );
    call.finish();
    await window.inState(running.id, 'completed');
    assert.equal(window.provider.calls.length, 1);
  });

  it('stops a running job and keeps what has arrived', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    call.say('Hel');
    await window.queue.cancel(id);
    assert.equal(call.signal.aborted, true);
    const { job, output, execution } = await window.inState(id, 'cancelled');
    assert.deepEqual([output.text, output.partial, output.error], ['Hel', true, undefined]);
    assert.deepEqual([job.attempts.length, execution?.attempts[0]?.error?.kind], [1, 'cancelled']);
  });

  it('gives the place to the next job', async () => {
    const { id } = await window.enqueue('first');
    await window.enqueue('second');
    await window.provider.next();
    await window.queue.cancel(id);
    assert.equal((await window.provider.next()).prompt, 'second');
  });

  it('stops a job of another window that runs', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    call.say('Hel');
    await other.inState(id, 'processing');
    await other.queue.cancel(id);
    const { output, execution } = await other.inState(id, 'cancelled');
    assert.deepEqual(
      [call.signal.aborted, output.text, execution?.status],
      [true, 'Hel', 'cancelled'],
    );
  });

  it('stops a job of another window that waits', async () => {
    const running = await window.enqueue('running');
    const waiting = await window.enqueue('waiting');
    const call = await window.provider.next();
    await other.inState(waiting.id, 'pending');
    assert.equal(other.queue.waiting(waiting)?.reason, 'Waiting in another window');
    await other.queue.cancel(waiting.id);
    await window.inState(waiting.id, 'cancelled');
    call.finish();
    await window.inState(running.id, 'completed');
    assert.equal(window.provider.calls.length, 1);
  });

  it('leaves ended and unknown jobs as they are', async () => {
    const { id } = await window.enqueue('Hi');
    (await window.provider.next()).finish();
    const before = await window.inState(id, 'completed');
    await window.queue.cancel(id);
    await window.queue.cancel('nobody');
    assert.deepEqual(await window.read(id), before);
  });

  it('is not lost while the next attempt is being written', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    window.store.refuse(diskFull);
    call.fail({ kind: 'overloaded', message: 'Busy.' });
    while (window.store.refused < 1) await new Promise(setImmediate);
    await window.queue.cancel(id);
    window.store.refuse(undefined);
    const { job } = await window.when(id, (record) => record.job.state !== 'processing');
    assert.deepEqual([job.state, job.attempts.length], ['cancelled', 1]);
  });

  it('is not lost when the next attempt has just been written', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    const put = window.store.put.bind(window.store);
    window.store.put = async (ops) => {
      const applied = await put(ops);
      window.store.put = put;
      await window.queue.cancel(id);
      return applied;
    };
    call.fail({ kind: 'overloaded', message: 'Busy.' });
    assert.equal((await window.inState(id, 'cancelled')).job.attempts.length, 1);
  });

  it('is not undone by a failure that would be tried again', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    const { rev, value } = (await window.store.jobs.get(id))!;
    // Asked by another window in the very moment in which the attempt fails.
    const asked = window.store.put([['jobs', id, rev + 1, { ...value, cancelRequested: true }]]);
    call.fail({ kind: 'overloaded', message: 'Busy.' });
    await asked;
    assert.equal((await window.inState(id, 'cancelled')).job.attempts.length, 1);
  });
});
