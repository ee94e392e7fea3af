import assert from 'node:assert/strict';
import type { Context } from '../../../server/language/values.ts';
import { tracedMessages } from '../../fuzz/traced.ts';
import { RenderHost } from '../../../server/renderHost.ts';
import { analysisOf } from '../../support/neighbours.ts';

const partials = {
  rules: '---\nname: R\n---\nBe <<tone>>.\n\nBe <<upper tone>>!\n',
  layout: '[<<> @partial-block>>]',
};

/** Each run: the rendered text, and where it stands when that does not look the same. */
function runsOf(text: string, context: Context): string[][] {
  const analysis = analysisOf(text, partials);
  assert.deepEqual(
    analysis.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  return tracedMessages(analysis, context).map(({ content, runs = [] }) =>
    runs.map(({ start, end, from, kind, slug }) => {
      const source = slug === undefined ? text : partials[slug as keyof typeof partials];
      const shown = content.slice(start, end);
      const written = source.slice(from.start, from.end);
      const place = kind === 'text' ? '' : ` ← ${written}`;
      return `${shown}${place}${slug === undefined ? '' : ` @${slug}`}`;
    }),
  );
}

describe('where rendered text comes from', () => {
  const cases: [template: string, context: Context, runs: string[]][] = [
    ['plain\n\ntext\n', {}, ['plain\n\ntext']],
    ['a <<x>> b', { x: '1' }, ['a ', '1 ← <<x>>', ' b']],
    ['<<x>><<y>>', { x: 'same', y: 'same' }, ['same ← <<x>>', 'same ← <<y>>']],
    ['a<<x>>b', { x: '' }, ['a', 'b']],
    ['<<x>>', { x: 'a\n\n' }, ['a ← <<x>>']],
    ['<<x>>', {}, ['⟦x⟧ ← <<x>>']],
    ['a \\<<x>> b', {}, ['a ', '<<x>> b']],
    ['a  <<~x~>>  b', { x: 1 }, ['a', '1 ← <<~x~>>', 'b']],
    ['a\n<<! note >>\nb', {}, ['a', 'b']],
    [
      '<<#each xs>>- <<this>>\n<</each>>',
      { xs: [1, 2] },
      ['- ', '1 ← <<this>>', '- ', '2 ← <<this>>'],
    ],
    ['<<#if x>>\nyes\n<<else>>\nno\n<</if>>\n', { x: false }, ['no']],
    ['<<#raw>><<x>><</raw>>', {}, ['<<x>>']],
    ['<<upper (default x "d")>>', { x: null }, ['D ← <<upper (default x "d")>>']],
    [
      ' <<> rules>>\nend',
      { tone: 'kind' },
      [
        'Be  @rules',
        'kind ← <<tone>> @rules',
        '. @rules',
        'Be  @rules',
        'KIND ← <<upper tone>> @rules',
        '! @rules',
        'end',
      ],
    ],
    ['<<#> layout>>in <<x>><</layout>>', { x: 1 }, ['[ @layout', 'in ', '1 ← <<x>>', '] @layout']],
    ['<<#*inline "i">>(<<x>>)<</inline>><<> i>>', { x: 1 }, ['(', '1 ← <<x>>', ')']],
  ];
  for (const [template, context, runs] of cases) {
    it(JSON.stringify(template), () => assert.deepEqual(runsOf(template, context), [runs]));
  }

  it('of several messages, and of the system message of the front matter', () => {
    const head = '---\nsystem: "Be \\u006bind"\n---\n';
    assert.deepEqual(runsOf(`${head}  Hi <<x>> <<#assistant>>\n Yes\n<</assistant>>`, { x: 1 }), [
      ['Be kind ← "Be \\u006bind"'],
      ['Hi ', '1 ← <<x>>'],
      ['Yes'],
    ]);
  });

  describe('in the worker', () => {
    const host = new RenderHost(new URL('../../../server/renderWorker.ts', import.meta.url));
    after(() => host.dispose());
    const trace = async (text: string, context: Context): Promise<(number | undefined)[]> => {
      const input = analysisOf(text, partials).renderInput(context);
      const runs = await host.trace(input, await host.render(input));
      return runs.map((some) => some?.length);
    };

    it('is told for each message', async () => {
      assert.deepEqual(await trace('a <<x>><<#user>>b<</user>>', { x: 1 }), [2, 1]);
    });

    it('is left out where a value looks like a mark, and only there', async () => {
      for (const x of ['\uFDD0', '\uFDD00\uFDD0', 'a\uFDD1b', '\uFDD00\uFDD0a\uFDD1']) {
        const runs = await trace('<<#user>>a <<x>><</user>><<#user>>b<</user>>', { x });
        const plain = x === '\uFDD0';
        assert.deepEqual(runs, [plain ? 2 : undefined, 1], JSON.stringify(x));
      }
    });

    it('is left out when it was cancelled', async () => {
      const slow = new RenderHost(new URL('../../../server/renderWorker.ts', import.meta.url));
      const input = analysisOf('a', {}).renderInput({});
      const rendered = await slow.render(input);
      slow.dispose();
      const cancelled = {
        isCancellationRequested: true,
        onCancellationRequested: () => ({ dispose() {} }),
      };
      assert.deepEqual(await slow.trace(input, rendered, cancelled), [undefined]);
    });
  });
});
