import assert from 'node:assert/strict';
import type { RunFormState } from '../../../client/panels/protocol.ts';
import { type RunFormPorts, RunFormSession } from '../../../client/panels/runFormSession.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { RememberedDouble } from '../../support/rememberedDouble.ts';
import { description } from './description.ts';

function form(change: Partial<RunFormPorts> = {}) {
  const clock = new FakeClock();
  const shown: RunFormState[] = [];
  const done: string[] = [];
  const remembered = new RememberedDouble({ name: 'Lin', gone: true });
  const session = new RunFormSession({
    uri: 'file:///greet.prompt',
    given: {},
    describe: async () => description,
    target: async () => ({ label: 'Echo · echo-1', offline: true }),
    remembered,
    run: async (values) => void done.push(`run ${JSON.stringify(values)}`),
    close: () => void done.push('close'),
    clock,
    emit: (_event, state) => shown.push(state),
    ...change,
  });
  const after = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise(setImmediate);
  };
  const ready = async (): Promise<RunFormState> => session.handlers.ready({});
  return { after, done, ready, remembered, session, shown };
}

describe('The session behind a run form', () => {
  it('begins with defaults, under what is remembered, under what is given', async () => {
    const { values } = await form({ given: { tone: 'dry', other: 1 } }).ready();
    assert.deepEqual(values, { name: 'Lin', tone: 'dry' });
    const state = await form({ remembered: new RememberedDouble() }).ready();
    assert.deepEqual(state.values, { tone: 'kind' });
  });

  it('says who will answer', async () => {
    const { offline, target } = await form().ready();
    assert.deepEqual([target, offline], ['Echo · echo-1', true]);
  });

  it('keeps what is typed, but no secret and nothing that is no variable', async () => {
    const { ready, remembered, session } = form();
    await ready();
    await session.handlers.keep({ values: { name: 'Ada', token: 'sk-secret', __proto__x: 1 } });
    assert.deepEqual(remembered.kept, [{ name: 'Ada' }]);
    assert.equal((await ready()).values['token'], 'sk-secret', 'while the form lives, it has it');
    await assert.rejects(async () => session.handlers.keep({ values: [] as never }), TypeError);
  });

  it('runs with what was typed and closes', async () => {
    const { done, ready, remembered, session } = form();
    await ready();
    await session.handlers.run({ values: { name: 'Ada', token: 'sk-secret' } });
    assert.deepEqual(done, ['run {"name":"Ada","token":"sk-secret"}', 'close']);
    assert.deepEqual(remembered.kept, [{ name: 'Ada' }]);
  });

  it('stays open with the reason when the run is refused', async () => {
    const { done, ready, session } = form({ run: () => Promise.reject(new Error('No key.')) });
    await ready();
    await assert.rejects(async () => session.handlers.run({ values: { name: 'Ada' } }), /No key/);
    assert.deepEqual(done, []);
  });

  it('runs also when what was typed cannot be written', async () => {
    const remembered = new RememberedDouble();
    remembered.keep = () => Promise.reject(new Error('read-only'));
    const { done, ready, session } = form({ remembered });
    await ready();
    await session.handlers.run({ values: { name: 'Ada' } });
    assert.deepEqual(done, ['run {"name":"Ada"}', 'close']);
  });

  it('follows the template, and takes values from elsewhere', async () => {
    const { after, ready, session, shown } = form();
    await ready();
    session.refresh();
    session.refresh();
    await after(250);
    assert.equal(shown.length, 1);
    session.give({ name: 'Grace' });
    await after(0);
    assert.equal(shown[1]!.values['name'], 'Grace');
  });

  it('says so when the template is gone', async () => {
    await assert.rejects(form({ describe: async () => undefined }).ready(), /no longer exists/);
  });
});
