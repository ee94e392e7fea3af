import assert from 'node:assert/strict';
import type { Credential, RateLimits } from '../../../client/model.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('rate limits of a queue', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;
  const dead = new Set<number>();
  const windows: QueueWindow[] = [];

  async function open(pid: number): Promise<QueueWindow> {
    const clock = windows[0]?.clock;
    const opened = await QueueWindow.start(directory.path, { clock, concurrency: 9, dead, pid });
    windows.push(opened);
    return opened;
  }

  async function limit(rateLimits: RateLimits, rev = 1): Promise<void> {
    const credential = { id: 'work', provider: 'scripted', name: 'Work', rateLimits };
    await window.store.put([['credentials', 'work', rev, credential as unknown as Credential]]);
  }

  beforeEach(async () => {
    directory = await temporaryDirectory();
    window = await open(1);
  });

  afterEach(async () => {
    for (const one of windows.splice(0)) await one.close();
    dead.clear();
    await directory.remove();
  });

  it('sends as many as are allowed, tells when the next goes, and sends it then', async () => {
    await limit({ requestsPerMinute: 2 });
    const jobs = [];
    for (const prompt of ['a', 'b', 'c', 'd']) jobs.push(await window.enqueue(prompt));
    await window.provider.next();
    await window.provider.next();
    const until = window.clock.now() + 60_000;
    const waiting = jobs.slice(2).map((job) => window.queue.waiting(job));
    assert.deepEqual(waiting, [
      { reason: 'Rate limit: 2 requests per minute', until },
      { reason: 'Rate limit: 2 requests per minute, 1 job before it' },
    ]);
    window.clock.advance(59_999);
    assert.equal(window.queue.running, 2);
    window.clock.advance(1);
    await window.provider.next();
    await window.provider.next();
    assert.equal(window.provider.calls.length, 4);
  });

  it('lets jobs of other credentials go first', async () => {
    await limit({ requestsPerMinute: 1 });
    for (const prompt of ['a', 'b']) await window.enqueue(prompt);
    await window.enqueue('other', { priority: 'low' }, { credential: 'home' });
    assert.equal((await window.provider.next()).prompt, 'a');
    assert.equal((await window.provider.next()).prompt, 'other');
  });

  it('goes on when the limit is lifted', async () => {
    await limit({ requestsPerMinute: 1 });
    for (const prompt of ['a', 'b']) await window.enqueue(prompt);
    assert.equal((await window.provider.next()).prompt, 'a');
    await limit({}, 2);
    assert.equal((await window.provider.next()).prompt, 'b');
  });

  it('counts tokens by the answer once it is there', async () => {
    await limit({ tokensPerMinute: 1000 });
    const large = { parameters: { maxTokens: 900 } };
    await window.enqueue('a', {}, large);
    const second = await window.enqueue('b', {}, large);
    const call = await window.provider.next();
    const { reason } = window.queue.waiting(second)!;
    assert.equal(reason, 'Rate limit: 1000 tokens per minute');
    call.finish({ usage: { inputTokens: 10, outputTokens: 20 } });
    assert.equal((await window.provider.next()).prompt, 'b');
  });

  it('counts what other windows send', async () => {
    await limit({ requestsPerMinute: 1 });
    const other = await open(2);
    const heard = Promise.withResolvers<void>();
    const get = window.store.jobs.get.bind(window.store.jobs);
    window.store.jobs.get = async (id) => {
      const found = await get(id);
      if (found?.value.state === 'processing') setImmediate(heard.resolve);
      return found;
    };
    await other.enqueue('a');
    await heard.promise;
    const own = await window.enqueue('b');
    assert.equal(window.queue.waiting(own)?.until, window.clock.now() + 60_000);
    assert.equal(window.provider.calls.length, 0);
  });

  for (const rateLimits of [{ requestsPerMinute: 1 }, { tokensPerMinute: 1 }]) {
    it(`counts what was sent before a restart (${Object.keys(rateLimits)[0]})`, async () => {
      await limit(rateLimits);
      const { id } = await window.enqueue('a');
      (await window.provider.next()).finish();
      await window.inState(id, 'completed');
      await window.close();
      const again = await open(2);
      const job = await again.enqueue('b');
      assert.equal(again.queue.waiting(job)?.until, again.clock.now() + 60_000);
      again.clock.advance(60_000);
      assert.equal((await again.provider.next()).prompt, 'b');
    });
  }

  it('keeps to the wait a provider asked for, also after a restart', async () => {
    const { id } = await window.enqueue('a');
    const error = { kind: 'rate_limited', message: 'Too many.', retryAfterMs: 90_000 } as const;
    (await window.provider.next()).fail(error);
    const { job } = await window.when(id, ({ job: { runAt } }) => runAt !== undefined);
    dead.add(1);
    await window.close();
    const again = await open(2);
    await again.when(id, ({ job: { queuedBy } }) => queuedBy === again.store.windowId);
    const next = await again.enqueue('b');
    while (again.queue.waiting(next)?.reason === 'Starting') await new Promise(setImmediate);
    const reason = 'Rate limit of the provider: Too many.';
    assert.deepEqual(again.queue.waiting(next), { reason, until: job.runAt });
    assert.equal(again.provider.calls.length, 0);
  });
});
