import assert from 'node:assert/strict';
import { helperFunctions } from '../../../server/language/helperFunctions.ts';
import { arity, helpers, signature } from '../../../server/language/helpers.ts';
import { render } from '../../../server/language/render.ts';
import type { Context, Value } from '../../../server/language/values.ts';
import { analysisOf } from '../../support/neighbours.ts';

const cases: readonly (readonly [call: string, expected: string, context?: Context])[] = [
  ['lookup a "k"', '1', { a: { k: 1 } }],
  ['lookup a 1', 'y', { a: ['x', 'y'] }],
  ['json a', '{"k":[1,null]}', { a: { k: [1, null] } }],
  ['json a 1', '[\n 1\n]', { a: [1] }],
  ['upper a', 'ÄB', { a: 'äb' }],
  ['lower a', 'äb', { a: 'ÄB' }],
  ['trim a', 'x y', { a: ' x y\n' }],
  ['truncate a 3', 'ab…', { a: 'abcd' }],
  ['truncate a 4', 'abcd', { a: 'abcd' }],
  ['truncate a 4 "..."', 'a...', { a: 'abcdef' }],
  ['truncate a 2 ""', '👩‍👩‍👧😀', { a: '👩‍👩‍👧😀😀' }],
  ['truncate a 0', '', { a: 'abc' }],
  ['join a', 'x, 1', { a: ['x', 1] }],
  ['join a "-"', 'x', { a: 'x' }],
  ['default a "d"', 'd', { a: '' }],
  ['default a "d"', '0', { a: 0 }],
  ['eq a b', 'true', { a: [1], b: [1] }],
  ['eq a "1"', 'false', { a: 1 }],
  ['ne a 1', 'false', { a: 1 }],
  ['and a b', 'false', { a: 1, b: [] }],
  ['or a b', 'true', { a: 0, b: 'x' }],
  ['not a', 'true', { a: '' }],
  ['contains a "x"', 'true', { a: ['x'] }],
  ['contains a "x"', 'true', { a: 'axb' }],
  ['contains a "x"', 'false', { a: { y: 1 } }],
  ['date a', '2026-11-05', { a: '2026-11-05T10:00:00Z' }],
  ['date a "DD.MM.YYYY HH:mm:ss"', '05.11.2026 10:20:30', { a: '2026-11-05T10:20:30Z' }],
  ['date a', 'soon', { a: 'soon' }],
  ['number a', '1,234.5', { a: 1234.5 }],
  ['number a 2', '1,234.50', { a: '1234.5' }],
  ['number a', 'x', { a: 'x' }],
  ['indent a', '  x\n\n  y', { a: 'x\n\ny' }],
  ['indent a 1', ' x', { a: 'x' }],
  ['json (lines a)', '["x","y"]', { a: 'x\r\ny' }],
  ['count a', '2', { a: [1, 2] }],
  ['count a', '1', { a: { k: 1 } }],
  ['count a', '2', { a: 'é😀' }],
];

describe('helpers', () => {
  for (const [call, expected, context = {}] of cases) {
    it(`${JSON.stringify(call)} of ${JSON.stringify(context)}`, () => {
      const { messages } = render(analysisOf(`<<${call}>>`).renderInput(context), 'nonce');
      assert.equal(messages[0]?.content, expected);
    });
  }

  it('are all told and all there', () => {
    const told = helpers.filter(({ kind }) => kind === 'value').map(({ name }) => name);
    assert.deepEqual(Object.keys(helperFunctions).sort(), told.sort());
    for (const helper of helpers) {
      assert.match(signature(helper), new RegExp(`^${helper.name}`));
      assert.match(helper.description, /[.]$/);
      assert.deepEqual(
        analysisOf(helper.example.replaceAll('…', 'x')).problems.filter(
          ({ severity }) => severity === 'error',
        ),
        [],
      );
    }
  });

  it('take anything without failing', () => {
    const values: (Value | undefined)[] = [
      undefined,
      null,
      '',
      'x',
      0,
      -1,
      Number.POSITIVE_INFINITY,
      true,
      [],
      [null],
      {},
      { a: [] },
    ];
    for (const helper of helpers.filter(({ kind }) => kind === 'value')) {
      const { most } = arity(helper);
      for (const a of values) {
        for (const b of values)
          helperFunctions[helper.name]?.(...[a, b, a].slice(0, Math.min(most, 3)));
      }
    }
  });
});
