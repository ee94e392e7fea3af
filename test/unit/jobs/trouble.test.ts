import assert from 'node:assert/strict';
import { StoreError } from '../../../client/store/store.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { diskError } from '../../support/storeDisk.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';
import { note, Windows } from '../store/fixtures.ts';

const diskFull = new StoreError('disk-full', 'The disk is full.');

describe('queue on a store that refuses to write', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await QueueWindow.start(directory.path);
  });

  afterEach(async () => {
    await window.close();
    await directory.remove();
  });

  it('queues nothing when the store refuses', async () => {
    window.store.refuse(diskFull);
    await assert.rejects(window.enqueue('Hi'), diskFull);
    window.store.refuse(undefined);
    assert.equal(window.store.jobs.count(['pending']), 0);
    assert.equal(window.provider.calls.length, 0);
  });

  for (const operation of ['sync', 'stat', 'read'] as const) {
    it(`never sends what it has refused and finds in the history all the same (${operation})`, async () => {
      const windows = new Windows();
      const disturbed = QueueWindow.on(await windows.open());
      disturbed.queue.start();
      await disturbed.store.put([note('before', 1)]);
      let written = false;
      windows.disk.fault = (now, path) => {
        if (!path.includes('/journal/')) return;
        written ||= now === 'write';
        if (written && now === operation) throw diskError('ENOSPC');
      };
      await assert.rejects(disturbed.enqueue('first try'), StoreError);
      windows.disk.fault = () => undefined;
      const { id } = await disturbed.enqueue('second try');
      (await disturbed.provider.next()).finish();
      await disturbed.inState(id, 'completed');
      const [other] = await disturbed.whenStored(async () => {
        const found = await disturbed.store.jobs.list(['cancelled']);
        return found.length > 0 ? found : undefined;
      });
      disturbed.clock.advance(120_000);
      await new Promise(setImmediate);
      assert.deepEqual(
        [other?.value.request.messages[0]?.content, other?.value.attempts],
        ['first try', []],
      );
      assert.deepEqual(
        disturbed.provider.calls.map(({ prompt }) => prompt),
        ['second try'],
      );
      await disturbed.queue.close();
      await windows.close();
    });
  }

  for (const table of ['jobs', 'outputs']) {
    it(`takes up what waits beside a job that cannot be read (${table})`, async () => {
      const windows = new Windows();
      const gone = QueueWindow.on(await windows.open(), { concurrency: 0 });
      const jobs = [];
      for (const prompt of ['a', 'b', 'c']) jobs.push(await gone.enqueue(prompt));
      await gone.queue.close();
      await windows.close();
      const heir = QueueWindow.on(await windows.open(), { concurrency: 3, pid: 2 });
      const bytes = windows.disk.bytes(windows.path('00000001.jsonl'));
      const id = table === 'jobs' ? jobs[1]!.id : jobs[1]!.outputId;
      const read = heir.store.outputs.get.bind(heir.store.outputs);
      if (table === 'jobs') bytes[bytes.indexOf(`["jobs","${id}"`) + 4]! ^= 1;
      else
        heir.store.outputs.get = (asked) =>
          asked === id ? Promise.reject(new StoreError('damaged', 'Damaged.')) : read(asked);
      heir.queue.start();
      const prompts = [(await heir.provider.next()).prompt, (await heir.provider.next()).prompt];
      assert.deepEqual(prompts.sort(), ['a', 'c']);
      for (const call of heir.provider.calls) call.finish();
      await heir.inState(jobs[2]!.id, 'completed');
      await heir.queue.close();
      await windows.close();
    });
  }

  it('waits for no job that cannot be read, and goes on with the next', async () => {
    await window.close();
    window = await QueueWindow.start(directory.path, { concurrency: 1, pid: 2 });
    const damaged = new StoreError('damaged', 'Damaged.');
    const get = window.store.jobs.get.bind(window.store.jobs);
    await window.queue.pause();
    const { id } = await window.enqueue('x'.repeat(4_000_001));
    const next = await window.enqueue('next');
    window.store.jobs.get = (asked) => (asked === id ? Promise.reject(damaged) : get(asked));
    await window.queue.resume();
    (await window.provider.next()).finish();
    await window.inState(next.id, 'completed');
    await assert.rejects(window.queue.cancel(id), damaged);
    assert.match(window.log.lines.join(), /Damaged/);
  });

  it('keeps an answer that cannot be stored until it can', async () => {
    const { id, outputId } = await window.enqueue('Hi');
    const call = await window.provider.next();
    call.say('Hello');
    window.store.refuse(diskFull);
    call.finish();
    while (window.store.refused < 1) await new Promise(setImmediate);
    assert.equal(window.queue.liveText(outputId), 'Hello');
    assert.equal((await window.read(id)).job.state, 'processing');
    window.clock.advance(30_000);
    while (window.store.refused < 2) await new Promise(setImmediate);
    window.store.refuse(undefined);
    const { output } = await window.inState(id, 'completed');
    assert.equal(output.text, 'Hello');
    assert.match(window.log.lines.join('\n'), /kept in memory: The disk is full\./);
  });

  it('waits with a job that cannot be claimed, and says so', async () => {
    window.concurrency = 0;
    const job = await window.enqueue('Hi');
    window.store.refuse(diskFull);
    window.concurrency = 1;
    window.queue.start();
    while (window.store.refused < 1) await new Promise(setImmediate);
    assert.equal(window.queue.waiting(job)?.reason, 'History cannot be written: The disk is full.');
    assert.equal(window.provider.calls.length, 0);
    window.store.refuse(undefined);
    (await window.provider.next()).finish();
    await window.inState(job.id, 'completed');
  });

  it('closes in time all the same, and loses no more than a crash', async () => {
    const { id } = await window.enqueue('Hi');
    (await window.provider.next()).say('Hel');
    window.store.refuse(diskFull);
    await window.queue.close();
    assert.equal((await window.read(id)).job.state, 'processing');
  });
});
