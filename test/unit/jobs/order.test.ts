import assert from 'node:assert/strict';
import type { Job } from '../../../client/model.ts';
import { StoreError } from '../../../client/store/store.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('order and pause of a queue', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;
  let jobs: Map<string, Job>;
  const dead = new Set<number>();
  const windows: QueueWindow[] = [];

  async function open(pid: number): Promise<QueueWindow> {
    const clock = windows[0]?.clock;
    const opened = await QueueWindow.start(directory.path, { clock, concurrency: 1, dead, pid });
    windows.push(opened);
    return opened;
  }

  /** The prompts in the order they are sent. */
  async function sent(by = window): Promise<string> {
    const order = [];
    while (order.length < jobs.size) {
      const call = await by.provider.next();
      order.push(call.prompt);
      call.finish();
    }
    return order.join(' ');
  }

  const id = (prompt: string): string => jobs.get(prompt)!.id;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await open(1);
    await window.queue.pause();
    jobs = new Map();
    for (const prompt of ['a', 'b', 'c', 'd']) jobs.set(prompt, await window.enqueue(prompt));
  });

  afterEach(async () => {
    for (const one of windows.splice(0)) await one.close();
    dead.clear();
    await directory.remove();
  });

  it('takes one moved to the front before all others, the last one moved first', async () => {
    await window.queue.setPriority(id('b'), 'high');
    await window.queue.moveToFront(id('c'));
    window.clock.advance(1);
    await window.queue.moveToFront(id('d'));
    await window.queue.resume();
    assert.equal(await sent(), 'd c b a');
  });

  it('takes one of another priority in its new place', async () => {
    await window.queue.setPriority(id('a'), 'low');
    await window.queue.setPriority(id('d'), 'high');
    await window.queue.resume();
    assert.equal(await sent(), 'd b c a');
    assert.equal((await window.read(id('d'))).job.priority, 'high');
  });

  it('lets another window move jobs', async () => {
    const other = await open(2);
    await other.queue.moveToFront(id('c'));
    await window.when(id('c'), ({ job }) => job.front !== undefined);
    // Read after the change was told, and before the pause ends, as the store reads in order.
    await window.read(id('c'));
    await window.queue.resume();
    assert.equal(await sent(), 'c a b d');
  });

  it('keeps the order over a restart', async () => {
    await window.queue.moveToFront(id('d'));
    await window.close();
    dead.add(1);
    const heir = await open(2);
    await heir.when(id('d'), ({ job }) => job.queuedBy === heir.store.windowId);
    await heir.when(id('c'), ({ job }) => job.queuedBy === heir.store.windowId);
    assert.equal(heir.queue.paused, true);
    await heir.queue.resume();
    assert.equal(await sent(heir), 'd a b c');
  });

  it('leaves a job alone that runs or has ended', async () => {
    await window.queue.resume();
    const call = await window.provider.next();
    await window.queue.moveToFront(id('a'));
    await window.queue.setPriority(id('a'), 'low');
    const { job } = await window.read(id('a'));
    assert.deepEqual([job.state, job.front, job.priority], ['processing', undefined, 'default']);
    call.finish();
  });

  it('pauses and resumes all windows of the folder', async () => {
    const other = await open(2);
    const job = await other.enqueue('other');
    assert.deepEqual([other.queue.paused, other.queue.waiting(job)?.reason], [true, 'Paused']);
    const resumed = Promise.withResolvers<void>();
    other.queue.onDidChange(() => {
      if (!other.queue.paused) resumed.resolve();
    });
    await window.queue.resume();
    await resumed.promise;
    assert.equal((await other.provider.next()).prompt, 'other');
    const paused = Promise.withResolvers<void>();
    window.queue.onDidChange(() => {
      if (window.queue.paused) paused.resolve();
    });
    await other.queue.pause();
    await paused.promise;
    assert.equal(window.queue.paused, true);
  });

  it('is as it was when a pause cannot be stored', async () => {
    await window.queue.resume();
    window.store.refuse(new StoreError('disk-full', 'The disk is full.'));
    await assert.rejects(window.queue.pause(), /disk is full/);
    assert.equal(window.queue.paused, false);
    window.store.refuse(undefined);
  });

  it('means the last of what was said in a hurry', async () => {
    await Promise.all([window.queue.resume(), window.queue.pause(), window.queue.resume()]);
    assert.equal(window.queue.paused, false);
    await Promise.all([window.queue.pause(), window.queue.resume(), window.queue.pause()]);
    assert.equal(window.queue.paused, true);
  });
});
