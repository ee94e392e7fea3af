import assert from 'node:assert/strict';
import type { Job, Output } from '../../../client/model.ts';
import { openSqlIndex } from '../../../client/store/index/sqlIndex.ts';
import type { OpenSqlIndex, SqlIndex, SqlValue } from '../../../client/store/index/sqlIndex.ts';
import type { Op, OutputFilter, Store } from '../../../client/store/store.ts';
import { job, output, Windows } from './fixtures.ts';

const minute = 60_000;

function outputs(...parts: readonly Partial<Output>[]): Op[] {
  return parts.map((part, i) => {
    const id = `o${i}`;
    return ['outputs', id, 1, output(id, { createdAt: 1_800_000_000_000 + i * minute, ...part })];
  });
}

describe('list of outputs', () => {
  const windows = new Windows();
  let store: Store;
  before(async () => {
    store = await windows.open();
    const template = { slug: 'other', name: '100% Größe_1', uri: '' };
    await store.put(
      outputs(
        { text: '  First\n\tline  and \u0007 second\u2028line ' },
        { text: '', status: 'failed', error: { kind: 'auth', message: 'Key refused.' } },
        { template, model: 'gpt-x', offline: true, durationMs: 12.4 },
        {
          feedback: { rating: 'up', user: 'Ada', at: 1 },
          usage: { inputTokens: 3, outputTokens: 5 },
        },
        { feedback: { rating: 'down', user: 'Ada', at: 1 }, text: 'ПРИВЕТ, мир' },
        { text: `${'x'.repeat(199)}𝄞 tail` },
        { text: 'lone \uD800 and NUL \0 here' },
      ),
    );
    await store.put([
      ['outputs', 'gone', 1, output('gone')],
      ['outputs', 'gone', 2, null],
    ]);
  });
  after(() => windows.close());

  const cases: readonly [name: string, filter: OutputFilter, expected: string][] = [
    ['everything, newest first', {}, 'o6 o5 o4 o3 o2 o1 o0'],
    ['a page', { offset: 2, limit: 3 }, 'o4 o3 o2'],
    ['a page behind the end', { offset: 9 }, ''],
    ['a template', { template: 'other' }, 'o2'],
    ['a model', { model: 'gpt-x' }, 'o2'],
    ['a status', { status: 'failed' }, 'o1'],
    ['a rating', { rating: 'up' }, 'o3'],
    ['no rating', { rating: 'none', limit: 2 }, 'o6 o5'],
    ['several at once', { rating: 'none', status: 'failed', model: 'm' }, ''],
    ['what was made before', { before: 1_800_000_000_000 + minute }, 'o0'],
  ];
  for (const [name, filter, expected] of cases) {
    it(`finds ${name}`, () => {
      const found = store.outputs.list(filter).map(({ id }) => id);
      assert.equal(found.join(' '), expected);
      if (filter.limit === undefined && filter.offset === undefined) {
        assert.equal(store.outputs.count(filter), found.length);
      }
    });
  }

  it('gives what a row shows', () => {
    const [o6, o5, , o3, o2, o1, o0] = store.outputs.list();
    assert.deepEqual(o2, {
      id: 'o2',
      templateSlug: 'other',
      templateName: '100% Größe_1',
      provider: 'echo',
      model: 'gpt-x',
      status: 'completed',
      offline: true,
      rating: undefined,
      createdAt: 1_800_000_120_000,
      durationMs: 12,
      inputTokens: undefined,
      outputTokens: undefined,
      preview: 'Hello',
    });
    assert.deepEqual([o3?.rating, o3?.inputTokens, o3?.outputTokens], ['up', 3, 5]);
    assert.equal(o0?.preview, 'First line and second line');
    assert.equal(o1?.preview, 'Key refused.');
    assert.equal(o5?.preview, 'x'.repeat(199));
    assert.equal(o6?.preview, 'lone \uFFFD and NUL here');
  });

  it('moves a row whose columns change', async () => {
    const rated = output('o0', { feedback: { rating: 'up', user: 'Ada', at: 2 }, createdAt: 1 });
    await store.put([['outputs', 'o0', 2, rated]]);
    assert.deepEqual(
      store.outputs.list({ rating: 'up' }).map(({ id }) => id),
      ['o3', 'o0'],
    );
  });
});

describe('list of jobs', () => {
  const windows = new Windows();
  let store: Store;
  before(async () => {
    store = await windows.open();
    const jobs: readonly Partial<Job>[] = [
      { state: 'pending', queuedAt: 5000 },
      { state: 'processing', queuedAt: 1000 },
      { state: 'pending', queuedAt: 2000 },
      { state: 'failed', queuedAt: 3000 },
      { state: 'pending', queuedAt: 2000 },
    ];
    await store.put(jobs.map((part, i): Op => ['jobs', `j${i}`, 1, job(`j${i}`, part)]));
    await store.put([['jobs', 'j0', 2, job('j0', { state: 'pending', queuedAt: 4000 })]]);
  });
  after(() => windows.close());

  const cases: readonly [Parameters<Store['jobs']['list']>, expected: string][] = [
    [[], 'j1 j2 j4 j3 j0'],
    [[['pending']], 'j2 j4 j0'],
    [[['pending', 'processing']], 'j1 j2 j4 j0'],
    [[['failed', 'pending', 'processing'], { offset: 1, limit: 2 }], 'j2 j4'],
    [[['pending', 'processing'], { newestFirst: true }], 'j0 j4 j2 j1'],
    [[undefined, { newestFirst: true, limit: 2 }], 'j0 j3'],
    [[['pending', 'failed'], { since: 3000 }], 'j3 j0'],
    [[['pending'], { since: 2000, offset: 1, newestFirst: true }], 'j4 j2'],
    [[[]], ''],
    [[['cancelled']], ''],
  ];
  for (const [parameters, expected] of cases) {
    it(`finds ${expected || 'nothing'} for ${JSON.stringify(parameters)}`, async () => {
      const found = await store.jobs.list(...parameters);
      assert.equal(found.map(({ value }) => value.id).join(' '), expected);
    });
  }

  it('counts', () => {
    assert.equal(store.jobs.count(['pending', 'failed']), 4);
    assert.equal(store.jobs.count(['pending', 'failed'], 2001), 2);
    assert.equal(store.jobs.count([]), 0);
  });

  it('gives the newest value with its rev', async () => {
    const found = (await store.jobs.list()).at(-1);
    assert.deepEqual([found?.rev, found?.value.queuedAt], [2, 4000]);
  });
});

describe('lists', () => {
  it('use an index and sort no more than a page', async () => {
    const plans: string[][] = [];
    const openIndex: OpenSqlIndex = async (image) => {
      const index = await openSqlIndex(image);
      return {
        run: (sql, values) => index.run(sql, values),
        query: (sql, values) => {
          if (/FROM \(?(SELECT .* FROM )?(outputs|jobs)/s.test(sql))
            plans.push(plan(index, sql, values));
          return index.query(sql, values);
        },
        export: () => index.export(),
        close: () => index.close(),
      };
    };
    const windows = new Windows();
    const store = await windows.open({ openIndex });
    const filters: readonly [OutputFilter, index: string][] = [
      [{}, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
      [
        { template: 'a' },
        'SEARCH outputs USING COVERING INDEX outputs_by_template (template_slug=?)',
      ],
      [{ model: 'a' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
      [{ status: 'failed' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
      [{ rating: 'up' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
      [{ rating: 'none' }, 'SCAN outputs USING COVERING INDEX outputs_by_age'],
    ];
    for (const [filter, index] of filters) {
      store.outputs.list(filter);
      assert.ok(plans.at(-1)?.includes(index), plans.at(-1)?.join('\n'));
    }
    for (const states of [undefined, ['pending'], ['pending', 'processing', 'failed']] as const) {
      await store.jobs.list(states);
      await store.jobs.list(states, { newestFirst: true });
      assert.ok(plans.at(-1)?.includes('SEARCH jobs USING INDEX jobs_by_state (state=?)'));
    }
    await windows.close();
    assert.equal(plans.length, filters.length + 6);
    for (const steps of plans) assert.ok(steps.every((step) => !step.includes('TEMP B-TREE')));
  });
});

/** The steps of a query, without the outermost sort, which is of one page. */
function plan(
  ...[index, sql, values]: [SqlIndex, string, readonly SqlValue[] | undefined]
): string[] {
  const rows = index.query(`EXPLAIN QUERY PLAN ${sql}`, values);
  return rows
    .filter(([, parent, , step]) => parent !== 0 || step !== 'USE TEMP B-TREE FOR ORDER BY')
    .map(([, , , step]) => String(step));
}
