import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

const secret = 'correct horse battery';

describe('values of sensitive variables', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;
  const dead = new Set<number>();

  const enqueue = () =>
    window.enqueue(`Unlock with ${secret}, please`, {
      context: { password: secret, name: 'Ada' },
      sensitive: ['password', 'absent'],
    });

  beforeEach(async () => {
    dead.clear();
    directory = await temporaryDirectory();
    window = await QueueWindow.start(directory.path, { dead, concurrency: 1 });
  });

  afterEach(async () => {
    await window.close();
    await directory.remove();
  });

  it('are sent, and stored neither with the job nor with an answer that repeats them', async () => {
    const { id } = await enqueue();
    const call = await window.provider.next();
    assert.equal(call.prompt, `Unlock with ${secret}, please`);
    call.say(`You said ${secret}.`);
    call.finish();
    const stored = await window.inState(id, 'completed');
    assert.deepEqual(stored.job.context, { password: '[withheld]', name: 'Ada' });
    assert.equal(stored.output.text, 'You said [withheld].');
    assert.doesNotMatch(await journals(directory.path), new RegExp(secret));
  });

  it('are not asked for again with a re-run: the template has to be run', async () => {
    const { id } = await enqueue();
    (await window.provider.next()).finish();
    await window.inState(id, 'completed');
    await assert.rejects(window.queue.runAgain(id), /not stored/);
  });

  it('end a waiting job whose window has gone as interrupted, unsent', async () => {
    await window.enqueue('first');
    await window.provider.next();
    const { id } = await enqueue();
    await window.close();
    dead.add(1);
    window = await QueueWindow.start(directory.path, { pid: 2, dead });
    const { output } = await window.inState(id, 'interrupted');
    assert.match(output.error?.message ?? '', /sensitive/);
    assert.equal(window.provider.calls.length, 0);
  });
});

/** Everything the stores of a directory have written to their journals. */
async function journals(directory: string): Promise<string> {
  const names = await readdir(directory, { recursive: true });
  const files = names.filter((name) => name.endsWith('.jsonl'));
  assert.notEqual(files.length, 0);
  return (await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')))).join();
}
