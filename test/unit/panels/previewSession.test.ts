import assert from 'node:assert/strict';
import { type PreviewPorts, PreviewSession } from '../../../client/panels/previewSession.ts';
import type { PreviewState } from '../../../client/panels/protocol.ts';
import type { Context } from '../../../client/model.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { RememberedDouble } from '../../support/rememberedDouble.ts';
import { description } from './description.ts';

function preview(change: Partial<PreviewPorts> = {}) {
  const clock = new FakeClock();
  const shown: PreviewState[] = [];
  const done: string[] = [];
  const rendered: Context[] = [];
  const remembered = new RememberedDouble();
  const session = new PreviewSession({
    uri: 'file:///greet.prompt',
    fallbackTitle: 'greet',
    describe: async () => description,
    render: async (context, sources) => {
      rendered.push(context);
      const content = `Hello ${(context['name'] as string | undefined) ?? '⟦name⟧'}`;
      const missing = context['name'] === undefined ? ['name'] : [];
      const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 6 } };
      const runs = [{ start: 0, end: 6, kind: 'text' as const, range }];
      const answer = { messages: [{ role: 'user' as const, content }], missing, problems: [] };
      return sources === true ? { ...answer, sources: [runs] } : answer;
    },
    remembered,
    run: async (values) => void done.push(`run ${JSON.stringify(values)}`),
    reveal: async ({ range: { start }, uri }, focus) =>
      void done.push(`reveal ${uri ?? ''}${start.line}:${start.character}${focus ? ' focus' : ''}`),
    describeError: (error) => (error as Error).message,
    clock,
    emit: (_event, state) => shown.push(state),
    ...change,
  });
  const ready = async (): Promise<PreviewState | undefined> => session.handlers.ready({});
  /** Lets time pass and what it sets going end. */
  const after = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise(setImmediate);
  };
  return { after, done, ready, remembered, rendered, session, shown };
}

const texts = (states: readonly PreviewState[]): string[] =>
  states.map(({ messages }) => messages[0]?.content ?? '');

describe('The session behind a preview', () => {
  it('begins with the first sample', async () => {
    const state = await preview().ready();
    assert.equal(state?.title, 'Greet');
    assert.equal(state.sample, 'Ada');
    assert.deepEqual(texts([state]), ['Hello Ada']);
  });

  it('begins with the values last given, when there are any', async () => {
    const { ready } = preview({ remembered: new RememberedDouble({ name: 'Lin', gone: 1 }) });
    const state = await ready();
    assert.deepEqual([state?.sample, state?.values], [undefined, { name: 'Lin' }]);
  });

  it('shows what is missing when there is nothing to begin with', async () => {
    const { ready } = preview({ describe: async () => ({ ...description, samples: [] }) });
    assert.deepEqual((await ready())?.missing, ['name']);
  });

  it('offers made-up values after the samples, unless a sample is called so', async () => {
    const { after, ready, session, shown } = preview();
    assert.deepEqual((await ready())?.samples, ['Ada', 'Grace', 'generated']);
    await session.handlers.useSample({ name: 'generated' });
    await after(0);
    assert.deepEqual(
      [shown.at(-1)?.sample, texts(shown).at(-1)],
      ['generated', 'Hello [name_value]'],
    );
    const own = [{ name: 'generated', values: { name: 'Own' } }];
    const other = preview({ describe: async () => ({ ...description, samples: own }) });
    assert.deepEqual((await other.ready())?.samples, ['generated']);
    assert.deepEqual(texts([(await other.ready())!]), ['Hello Own']);
  });

  it('follows typing when it rests', async () => {
    const { after, ready, session, shown } = preview();
    await ready();
    for (let key = 0; key < 5; key++) {
      session.refresh();
      await after(60);
    }
    assert.equal(shown.length, 0);
    await after(100);
    assert.equal(shown.length, 1);
  });

  it('never shows an older answer after a newer one', async () => {
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = -1;
    const { after, ready, session, shown } = preview({
      render: async () => {
        const mine = asked++;
        await answers[mine]?.promise;
        return {
          messages: [{ role: 'user', content: `answer ${mine}` }],
          missing: [],
          problems: [],
        };
      },
    });
    await ready();
    session.refresh();
    await after(100);
    session.refresh();
    await after(100);
    answers[1]!.resolve();
    await after(0);
    answers[0]!.resolve();
    await after(0);
    assert.deepEqual(texts(shown), ['answer 1']);
  });

  it('uses a sample, and goes back to the own values', async () => {
    const { ready, session, shown } = preview({
      remembered: new RememberedDouble({ name: 'Lin' }),
    });
    await ready();
    await session.handlers.useSample({ name: 'Grace' });
    await session.handlers.useSample({ name: undefined });
    assert.deepEqual(
      shown.map(({ sample, values }) => [sample, values]),
      [
        ['Grace', { name: 'Grace', tone: 'dry' }],
        [undefined, { name: 'Lin' }],
      ],
    );
    await assert.rejects(async () => session.handlers.useSample({ name: 'Nobody' }), /no sample/);
  });

  it('takes a typed value, keeps it soon, and keeps no secret', async () => {
    const { after, ready, remembered, session, shown } = preview();
    await ready();
    await session.handlers.setValue({ name: 'name', value: 'Lin' });
    await session.handlers.setValue({ name: 'token', value: 'sk-secret' });
    await after(100);
    assert.deepEqual(texts(shown), ['Hello Lin']);
    assert.equal(shown[0]!.sample, undefined);
    await after(500);
    assert.deepEqual(remembered.kept, [{ name: 'Lin' }]);
    await session.handlers.setValue({ name: 'name', value: undefined });
    await after(100);
    assert.deepEqual(shown[1]!.missing, ['name']);
  });

  it('keeps what was typed last also when its panel is closed at once', async () => {
    const { after, ready, remembered, session } = preview();
    await ready();
    await session.handlers.setValue({ name: 'name', value: 'Lin' });
    session.dispose();
    await after(0);
    assert.deepEqual(remembered.kept, [{ name: 'Lin' }]);
  });

  it('refuses a value for what is no variable', async () => {
    const { ready, session } = preview();
    await ready();
    for (const name of ['age', '__proto__', 'toString']) {
      assert.throws(() => session.handlers.setValue({ name, value: 1 }), /no variable/);
    }
  });

  it('runs with the values shown, and reveals a line', async () => {
    const { done, ready, session } = preview();
    await ready();
    await session.handlers.run({});
    await session.handlers.reveal({ line: 3, character: 1 });
    assert.deepEqual(done, ['run {"name":"Ada"}', 'reveal 3:1 focus']);
    await assert.rejects(async () => session.handlers.reveal({ line: 'x' as never, character: 0 }));
  });

  it('shows where a letter of a message comes from, as the document stands now', async () => {
    const { done, ready, session } = preview();
    await ready();
    await session.handlers.locate({ message: 0, offset: 2, focus: false });
    await session.handlers.locate({ message: 0, offset: 2, focus: true });
    assert.deepEqual(done, ['reveal 4:2', 'reveal 4:2 focus']);
    const unknown = async () => session.handlers.locate({ message: 3, offset: 0, focus: true });
    await assert.rejects(unknown, /not known/);
    await assert.rejects(async () =>
      session.handlers.locate({ message: 0, offset: 'x' as never, focus: true }),
    );
  });

  it('says so when the template is gone, and when nothing can be rendered', async () => {
    assert.equal(await preview({ describe: async () => undefined }).ready(), undefined);
    const down = await preview({ render: () => Promise.reject(new Error('Stopped.')) }).ready();
    assert.deepEqual([down?.failure, down?.title, down?.messages], ['Stopped.', 'Greet', []]);
    const early = await preview({ describe: () => Promise.reject(new Error('Stopped.')) }).ready();
    assert.deepEqual([early?.failure, early?.title], ['Stopped.', 'greet']);
  });
});
