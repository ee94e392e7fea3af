import assert from 'node:assert/strict';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('queues of several windows', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let dead: Set<number>;
  let windows: QueueWindow[];

  /** Each is a process of its own; `crash` leaves one as a kill would. */
  async function open(pid: number, concurrency = 2): Promise<QueueWindow> {
    const clock = windows[0]?.clock;
    const window = await QueueWindow.open(directory.path, { clock, concurrency, dead, pid });
    windows.push(window);
    return window;
  }

  function crash(pid: number, window: QueueWindow): void {
    dead.add(pid);
    // Its process is gone: nothing it still does reaches the disk.
    window.store.put = () => new Promise(() => undefined);
  }

  beforeEach(async () => {
    directory = await temporaryDirectory();
    dead = new Set();
    windows = [];
  });

  afterEach(async () => {
    await Promise.all(windows.map((window) => window.store.close()));
    await directory.remove();
  });

  it('take up the waiting jobs of a dead window, each exactly once', async () => {
    const gone = await open(1, 0);
    const jobs = [];
    for (let index = 0; index < 40; index++) jobs.push(await gone.enqueue(`${index}`));
    crash(1, gone);
    const heirs = [await open(2, 64), await open(3, 64)];
    for (const heir of heirs) heir.queue.start();
    const sent = () => heirs.flatMap(({ provider }) => provider.calls);
    while (sent().length < jobs.length) await new Promise(setImmediate);
    for (const call of sent()) call.finish();
    for (const { id } of jobs) {
      const { job, execution } = await heirs[0]!.inState(id, 'completed');
      assert.deepEqual([job.attempts.length, execution?.attempts.length], [1, 1]);
    }
    assert.deepEqual(
      sent()
        .map(({ prompt }) => Number(prompt))
        .sort((a, b) => a - b),
      [...jobs.keys()],
    );
  });

  it('end a job that a dead window had sent as interrupted, and do not send it', async () => {
    const gone = await open(1);
    const { id } = await gone.enqueue('Hi');
    const call = await gone.provider.next();
    call.say('Hel');
    gone.clock.advance(5_000);
    await gone.when(id, ({ output }) => output.text === 'Hel');
    crash(1, gone);
    const heir = await open(2);
    heir.queue.start();
    const { job, output, execution } = await heir.inState(id, 'interrupted');
    assert.deepEqual(
      [output.text, output.partial, output.error?.kind],
      ['Hel', true, 'interrupted'],
    );
    assert.deepEqual([execution?.status, job.error?.kind], ['interrupted', 'interrupted']);
    assert.match(
      job.error?.message ?? '',
      /was closed while the answer was arriving\. Run it again/,
    );
    heir.clock.advance(3_600_000);
    assert.equal(heir.provider.calls.length, 0);
    const again = await heir.queue.runAgain(id);
    assert.equal((await heir.provider.next()).prompt, 'Hi');
    assert.equal(again.rerunOf, output.id);
  });

  it('put a claimed job back that was never sent', async () => {
    const gone = await open(1, 0);
    const { id } = await gone.enqueue('Hi');
    const { job } = await gone.read(id);
    const claim = { window: gone.store.windowId, at: 0 };
    await gone.store.put([['jobs', id, 2, { ...job, state: 'processing', claim }]]);
    crash(1, gone);
    const heir = await open(2);
    heir.queue.start();
    assert.equal((await heir.provider.next()).prompt, 'Hi');
  });

  it('leave the jobs of a living window alone', async () => {
    const busy = await open(1, 1);
    const running = await busy.enqueue('running');
    const waiting = await busy.enqueue('waiting');
    await busy.provider.next();
    const other = await open(2);
    other.queue.start();
    other.clock.advance(300_000);
    await other.enqueue('own');
    assert.equal((await other.provider.next()).prompt, 'own');
    const records = [await other.read(running.id), await other.read(waiting.id)];
    assert.deepEqual(
      records.map(({ job }) => [job.state, job.queuedBy]),
      [
        ['processing', busy.store.windowId],
        ['pending', busy.store.windowId],
      ],
    );
    assert.equal(other.provider.calls.length, 1);
  });

  it('notice a window that dies later', async () => {
    const gone = await open(1, 0);
    const heir = await open(2);
    heir.queue.start();
    const { id } = await gone.enqueue('Hi');
    await heir.inState(id, 'pending');
    crash(1, gone);
    heir.clock.advance(30_000);
    assert.equal((await heir.provider.next()).prompt, 'Hi');
  });

  it('keep the answer of a window that was declared dead too early', async () => {
    const slow = await open(1);
    const { id } = await slow.enqueue('Hi');
    const call = await slow.provider.next();
    call.say('Hel');
    dead.add(1);
    const hasty = await open(2);
    hasty.queue.start();
    await hasty.inState(id, 'interrupted');
    call.say('lo');
    call.finish();
    const { job, output, execution } = await hasty.inState(id, 'completed');
    assert.deepEqual(
      [output.text, output.partial, execution?.status],
      ['Hello', false, 'completed'],
    );
    assert.deepEqual([job.attempts.length, job.error], [1, undefined]);
  });

  it('do not send what another window has taken over in the meantime', async () => {
    const slow = await open(1);
    const unlocked = Promise.withResolvers<void>();
    slow.keyring = unlocked.promise;
    const { id } = await slow.enqueue('Hi');
    dead.add(1);
    const hasty = await open(2);
    hasty.queue.start();
    const call = await hasty.provider.next();
    unlocked.resolve();
    while (slow.queue.running > 0) await new Promise(setImmediate);
    call.finish();
    const { job } = await hasty.inState(id, 'completed');
    assert.deepEqual([job.claim?.window, job.attempts.length], [hasty.store.windowId, 1]);
    assert.equal(slow.provider.calls.length, 0);
  });

  it('end what runs as interrupted when closed, and hand on what waits', async () => {
    const first = await open(1, 1);
    const running = await first.enqueue('running');
    const waiting = await first.enqueue('waiting');
    const call = await first.provider.next();
    call.say('Hel');
    await first.queue.close();
    const { job, output } = await first.read(running.id);
    assert.deepEqual([job.state, output.text, call.signal.aborted], ['interrupted', 'Hel', true]);
    assert.equal((await first.read(waiting.id)).job.state, 'pending');
    await first.store.close();
    const second = await open(2);
    second.queue.start();
    assert.equal((await second.provider.next()).prompt, 'waiting');
  });
});
