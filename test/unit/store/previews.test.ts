import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Output } from '../../../client/model.ts';
import type { Op, OutputFilter, Store } from '../../../client/store/store.ts';
import { output, Windows } from './fixtures.ts';

type Search = OutputFilter & { readonly text: string };

function outputs(...parts: readonly Partial<Output>[]): Op[] {
  return parts.map((part, i) => [
    'outputs',
    `o${i}`,
    1,
    output(`o${i}`, { createdAt: i, ...part }),
  ]);
}

/** There is no worker here: what is found is what the index knows. */
async function found(store: Store, filter: Search): Promise<string> {
  const finding = store.outputs.find(filter);
  await finding.ended;
  const rows = finding.page(0, 5000).map(({ id }) => id);
  assert.equal(finding.state.found, rows.length);
  return rows.join(' ');
}

describe('search through previews', () => {
  const windows = new Windows();
  let store: Store;
  before(async () => {
    store = await windows.open();
    const template = { slug: 'other', name: '100% Größe_1', uri: '' };
    await store.put(
      outputs(
        { text: '  First\n\tline  and \u0007 second\u2028line ' },
        { text: '', status: 'failed', error: { kind: 'auth', message: 'Key refused.' } },
        { template, model: 'gpt-x' },
        { text: 'ПРИВЕТ, мир' },
        { text: 'a key', feedback: { rating: 'up', user: 'Ada', at: 1 } },
      ),
    );
  });
  after(() => windows.close());

  const cases: readonly [name: string, filter: Search, expected: string][] = [
    ['a text on one line', { text: 'first LINE and second line' }, 'o0'],
    ['a text in the error', { text: 'refused.' }, 'o1'],
    ['a text in the name', { text: '100% größe_' }, 'o2'],
    ['a text in the model', { text: 'PT-X' }, 'o2'],
    ['a text beyond ASCII in another case', { text: 'привет, М' }, 'o3'],
    ['several, newest first', { text: 'key' }, 'o4 o1'],
    ['several things at once', { rating: 'none', status: 'failed', text: 'key' }, 'o1'],
    ['no wildcards: %', { text: '0%g' }, ''],
    ['no wildcards: _', { text: 'gr__' }, ''],
    ['no wildcards: *', { text: 'г*' }, ''],
    ['a backslash', { text: '\\' }, ''],
    ['brackets', { text: 'é[a]' }, ''],
    ['nothing across two rows', { text: 'line\nkey' }, ''],
  ];
  for (const [name, filter, expected] of cases) {
    it(`finds ${name}`, async () => assert.equal(await found(store, filter), expected));
  }

  it('finds what came, changed and went after a search, while that is still held', async () => {
    const before = store.outputs.find({ text: 'needle' });
    await before.ended;
    assert.equal(before.state.found, 0);
    const put = (id: string, rev: number, text: string, createdAt: number): Op => [
      'outputs',
      id,
      rev,
      output(id, { text, createdAt }),
    ];
    await store.put([
      put('a', 1, 'a needle', 30),
      put('b', 1, 'hay', 50),
      put('c', 1, 'needle', 40),
    ]);
    assert.equal(await found(store, { text: 'needle' }), 'c a');
    await store.put([put('b', 2, 'the needle', 50), put('c', 2, 'hay', 40)]);
    assert.equal(await found(store, { text: 'needle' }), 'b a');
    await store.put(['a', 'b', 'c'].map((id) => ['outputs', id, 3, null]));
    assert.equal(await found(store, { text: 'needle' }), '');
    assert.equal(before.page(0, 9).length, 0);
  });

  it('has a first page before it has looked at all', async () => {
    const many = new Windows();
    const store = await many.open();
    await store.put(outputs(...Array.from({ length: 900 }, (_, i) => ({ text: `straw ${i}` }))));
    const finding = store.outputs.find({ text: 'straw' });
    await finding.firstPage;
    const page = finding.page(0, 50).map(({ id }) => id);
    await finding.ended;
    assert.deepEqual(
      page,
      Array.from({ length: 50 }, (_, i) => `o${899 - i}`),
    );
    assert.equal(finding.state.found, 900);
    await many.close();
  });

  it('finds what a plain look at every row finds', async () => {
    const letters = fc.stringMatching(/^[aAbKß\u212Aé%_\\ΣσX]{0,6}$/);
    const row = fc.record({ text: letters, model: letters, name: letters });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), letters, async (rows, text) => {
        fc.pre(text.trim() !== '');
        const windows = new Windows();
        const store = await windows.open();
        await store.put(
          outputs(
            ...rows.map(({ model, name, text }) => ({
              text,
              model,
              template: { slug: 's', name, uri: '' },
            })),
          ),
        );
        const wanted = text.toLowerCase();
        const expected = store.outputs
          .list({ limit: 5000 })
          .filter(({ model, preview, templateName }) =>
            [preview, templateName, model].some((it) => isIn(it, wanted)),
          );
        assert.equal(await found(store, { text }), expected.map(({ id }) => id).join(' '));
        await windows.close();
      }),
      { numRuns: 60 },
    );
  });
});

/** ASCII is compared as ASCII: no letter beyond it becomes one of it. */
function isIn(text: string, wanted: string): boolean {
  const lower =
    wanted === wanted.replaceAll(/[^ -~]/g, '')
      ? text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
      : text.toLowerCase();
  return lower.includes(wanted);
}
