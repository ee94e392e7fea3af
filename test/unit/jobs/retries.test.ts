import assert from 'node:assert/strict';
import type { Credential, ErrorInfo } from '../../../client/model.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

const busy: ErrorInfo = { kind: 'overloaded', message: 'It is overloaded.', status: 529 };
const limited: ErrorInfo = {
  kind: 'rate_limited',
  message: 'Too many.',
  status: 429,
  retryAfterMs: 60_000,
};
const refused: ErrorInfo = { kind: 'auth', message: "'work' was refused.", status: 401 };
const lost: ErrorInfo = { kind: 'network', message: 'Lost.', code: 'ECONNRESET' };

const credential: Credential = {
  id: 'work',
  provider: 'scripted',
  name: 'work',
  baseUrl: 'https://x.example',
  origin: 'https://x.example',
  keyless: false,
  isDefault: true,
  enabled: true,
  priority: 0,
  createdAt: 0,
};

describe('retries', () => {
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

  const waits = (id: string, attempts: number) =>
    window.when(id, ({ job }) => job.state === 'pending' && job.attempts.length === attempts);

  it('waits as the policy says, then tries again', async () => {
    const { id } = await window.enqueue('Hi');
    (await window.provider.next()).fail(busy);
    const { job, output } = await waits(id, 1);
    assert.deepEqual(
      [job.runAt, job.sent, job.claim, job.error, output.status],
      [window.clock.now() + 5_000, undefined, undefined, busy, 'pending'],
    );
    assert.deepEqual(window.queue.waiting(job), {
      reason: 'Retry 1 of 4 after an overload',
      until: job.runAt,
    });
    window.clock.advance(4_999);
    assert.equal(window.provider.calls.length, 1);
    window.clock.advance(1);
    const call = await window.provider.next();
    call.say('Hello');
    call.finish();
    const ended = await window.inState(id, 'completed');
    assert.deepEqual(
      ended.execution?.attempts.map(({ number, error }) => [number, error?.kind]),
      [
        [1, 'overloaded'],
        [2, undefined],
      ],
    );
    assert.deepEqual([ended.job.error, ended.output.error], [undefined, undefined]);
  });

  it('gives up after the last retry and keeps all attempts', async () => {
    const { id } = await window.enqueue('Hi');
    const delays = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      (await window.provider.next()).fail(busy);
      const { job } = await waits(id, attempt);
      delays.push(job.runAt! - window.clock.now());
      window.clock.advance(job.runAt! - window.clock.now());
    }
    (await window.provider.next()).fail(busy);
    const { job, output, execution } = await window.inState(id, 'failed');
    assert.deepEqual(delays, [5_000, 10_000, 20_000, 40_000]);
    assert.deepEqual(
      [job.attempts.length, job.error, output.error, execution?.status],
      [5, busy, busy, 'failed'],
    );
  });

  it('does not try again what will fail again', async () => {
    const { id } = await window.enqueue('Hi');
    const error = { kind: 'invalid_request', message: 'No.', status: 400 } as const;
    (await window.provider.next()).fail(error);
    const { job, output } = await window.inState(id, 'failed');
    assert.deepEqual([job.attempts.length, output.error], [1, error]);
  });

  it('does not ask again by itself once half an answer was seen', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    call.say('Hel');
    call.fail(lost);
    const { job, output, execution } = await window.inState(id, 'interrupted');
    assert.deepEqual([output.text, output.partial, output.error], ['Hel', true, lost]);
    assert.deepEqual([job.attempts.length, execution?.status], [1, 'interrupted']);
  });

  it('keeps the half answer of a failure that is final', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    call.say('Hel');
    call.fail({ kind: 'content_filtered', message: 'Declined.' });
    assert.equal((await window.inState(id, 'failed')).output.text, 'Hel');
  });

  it('sends nothing more with a rate limited credential until its time', async () => {
    const first = await window.enqueue('first');
    const second = await window.enqueue('second');
    await window.enqueue('elsewhere', {}, { credential: 'other' });
    (await window.provider.next()).fail(limited);
    const elsewhere = await window.provider.next();
    assert.equal(elsewhere.prompt, 'elsewhere');
    elsewhere.finish();
    const { job } = await waits(first.id, 1);
    const waiting = window.queue.waiting((await window.read(second.id)).job);
    assert.deepEqual(waiting, {
      reason: 'Rate limit of the provider: Too many.',
      until: job.runAt,
    });
    window.clock.advance(59_999);
    assert.equal(window.provider.calls.length, 2);
    window.clock.advance(1);
    const prompts = [];
    for (let left = 2; left > 0; left--) {
      const call = await window.provider.next();
      prompts.push(call.prompt);
      call.finish();
    }
    assert.deepEqual(prompts, ['second', 'first']);
  });

  it('does not burn all jobs on a refused key', async () => {
    const first = await window.enqueue('a');
    const second = await window.enqueue('b');
    await window.enqueue('c');
    (await window.provider.next()).fail(refused);
    await window.inState(first.id, 'failed');
    window.clock.advance(120_000);
    assert.equal(window.provider.calls.length, 1);
    const waiting = window.queue.waiting((await window.read(second.id)).job);
    assert.deepEqual(waiting, { reason: "Credential halted: 'work' was refused." });

    // Whoever queues another one knows; it is tried.
    const known = await window.enqueue('d');
    const call = await window.provider.next();
    assert.equal(call.prompt, 'd');
    call.fail(refused);
    await window.inState(known.id, 'failed');
    assert.equal(window.provider.calls.length, 2);

    // Somebody has replaced the key, which shows as an edit of the credential.
    await window.store.put([['credentials', 'work', 1, { ...credential, edits: 1 }]]);
    assert.equal((await window.provider.next()).prompt, 'b');
  });

  for (const error of [limited, refused]) {
    it(`goes on waiting when a halted credential is merely used or made the default (${error.kind})`, async () => {
      await window.store.put([['credentials', 'work', 1, { ...credential, edits: 3 }]]);
      await window.enqueue('a');
      await window.enqueue('b');
      (await window.provider.next()).fail(error);
      await window.whenStored(
        async () => window.store.jobs.count(['processing']) === 0 || undefined,
      );
      const used = { ...credential, edits: 3, lastUsedAt: 1, isDefault: false };
      await window.store.put([['credentials', 'work', 2, used]]);
      // Another job goes to the end in the meantime: whatever was released would have been sent before it.
      await window.enqueue('elsewhere', {}, { credential: 'other' });
      assert.equal((await window.provider.next()).prompt, 'elsewhere');
      assert.equal(window.provider.calls.length, 2);
    });
  }

  it('does not wait because of a key that was replaced while it was being refused', async () => {
    await window.enqueue('a');
    await window.enqueue('b');
    const call = await window.provider.next();
    await window.store.put([['credentials', 'work', 1, { ...credential, edits: 1 }]]);
    call.fail(refused);
    assert.equal((await window.provider.next()).prompt, 'b');
  });

  it('goes on, to say so, when the credential is removed', async () => {
    await window.store.put([['credentials', 'work', 1, credential]]);
    await window.enqueue('a');
    await window.enqueue('b');
    (await window.provider.next()).fail(refused);
    await window.whenStored(async () => window.store.jobs.count(['failed']) === 1 || undefined);
    window.gone.add('work');
    await window.store.put([['credentials', 'work', 2, null]]);
    await window.whenStored(async () => window.store.jobs.count(['failed']) === 2 || undefined);
    assert.equal(window.provider.calls.length, 1);
  });

  it('looks at waits again after the machine slept', async () => {
    const { id } = await window.enqueue('Hi');
    (await window.provider.next()).fail({ ...limited, retryAfterMs: 3_000_000 });
    await waits(id, 1);
    window.clock.jump(3_000_000);
    window.clock.advance(30_000);
    assert.equal((await window.provider.next()).prompt, 'Hi');
  });

  it('keeps the wait over a restart, and runs then', async () => {
    const { id } = await window.enqueue('Hi');
    (await window.provider.next()).fail(limited);
    const { job } = await waits(id, 1);
    await window.close();
    const later = await QueueWindow.start(directory.path, { clock: window.clock, pid: 2 });
    window = later;
    await later.when(id, (record) => record.job.queuedBy === later.store.windowId);
    assert.deepEqual(later.queue.waiting((await later.read(id)).job), {
      reason: 'Retry 1 of 5 after a rate limit',
      until: job.runAt,
    });
    later.clock.advance(60_000);
    (await later.provider.next()).finish();
    assert.equal((await later.inState(id, 'completed')).job.attempts.length, 2);
  });

  it('can be cancelled while waiting', async () => {
    const { id } = await window.enqueue('Hi');
    (await window.provider.next()).fail(busy);
    await waits(id, 1);
    await window.queue.cancel(id);
    const { job, execution } = await window.read(id);
    assert.deepEqual(
      [job.state, execution?.status, execution?.attempts.length],
      ['cancelled', 'cancelled', 1],
    );
    window.clock.advance(3_600_000);
    assert.equal(window.provider.calls.length, 1);
  });
});
