import assert from 'node:assert/strict';
import type { Path } from '../../../server/language/nodes.ts';
import { slugOf } from '../../../server/slug.ts';
import { analysisOf } from '../../support/neighbours.ts';

/** The text without its `‸`, and where that was. */
function marked(text: string): { text: string; offset: number } {
  return { text: text.replace('‸', ''), offset: text.indexOf('‸') };
}

describe('analysis', () => {
  it('lists variables: declared ones first, then the others by first use', () => {
    const { variables, text } = analysisOf(
      '---\nname: X\nvariables: {b: text, a: text}\n---\n<<z>><<a>><<#each b as |x|>><<x>><<../a.c>><<@root.y>><</each>>',
    );
    assert.deepEqual(
      variables.map(({ name, uses }) => [
        name,
        uses.map(({ segment }) => text.slice(segment.start, segment.end)).join(),
      ]),
      [
        ['b', 'b'],
        ['a', 'a,a'],
        ['z', 'z'],
        ['y', 'y'],
      ],
    );
  });

  it('describes a template', () => {
    const described = analysisOf(`---
name: Letter
slug: my-letter
description: d
output_format: html_partial
provider: echo
model: m
priority: high
temperature: 0.5
max_tokens: 10
stop: [a]
tags: [t]
variables:
  a: {type: text, description: D, default: x, enum: [x], sensitive: true}
samples: {s: {a: y}}
---
<<b>>`).describe();
    assert.deepEqual(JSON.parse(JSON.stringify(described)), {
      slug: 'my-letter',
      name: 'Letter',
      description: 'd',
      format: 'html',
      provider: 'echo',
      model: 'm',
      priority: 'high',
      temperature: 0.5,
      maxTokens: 10,
      stop: ['a'],
      tags: ['t'],
      active: true,
      variables: [
        {
          name: 'a',
          type: 'text',
          declared: true,
          required: false,
          description: 'D',
          default: 'x',
          enum: ['x'],
          sensitive: true,
        },
        { name: 'b', type: 'string', declared: false, required: true },
      ],
      samples: [{ name: 's', values: { a: 'y' } }],
      generated: { a: 'x', b: '[b_value]' },
      hasErrors: false,
    });
  });

  const slugs: readonly (readonly [string, string])[] = [
    ['file:///a/letter.prompt', 'letter'],
    ['file:///a/My%20Letter.prompt', 'my-letter'],
    ['file:///a/%C3%9Cber--all.PROMPT', 'uber-all'],
    ['file:///a/%E5%90%8D.prompt', 'untitled'],
    ['untitled:Untitled-1', 'untitled-untitled-1'],
    ['file:///a/100%.prompt', '100'],
  ];
  for (const [uri, slug] of slugs)
    it(`takes ${slug} from ${uri}`, () => assert.equal(slugOf(uri), slug));

  const places: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['a‸b', undefined, undefined],
    ['<<x>>‸<<y>>', '<<y>>', undefined],
    ['<<us‸er.name>>', '<<user.name>>', 'user.name'],
    ['<<upper na‸me>>', '<<upper name>>', 'name'],
    ['<<f (g h k=v‸)>>', '<<f (g h k=v)>>', 'v'],
    ['<<#if ‸a>>x<</if>>', '<<#if a>>x<</if>>', 'a'],
    ['<<#if a>>‸x<</if>>', '<<#if a>>x<</if>>', undefined],
    ['<<#if a>>x‸y<<else>>z<</if>>', '<<#if a>>xy<<else>>z<</if>>', undefined],
    ['<<#if a>>x<<el‸se>>z<</if>>', '<<#if a>>x<<else>>z<</if>>', undefined],
    ['<<#if a>>x<</i‸f>>', '<<#if a>>x<</if>>', 'if'],
    ['<<#if a>><<#each b>>‸.<</each>><</if>>', '<<#each b>>.<</each>>', undefined],
  ];
  for (const [written, node, expression] of places) {
    it(`knows what is at ${written}`, () => {
      const { text, offset } = marked(written);
      const analysis = analysisOf(text);
      const cut = (span: { start: number; end: number } | undefined) =>
        span && text.slice(span.start, span.end);
      assert.equal(cut(analysis.nodeAt(offset)), node);
      assert.equal(cut(analysis.expressionAt(offset)), expression);
    });
  }

  it('lists enclosing blocks, innermost first', () => {
    const { text, offset } = marked('<<#if a>><<#each b>><<x‸>><</each>><</if>>');
    assert.deepEqual(
      analysisOf(text)
        .blocksAt(offset)
        .map(({ name }) => name),
      ['each', 'if'],
    );
  });

  it('knows the scope of a place', () => {
    const { text, offset } = marked(
      '---\nname: X\nvariables:\n  list: {type: array, items: {properties: {p: text}}}\n---\n<<#with q as |w|>><<#each ../list as |x i|>>‸<</each>><</with>>',
    );
    const scope = analysisOf(text).scopeAt(offset);
    assert.deepEqual(
      scope.params.map(({ param }) => param.name),
      ['x', 'i', 'w'],
    );
    assert.equal(scope.params[0]?.shape?.properties?.[0]?.name, 'p');
    assert.equal(scope.context.kind, 'shape');
    assert.deepEqual(scope.data, ['index', 'key', 'first', 'last']);
  });

  const meanings: readonly (readonly [string, string])[] = [
    ['<<a>>', 'variable a'],
    ['<<this.a>>', 'variable a'],
    ['<<@root.a.b>>', 'variable a'],
    ['<<@index>>', 'data index'],
    ['<<this>>', 'context'],
    ['<<#each a>><<b>><</each>>', 'member'],
    ['<<#each a>><<../b>><</each>>', 'variable b'],
    ['<<#each a as |b|>><<b>><</each>>', 'param b'],
    ['<<#each a as |b|>><<this.b>><</each>>', 'member'],
    ['<<#if a>><<b>><</if>>', 'variable b'],
    ['<<#each a>>x<<else>><<b>><</each>>', 'variable b'],
    ['<<#if x>>y<<else with a>><<b>><</if>>', 'member'],
  ];
  for (const [text, expected] of meanings) {
    it(`knows what is meant in ${text}`, () => {
      const analysis = analysisOf(text);
      const tag = analysis.document.tags.findLast(({ kind }) => kind === 'value');
      assert.ok(tag?.kind === 'value');
      const path: Path = tag.call.callee;
      const meaning = analysis.meaningOf(path);
      const name =
        meaning.kind === 'variable' || meaning.kind === 'data'
          ? ` ${meaning.name}`
          : meaning.kind === 'param'
            ? ` ${meaning.param.param.name}`
            : '';
      assert.equal(meaning.kind + name, expected);
    });
  }

  it('finds headings and their sections, not those in tags and code', () => {
    const text = '# A\n## B\ntext\n```\n# no\n```\n<<! \n# no\n>>\n## C ##\n# D\n';
    const found = analysisOf(text).headings.map(({ level, title, section }) => [
      level,
      title,
      text.slice(section.start, section.end).split('\n').length - 1,
    ]);
    assert.deepEqual(found, [
      [1, 'A', 10],
      [2, 'B', 8],
      [2, 'C', 1],
      [1, 'D', 1],
    ]);
  });

  it('gives a render all partials it may reach', () => {
    const sources = { a: '<<> b>>', b: 'B', c: 'C' };
    assert.deepEqual(Object.keys(analysisOf('<<> a>>', sources).renderInput({}).partials), [
      'a',
      'b',
    ]);
    assert.deepEqual(
      Object.keys(analysisOf('<<> (lookup . "x")>>', sources).renderInput({}).partials).sort(),
      ['a', 'b', 'c'],
    );
  });
});
