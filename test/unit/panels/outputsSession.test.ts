import assert from 'node:assert/strict';
import { rateOutput } from '../../../client/panels/outputFeedback.ts';
import { OutputsStand as Stand } from './outputsStand.ts';

const filter = { text: '', status: '', rating: '', template: '', model: '' } as const;

describe('The session behind an Outputs page', () => {
  let stand: Stand;
  const open = async (...args: Parameters<typeof Stand.open>): Promise<Stand> => {
    await stand.close();
    stand = await Stand.open(...args);
    return stand;
  };

  beforeEach(async () => {
    stand = await Stand.open();
  });
  afterEach(() => stand.close());

  it('lists the newest first, a page at a time, by filter', async () => {
    const first = await stand.answered('one', 'First answer');
    stand.window.clock.advance(1000);
    const second = await stand.answered('two', 'Second answer');
    const all = await stand.handlers.list({ filter, offset: 0, limit: 50 });
    assert.deepEqual([all.total, ...all.rows.map(({ id }) => id)], [2, second, first]);
    const page = await stand.handlers.list({ filter, offset: 1, limit: 1 });
    assert.deepEqual([page.total, ...page.rows.map(({ id }) => id)], [2, first]);
    const found = await stand.handlers.list({
      filter: { ...filter, text: ' SECOND ' },
      offset: 0,
      limit: 9,
    });
    assert.deepEqual(
      [found.total, ...found.rows.map(({ preview }) => preview)],
      [1, 'Second answer'],
    );
    const failed = await stand.handlers.list({
      filter: { ...filter, status: 'failed' },
      offset: 0,
      limit: 9,
    });
    assert.deepEqual(failed, { rows: [], total: 0 });
  });

  it('filters by template and model, and offers those there are', async () => {
    const { handlers, window } = stand;
    await stand.answered('one', 'First answer');
    await stand.answered('three', 'Third answer');
    const other = { slug: 'bye', name: 'Say goodbye', uri: 'file:///folder/bye.prompt' };
    const job = await window.enqueue('two', { template: other }, { model: 'm-2' });
    assert.deepEqual(await handlers.choices({}), {
      templates: [
        { slug: 'greet', name: 'Greet' },
        { slug: 'bye', name: 'Say goodbye' },
      ],
      models: ['m-1', 'm-2'],
    });
    for (const wish of [
      { template: 'bye' },
      { model: 'm-2' },
      { template: 'bye', text: 'goodbye' },
    ]) {
      const list = await handlers.list({ filter: { ...filter, ...wish }, offset: 0, limit: 9 });
      assert.deepEqual(
        list.rows.map(({ id }) => id),
        [job.outputId],
        JSON.stringify(wish),
      );
    }
  });

  const bad: [string, unknown][] = [
    ['no filter', { offset: 0, limit: 1 }],
    ['an unknown status', { filter: { ...filter, status: 'lost' }, offset: 0, limit: 1 }],
    ['a filter of SQL', { filter: { ...filter, rating: "'; DROP" }, offset: 0, limit: 1 }],
    ['a template that is none', { filter: { ...filter, template: 4 }, offset: 0, limit: 1 }],
    ['a text that is none', { filter: { ...filter, text: 4 }, offset: 0, limit: 1 }],
    ['no number', { filter, offset: 'many', limit: 1 }],
    ['no number at all', { filter, offset: 0, limit: NaN }],
  ];
  for (const [name, params] of bad) {
    it(`refuses a list with ${name}`, () =>
      assert.rejects(async () => stand.handlers.list(params as never), TypeError));
  }

  it('never answers more rows than a page may ask for', async () => {
    await stand.answered('one', 'x');
    const { rows } = await stand.handlers.list({ filter, offset: -5, limit: 1e9 });
    assert.equal(rows.length, 1);
  });

  it('streams the text of the output that is shown, and only that', async () => {
    const shown = await stand.window.enqueue('shown');
    const call = await stand.window.provider.next();
    await stand.window.enqueue('other');
    const other = await stand.window.provider.next();
    call.say('He');
    const detail = await stand.handlers.detail({ id: shown.outputId });
    assert.equal(detail?.output.text, 'He');
    other.say('nobody looks at this');
    call.say('llo');
    call.say(' there');
    stand.window.clock.advance(50);
    assert.deepEqual(stand.told('text'), [
      { id: shown.outputId, offset: 2, text: 'llo' },
      { id: shown.outputId, offset: 5, text: ' there' },
    ]);
    call.finish();
    other.finish();
  });

  it('says why a job waits', async () => {
    const job = await stand.window.enqueue('p');
    (await stand.window.provider.next()).fail({ kind: 'overloaded', message: 'Too busy.' });
    await stand.window.when(
      job.id,
      ({ job }) => job.state === 'pending' && job.runAt !== undefined,
    );
    const detail = await stand.handlers.detail({ id: job.outputId });
    assert.ok(detail?.waiting?.until);
    assert.equal(detail.attempts.length, 1);
  });

  it('tells changes together, once per moment', async () => {
    await stand.handlers.list({ filter, offset: 0, limit: 1 });
    const id = await stand.answered('p', 'x');
    stand.window.clock.advance(50);
    const told = stand.told('changed');
    assert.equal(told.length, 1);
    assert.deepEqual(told[0]!.ids, [id]);
  });

  it('answers undefined for an output that is gone, and an error when something is to be done with it', async () => {
    assert.equal(await stand.handlers.detail({ id: 'gone' }), undefined);
    await assert.rejects(async () => stand.handlers.copy({ id: 'gone' }), /no longer exists/);
    await assert.rejects(async () => stand.handlers.rate({ id: 'gone' }), /no longer exists/);
  });

  it('rates with a comment, changes and takes back', async () => {
    const id = await stand.answered('p', 'x');
    const feedback = async () => (await stand.window.store.outputs.get(id))?.value.feedback;
    await stand.handlers.rate({ id, rating: 'down', comment: '  too short ' });
    const at = stand.window.clock.now();
    assert.deepEqual(await feedback(), { rating: 'down', comment: 'too short', user: 'Ada', at });
    await stand.handlers.rate({ id, rating: 'up', comment: '' });
    assert.deepEqual(await feedback(), { rating: 'up', user: 'Ada', at });
    await stand.handlers.rate({ id });
    assert.equal(await feedback(), undefined);
    assert.equal((await stand.window.store.outputs.get(id))?.value.text, 'x');
  });

  it('keeps the order of ratings, so a thumb does not overtake its comment', async () => {
    let slow = Promise.withResolvers<string>();
    const { handlers, window } = await open({ user: () => slow.promise });
    const id = await stand.answered('p', 'x');
    const thumb = handlers.rate({ id, rating: 'up' });
    const comment = handlers.rate({ id, rating: 'up', comment: 'clear' });
    const first = slow;
    slow = Promise.withResolvers();
    slow.resolve('Ada');
    first.resolve('Ada');
    await Promise.all([thumb, comment]);
    assert.equal((await window.store.outputs.get(id))?.value.feedback?.comment, 'clear');
  });

  it('loses no comment to another writer of the same output', async () => {
    const id = await stand.answered('p', 'x');
    const { store } = stand.window;
    let tries = 0;
    const put: typeof store.put = async (ops) => {
      if (++tries <= 2) {
        const { rev, value } = (await store.outputs.get(id))!;
        await store.put([['outputs', id, rev + 1, { ...value, finishReason: `other ${tries}` }]]);
      }
      return store.put(ops);
    };
    const feedback = { rating: 'up', comment: 'kept', user: 'Ada', at: 1 } as const;
    await rateOutput({ outputs: store.outputs, put }, id, feedback);
    const { value } = (await store.outputs.get(id))!;
    assert.deepEqual([tries, value.finishReason, value.feedback], [3, 'other 2', feedback]);
  });

  it('cancels, runs again, copies and opens the template', async () => {
    const job = await stand.window.enqueue('p');
    const call = await stand.window.provider.next();
    await stand.handlers.detail({ id: job.outputId });
    call.say('partial');
    await stand.handlers.copy({ id: job.outputId });
    await stand.handlers.use({ id: job.outputId, how: 'insert' });
    await stand.handlers.cancel({ id: job.outputId });
    await stand.window.inState(job.id, 'cancelled');
    const again = await stand.handlers.rerun({ id: job.outputId });
    const repeated = (await stand.window.store.outputs.get(again.id))?.value;
    const { job: second } = await stand.window.read(repeated!.jobId);
    assert.equal(second.rerunOf, job.outputId);
    await stand.handlers.openTemplate({ id: job.outputId });
    await stand.handlers.runPrompt({});
    await stand.handlers.regenerate({ id: job.outputId });
    assert.deepEqual(stand.done, [
      'copy partial',
      'insert text partial',
      'open file:///folder/greet.prompt',
      'run',
      'regenerate file:///folder/greet.prompt {}',
    ]);
    await assert.rejects(async () =>
      stand.handlers.use({ id: job.outputId, how: 'burn' as never }),
    );
    await assert.rejects(async () => stand.handlers.regenerate({ id: 'gone' }), /no longer exists/);
    (await stand.window.provider.next()).finish();
  });

  it("does an error's action when it was offered, and no other", async () => {
    const job = await stand.window.enqueue('p');
    (await stand.window.provider.next()).fail({ kind: 'auth', message: 'Refused.' });
    await stand.window.inState(job.id, 'failed');
    const id = job.outputId;
    const detail = await stand.handlers.detail({ id });
    assert.deepEqual(
      detail?.actions.map(({ label }) => label),
      ['Replace Key', 'Edit Credential', 'Run Again'],
    );
    await stand.handlers.act({ id, action: 'replaceKey' });
    assert.deepEqual(stand.done, ['replaceKey m-1']);
    await assert.rejects(async () => stand.handlers.act({ id, action: 'showLog' }), /no action/);
    await assert.rejects(
      async () => stand.handlers.act({ id, action: 'constructor' }),
      /no action/,
    );
    await stand.handlers.act({ id, action: 'runAgain' });
    assert.equal(stand.told('select').length, 1);
    (await stand.window.provider.next()).finish();
  });

  it('opens with the output it was asked to show, once', async () => {
    const { session } = await open({}, 'wanted');
    assert.deepEqual(await session.handlers.ready({}), { select: 'wanted' });
    assert.deepEqual(await session.handlers.ready({}), {});
    session.select('another');
    assert.deepEqual(await session.handlers.ready({}), { select: 'another' });
    session.select('third');
    await session.handlers.detail({ id: 'third' });
    assert.deepEqual(await session.handlers.ready({}), {}, 'it was shown already');
    session.select('fourth');
    await session.handlers.detail({ id: 'third' });
    const answer = await session.handlers.ready({});
    assert.deepEqual(
      answer,
      { select: 'fourth' },
      'a page that comes back shows its last one first',
    );
  });

  it('tries anew after the folder could not be opened', async () => {
    let tries = 0;
    const { handlers } = await open({
      openFolder: async () => {
        if (++tries === 1) throw new Error('EACCES');
        return stand.window;
      },
    });
    await assert.rejects(async () => handlers.ready({}), /EACCES/);
    assert.deepEqual(await handlers.ready({}), {});
  });

  it('listens to nothing any more once its panel is closed', async () => {
    await stand.handlers.list({ filter, offset: 0, limit: 1 });
    stand.session.dispose();
    await stand.answered('p', 'x');
    stand.window.clock.advance(1000);
    assert.deepEqual(stand.events, []);
  });
});
