import assert from 'node:assert/strict';
import type { TextEvent } from '../../../client/jobs/queue.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

describe('queue of one window', () => {
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

  it('keeps a job and its empty output before it runs', async () => {
    await window.queue.pause();
    const job = await window.enqueue('Hi', { context: { name: 'Ada' } });
    const { job: stored, output, execution } = await window.read(job.id);
    assert.deepEqual(stored, job);
    assert.deepEqual(
      [output.status, output.text, output.partial, execution],
      ['pending', '', true, undefined],
    );
    assert.deepEqual(
      [job.queuedBy, job.queuedAt, job.context],
      [window.store.windowId, window.clock.now(), { name: 'Ada' }],
    );
  });

  it('stores that a job is being sent before it is', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    const { job, output } = await window.read(id);
    assert.equal(output.status, 'processing');
    assert.deepEqual(
      [job.state, job.claim?.window, job.sent],
      [
        'processing',
        window.store.windowId,
        { attempt: 1, credential: 'work', at: window.clock.now() },
      ],
    );
    assert.deepEqual(call.request.messages, [{ role: 'user', content: 'Hi' }]);
  });

  it('stores the end as job, execution and output', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    window.clock.advance(700);
    call.say('Hel');
    call.say('lo');
    const usage = { inputTokens: 3, outputTokens: 2 };
    call.finish({ modelAnswered: 'm-1-x', requestId: 'req-1', usage, notes: ['Note.'] });
    const { job, output, execution } = await window.inState(id, 'completed');
    const at = window.clock.now();
    assert.deepEqual(job.attempts, [
      {
        number: 1,
        provider: 'scripted',
        credential: 'work',
        modelAsked: 'm-1',
        modelAnswered: 'm-1-x',
        startedAt: at - 700,
        durationMs: 700,
        requestId: 'req-1',
        usage,
      },
    ]);
    assert.deepEqual(
      [
        output.status,
        output.text,
        output.partial,
        output.durationMs,
        output.finishedAt,
        output.notes,
      ],
      ['completed', 'Hello', false, 700, at, ['Note.']],
    );
    assert.deepEqual(
      [execution?.status, execution?.attempts, execution?.usage],
      ['completed', job.attempts, usage],
    );
    assert.deepEqual(
      [execution?.startedAt, execution?.finishedAt, execution?.preview],
      [at - 700, at, false],
    );
  });

  it('tells each piece of text with its place', async () => {
    const events: TextEvent[] = [];
    window.queue.onText((event) => events.push(event));
    const { id, outputId } = await window.enqueue('Hi');
    const call = await window.provider.next();
    assert.equal(window.queue.liveText(outputId), '');
    call.say('Hel');
    call.say('lo 🌍');
    call.say('!');
    assert.equal(window.queue.liveText(outputId), 'Hello 🌍!');
    assert.deepEqual(events, [
      { outputId, offset: 0, text: 'Hel' },
      { outputId, offset: 3, text: 'lo 🌍' },
      { outputId, offset: 8, text: '!' },
    ]);
    call.finish();
    await window.inState(id, 'completed');
    await window.queue.close();
    assert.equal(window.queue.liveText(outputId), undefined);
  });

  it('stores half an answer every five seconds', async () => {
    const { id } = await window.enqueue('Hi');
    const call = await window.provider.next();
    for (const text of ['One', 'OneTwo']) {
      call.say(text.slice(-3));
      window.clock.advance(5_000);
      const { output } = await window.when(id, (record) => record.output.text === text);
      assert.deepEqual([output.status, output.partial], ['processing', true]);
    }
    call.finish();
    assert.equal((await window.inState(id, 'completed')).output.text, 'OneTwo');
  });

  it('takes jobs by priority and then by age', async () => {
    await window.queue.pause();
    const prompts = ['low', 'first', 'second', 'high'];
    for (const prompt of prompts) {
      const priority = prompt === 'low' || prompt === 'high' ? prompt : 'default';
      await window.enqueue(prompt, { priority });
    }
    await window.queue.resume();
    const order = [];
    for (let left = prompts.length; left > 0; left--) {
      const call = await window.provider.next();
      order.push(call.prompt);
      call.finish();
    }
    assert.deepEqual(order, ['high', 'first', 'second', 'low']);
  });

  it('takes no more at a time than allowed', async () => {
    await window.close();
    window = await QueueWindow.start(directory.path, { concurrency: 3, pid: 2 });
    for (let index = 0; index < 9; index++) await window.enqueue(`${index}`);
    const running = [];
    for (let index = 0; index < 3; index++) running.push(await window.provider.next());
    for (let index = 3; index < 9; index++) {
      assert.deepEqual([window.provider.calls.length, window.queue.running], [index, 3]);
      running.shift()?.finish();
      running.push(await window.provider.next());
    }
  });

  it('has a lane per provider', async () => {
    for (const prompt of ['a', 'b']) await window.enqueue(prompt);
    await window.enqueue('c', {}, { provider: 'other' });
    assert.equal((await window.provider.next()).prompt, 'a');
    assert.equal((await window.other.next()).prompt, 'c');
    assert.equal(window.provider.calls.length, 1);
  });

  it('says why a job waits', async () => {
    const jobs = [];
    for (const prompt of ['a', 'b', 'c']) jobs.push(await window.enqueue(prompt));
    await window.provider.next();
    const reasons = jobs.map((job) => window.queue.waiting(job)?.reason);
    assert.deepEqual(reasons.slice(1), [
      'Waits for a free place (1 of 1 running)',
      'Waits for a free place (1 of 1 running), 1 job before it',
    ]);
    await window.queue.pause();
    assert.equal(window.queue.waiting(jobs[2]!)?.reason, 'Paused');
    const { job } = await window.read(jobs[0]!.id);
    assert.equal(window.queue.waiting(job), undefined);
  });

  it('takes nothing while paused, and tells', async () => {
    const seen: boolean[] = [];
    window.queue.onDidChange(() => seen.push(window.queue.paused));
    await window.queue.pause();
    const { id } = await window.enqueue('Hi');
    assert.equal((await window.read(id)).job.state, 'pending');
    await window.queue.resume();
    (await window.provider.next()).finish();
    await window.inState(id, 'completed');
    assert.deepEqual([seen[0], seen.includes(false)], [true, true]);
  });

  it('queues the request of an ended job again', async () => {
    const first = await window.enqueue('Hi');
    await assert.rejects(window.queue.runAgain(first.id), /has not ended yet/);
    (await window.provider.next()).finish();
    await window.inState(first.id, 'completed');
    const again = await window.queue.runAgain(first.id);
    assert.deepEqual(again.request, first.request);
    assert.equal(again.rerunOf, first.outputId);
    assert.notEqual(again.outputId, first.outputId);
    (await window.provider.next()).finish();
    await window.inState(again.id, 'completed');
    await assert.rejects(window.queue.runAgain('nobody'), /no longer in the store/);
  });

  it('fails at once, without attempt, when there is no credential or provider', async () => {
    const cases = [
      { request: { credential: 'gone' }, kind: 'credential_missing' },
      { request: { credential: undefined }, kind: 'credential_missing' },
      { request: { provider: 'nobody' }, kind: 'internal' },
    ];
    for (const { request, kind } of cases) {
      const { id } = await window.enqueue('Hi', {}, request);
      const { job, output, execution } = await window.inState(id, 'failed');
      assert.deepEqual([job.error?.kind, output.error?.kind, job.attempts], [kind, kind, []]);
      assert.equal(execution?.status, 'failed');
    }
    assert.equal(window.provider.calls.length, 0);
  });

  it('logs each attempt, without prompt or answer', async () => {
    const { id } = await window.enqueue('Secret prompt');
    const call = await window.provider.next();
    window.clock.advance(20);
    call.say('Secret answer');
    call.fail({ kind: 'auth', message: "'work' was refused." });
    await window.inState(id, 'failed');
    const line = `Job ${id}: attempt 1 at scripted with m-1 failed (auth: 'work' was refused.) after 20 ms`;
    assert.deepEqual(window.log.lines, [line]);
  });

  it('marks what an offline provider answers', async () => {
    const { id } = await window.enqueue('Hi', {}, { provider: 'other' });
    assert.equal((await window.read(id)).output.offline, true);
  });

  it('keeps known secrets out of the store and out of the request', async () => {
    window.redactor.add('sk-canary-12345');
    const { id } = await window.enqueue('My key is sk-canary-12345', {
      context: { key: 'sk-canary-12345' },
    });
    const call = await window.provider.next();
    assert.equal(call.prompt, 'My key is [redacted]');
    assert.doesNotMatch(JSON.stringify(await window.read(id)), /canary/);
  });

  it('loses no rating given while the answer arrives', async () => {
    const { id, outputId } = await window.enqueue('Hi');
    const call = await window.provider.next();
    const feedback = { rating: 'up', user: 'me', at: 1 } as const;
    const { rev, value } = (await window.store.outputs.get(outputId))!;
    await window.store.put([['outputs', outputId, rev + 1, { ...value, feedback }]]);
    call.say('Hello');
    call.finish();
    const { output } = await window.when(id, (record) => record.output.status === 'completed');
    assert.deepEqual([output.text, output.feedback], ['Hello', feedback]);
  });
});
