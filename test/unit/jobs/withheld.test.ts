import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { maskedContext } from '../../../client/jobs/withheld.ts';
import { QueueWindow } from '../../support/queueWindow.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

const secret = 'correct "horse" battery';
const storable = [{ role: 'user', content: 'Unlock with [withheld], please' }] as const;

describe('values of sensitive variables', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let window: QueueWindow;
  const dead = new Set<number>();

  const enqueue = () =>
    window.enqueue(`Unlock with ${secret}, please`, {
      context: { password: secret, name: 'Ada' },
      sensitive: { names: ['password', 'absent'], messages: storable },
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
    assert.deepEqual(stored.execution?.request.messages, storable);
    assert.doesNotMatch(await journals(directory.path), /horse/);
  });

  it('are not stored either as what a helper has made of them', async () => {
    const { id } = await window.enqueue(
      `${secret.toUpperCase()} ${secret.length} ${btoa(secret)}`,
      {
        context: { password: secret },
        sensitive: { names: ['password'], messages: storable },
      },
    );
    const call = await window.provider.next();
    assert.equal(call.prompt, `${secret.toUpperCase()} ${secret.length} ${btoa(secret)}`);
    call.say(`${secret.toUpperCase()} as JSON: ${JSON.stringify(secret)}`);
    call.finish();
    const { job, output } = await window.inState(id, 'completed');
    assert.deepEqual(job.request.messages, storable);
    assert.equal(output.text, '[withheld] as JSON: "[withheld]"');
  });

  it('are not stored with an error that quotes them, nor logged', async () => {
    const { id } = await enqueue();
    const message = `Bad request: ${JSON.stringify({ prompt: `Unlock with ${secret}` })}`;
    (await window.provider.next()).fail({ kind: 'invalid_request', message, status: 400 });
    const { output } = await window.inState(id, 'failed');
    assert.equal(output.error?.message, 'Bad request: {"prompt":"Unlock with [withheld]"}');
    assert.doesNotMatch((await journals(directory.path)) + window.log.lines.join(), /horse/);
  });

  it('are not stored while only half of one has arrived', async () => {
    const { id } = await enqueue();
    const call = await window.provider.next();
    const save = async (text: string): Promise<void> => {
      window.clock.advance(5_000);
      await window.when(id, ({ output }) => output.text === text);
    };
    call.say('The password is: ');
    await save('The password is: ');
    call.say(`"${secret.slice(0, 14)}`);
    await save('The password is: "');
    call.say(`${secret.slice(14)}" and corr`);
    await save('The password is: "[withheld]" and ');
    await window.queue.cancel(id);
    const { output } = await window.inState(id, 'cancelled');
    assert.equal(output.text, 'The password is: "[withheld]" and [withheld]');
    assert.doesNotMatch(await journals(directory.path), /correct|horse/);
  });

  it('leave the shape of the values, so that the prompt goes the same ways', () => {
    const context = { list: ['a', 'b'], deep: { pin: 1234 }, none: null, yes: true, name: 'Ada' };
    assert.deepEqual(maskedContext(context, ['list', 'deep', 'none', 'yes', 'constructor']), {
      list: ['[withheld]', '[withheld]'],
      deep: { pin: '[withheld]' },
      none: '[withheld]',
      yes: '[withheld]',
      name: 'Ada',
    });
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
