import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { convertBody } from '../../../server/language/convert.ts';
import type { SyntaxStyle } from '../../../server/language/nodes.ts';
import { render } from '../../../server/language/render.ts';
import { Template } from '../../../server/language/template.ts';
import type { Context } from '../../../server/language/values.ts';
import { anyContext, anyPiece, partials } from '../../support/anyTemplate.ts';

const heads: Readonly<Record<SyntaxStyle, string>> = {
  angle: '---\nname: X\nsyntax: angle\n---\n',
  mustache: '---\nname: X\nsyntax: mustache\n---\n',
};
const other = { angle: 'mustache', mustache: 'angle' } as const;

function converted(body: string, from: SyntaxStyle): string | undefined {
  const text = heads[from] + body;
  const { document } = Template.read(text);
  const edits = convertBody(text, document.body.start, document.tags, other[from]);
  if (edits === undefined) return undefined;
  let made = '';
  let at = document.body.start;
  for (const { span, text: piece } of edits) {
    made += text.slice(at, span.start) + piece;
    at = span.end;
  }
  return made + text.slice(at);
}

const bothWays: [angle: string, mustache: string][] = [
  ['<<x>> <<~y.z~>> <<upper x k=1>>', '{{x}} {{~y.z~}} {{upper x k=1}}'],
  ['<<#if x>>a<<else if y>>b<<^>>c<</if>>', '{{#if x}}a{{else if y}}b{{^}}c{{/if}}'],
  ['<<> p a="x >> y">><<#> q>>z<</q>>', '{{> p a="x >> y"}}{{#> q}}z{{/q}}'],
  ['<<#raw>>{{x}} <<y>><</raw>>', '{{#raw}}{{x}} <<y>>{{/raw}}'],
  ['<<#each xs as |x i|>><<x>><</each>>', '{{#each xs as |x i|}}{{x}}{{/each}}'],
  ['{{x}} \\<<y>>', '\\{{x}} <<y>>'],
  ['a } b <<x>>}', 'a } b {{x}}}'],
  ['\\\\<<x>>', '\\\\{{x}}'],
  ['<<! note >>', '{{! note }}'],
  ['<<!-- a >> b -->>', '{{!-- a >> b --}}'],
  ['if (a << 2) {{ }', 'if (a << 2) {{ }'],
  ['\\n \\{ \\x', '\\n \\{ \\x'],
];

const oneWay: [from: SyntaxStyle, before: string, after: string][] = [
  ['mustache', '{{ x }} {{~ y ~}} {{ upper x }}', '<<x>> <<~y~>> <<upper x>>'],
  ['mustache', '{{{x}}}', '<<x>>'],
  ['mustache', '{{ else }}', '<<else>>'],
  ['mustache', '{{&x}}', '<<&x>>'],
  ['mustache', '{{SYS}}', '<<&SYS>>'],
  ['mustache', '{{upper\n x}}', '<<&upper\n x>>'],
  ['mustache', '<<x>>', '\\<<x>>'],
  ['mustache', '<{{x}}', '<<#raw>><<</raw>><<x>>'],
  ['mustache', '\\\\<<x>>', '<<#raw>>\\\\<<<</raw>>x>>'],
  ['mustache', '{{! a >> b }}', '<<! a > > b >>'],
  ['mustache', '<<\\<<', '<<#raw>><<\\<<<</raw>>'],
  ['angle', '{<<x>>}', '{{#raw}}{{{/raw}}{{x}}}'],
  ['angle', '<<!a}}b>>', '{{!a} }b}}'],
  ['angle', '{{x}} {{{y}}} {{#if z}}', '\\{{x}} \\{{{y}}} \\{{#if z}}'],
  ['angle', '\\{{x}}', '{{#raw}}\\{{{{/raw}}x}}'],
];

describe('the other brackets', () => {
  for (const [angle, mustache] of bothWays) {
    it(`${angle} is ${mustache}, and back`, () => {
      assert.equal(converted(angle, 'angle'), mustache);
      assert.equal(converted(mustache, 'mustache'), angle);
    });
  }
  for (const [from, before, after] of oneWay) {
    it(`${before} becomes ${after}`, () => assert.equal(converted(before, from), after));
  }

  it('leaves alone what is not complete', () => {
    assert.equal(converted('<<#if x', 'angle'), undefined);
    assert.equal(converted('{{#SYS}}{{/SYS}}', 'mustache'), undefined);
  });

  it('renders the same afterwards, there and back', () => {
    const body = fc.array(anyPiece, { maxLength: 16 }).map((pieces) => pieces.join(''));
    const style = fc.constantFrom<SyntaxStyle>('angle', 'mustache');
    let compared = 0;
    fc.assert(
      fc.property(body, style, anyContext, (written, from, context) => {
        const before =
          from === 'angle' ? written : written.replaceAll('<<', '{{').replaceAll('>>', '}}');
        const expected = rendered(heads[from] + before, context);
        if (expected === undefined) return;
        const after = converted(before, from);
        if (after === undefined) return;
        compared++;
        assert.deepEqual(rendered(heads[other[from]] + after, context), expected);
      }),
      { numRuns: 1500 },
    );
    assert(compared > 300, `${compared} were compared`);
  });
});

/** `undefined`: it has errors of its own. */
function rendered(text: string, context: Context): unknown {
  const template = Template.read(text);
  const known = template.partialCalls.every(
    ({ target }) => target.name !== undefined && ['p', 'q'].includes(target.name),
  );
  if (template.hasErrors || !known) return undefined;
  const { p, q } = partials;
  const input = { text, partials: { p, q }, context, data: {} };
  return render(input, 'nonce');
}
