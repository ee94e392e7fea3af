import assert from 'node:assert/strict';
import type { RenderInput } from '../../../server/language/render.ts';
import { RenderHost, workerBeside } from '../../../server/renderHost.ts';
import type { Cancellation, RenderLimits } from '../../../server/renderHost.ts';

const file = new URL('../../../server/renderWorker.ts', import.meta.url);

function input(text: string, context: RenderInput['context'] = {}, partials = {}): RenderInput {
  return { text, context, partials, data: {} };
}

/** Takes far longer and makes far more than any limit allows. */
const endless = input(
  '<<#each xs>><<#each @root.xs>><<#each @root.xs>><<#each @root.xs>>x<</each>><</each>><</each>><</each>>',
  { xs: Array.from({ length: 500 }, (_, index) => index) },
);

class Token implements Cancellation {
  isCancellationRequested = false;
  readonly #listeners = new Set<() => void>();

  onCancellationRequested(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of this.#listeners) listener();
  }
}

describe('render host', () => {
  let host: RenderHost;
  const start = (limits?: Partial<RenderLimits>, worker: string | URL = file): RenderHost =>
    (host = new RenderHost(worker, limits));
  const text = async (order: RenderInput, token?: Token): Promise<string | undefined> =>
    (await host.render(order, token)).messages[0]?.content;

  afterEach(() => host.dispose());

  it('renders, one after the other, in order', async () => {
    start().warm();
    const all = [1, 2, 3].map((x) => text(input('<<x>>', { x })));
    assert.deepEqual(await Promise.all(all), ['1', '2', '3']);
  });

  it('renders 5 MB, of text that is no tag and of text with thousands of tags', async () => {
    start();
    const plain = 'if (a << 2) cat <<EOF\n<a href=<b>> <<SYS>> é😀\n'.repeat(110_000);
    assert.ok(plain.length > 5_000_000);
    assert.equal(await text(input(plain)), plain);
    const piece = `${'word '.repeat(200)}<<x>>, `;
    const tagged = piece.repeat(5000);
    assert.ok(tagged.length > 5_000_000);
    const expected = piece.replace('<<x>>', 'v').repeat(5000);
    assert.equal(await text(input(tagged, { x: 'v' })), expected);
  }).timeout(20_000);

  it('gives up on what takes too long, and goes on with a new worker', async () => {
    start({ time: 300 });
    const [slow, next] = await Promise.all([host.render(endless), text(input('next'))]);
    assert.deepEqual(slow.messages, []);
    assert.match(slow.problem?.message ?? '', /too long/);
    assert.equal(slow.problem?.severity, 'error');
    assert.equal(next, 'next');
  });

  it('gives up on what takes too much memory', async () => {
    start({ time: 60_000, memory: 16 });
    const { messages, problem } = await host.render(endless);
    assert.deepEqual(messages, []);
    assert.match(problem?.message ?? '', /too much memory/);
    assert.equal(await text(input('next')), 'next');
  }).timeout(60_000);

  it('survives a recursion without end', async () => {
    // The stack ends before any limit of time, also on a busy machine.
    start({ time: 60_000 });
    const { messages, problem } = await host.render(
      input('<<> (lookup . "p")>>', { p: 'a' }, { a: '<<> (lookup . "p")>>' }),
    );
    assert.deepEqual(messages, []);
    assert.match(problem?.message ?? '', /without end/);
    assert.equal(await text(input('next')), 'next');
  });

  it('stops what is cancelled while it runs, waits, or before', async () => {
    start({ time: 60_000 });
    assert.equal(await text(input('warm')), 'warm');
    const [running, waiting, early] = [new Token(), new Token(), new Token()];
    early.cancel();
    const all = [
      host.render(endless, running),
      host.render(input('x'), waiting),
      host.render(input('x'), early),
    ];
    waiting.cancel();
    running.cancel();
    for (const outcome of await Promise.all(all))
      assert.deepEqual(outcome, { messages: [], missing: [] });
    assert.equal(running.listeners + waiting.listeners, 0);
    assert.equal(await text(input('next')), 'next');
  });

  it('answers when it is disposed of', async () => {
    start();
    const all = [host.render(endless), host.render(input('x'))];
    host.dispose();
    for (const { messages } of await Promise.all(all)) assert.deepEqual(messages, []);
  });

  it('answers when the worker does not start', async () => {
    start({}, new URL('nothing.ts', import.meta.url));
    const { problem } = await host.render(input('x'));
    assert.match(problem?.message ?? '', /could not be started/);
  });

  it('finds the worker beside the entry', () => {
    start();
    assert.match(workerBeside('/x/dist/server.cjs'), /dist.renderWorker\.cjs$/);
    assert.match(workerBeside('/x/server/main.ts'), /server.renderWorker\.ts$/);
  });
});
