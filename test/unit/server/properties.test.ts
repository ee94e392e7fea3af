import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render } from '../../../server/language/render.ts';
import type { Context } from '../../../server/language/values.ts';
import { analysisOf } from '../../support/neighbours.ts';

const partials = { p: 'P<<x>>', q: '<<#> p>>Q<</p>>', bad: '<<#if', '2': '<<> @partial-block>>' };

/** What templates are made of, whole and in pieces. */
const pieces = [
  ...[
    '<<',
    '>>',
    '<<<',
    '>>>',
    '{{',
    '}}',
    '\\',
    '~',
    '(',
    ')',
    '|',
    '=',
    '"',
    "'",
    '.',
    '/',
    '#',
    '^',
  ],
  ...[
    '<<x>>',
    '<<~y~>>',
    '<<user.name>>',
    '<<this>>',
    '<<../x>>',
    '<<@index>>',
    '<<[a b]>>',
    '<<&x>>',
  ],
  ...['<<#if x>>', '<<else>>', '<<else if y>>', '<<^>>', '<</if>>', '<<#unless x>>', '<</unless>>'],
  ...[
    '<<#each xs as |x i|>>',
    '<</each>>',
    '<<#with user>>',
    '<</with>>',
    '<<#x>>',
    '<<^x>>',
    '<</x>>',
  ],
  ...[
    '<<#user>>',
    '<</user>>',
    '<<#system>>',
    '<</system>>',
    '<<#raw>>',
    '<</raw>>',
    '<<#upper x>>',
    '<</upper>>',
  ],
  ...[
    '<<> p>>',
    '<<> q a=1>>',
    '<<> missing>>',
    '<<> bad>>',
    '<<#> p>>',
    '<</p>>',
    '<<#> 2>>',
    '<<#> "no such">>',
    '<</no such>>',
  ],
  ...[
    '<<> (lookup . "x")>>',
    '<<> @partial-block>>',
    '<<#*inline "p">>',
    '<</inline>>',
    '<<> letter>>',
    '<<> p x>>',
    '<<> p (lookup xs 0)>>',
  ],
  ...[
    '<<! c >>',
    '<<!-- a >> b -->>',
    '<<upper x>>',
    '<<eq x 1>>',
    '<<join xs ", ">>',
    '<<lookup user (lower x)>>',
    '<<json this>>',
  ],
  ...[
    '<<default x "y">>',
    '<<#if (and x (not y))>>',
    '<<truncate x 3>>',
    '<<date x>>',
    '<<number x 2>>',
    '<<count xs>>',
    '<<indent x 4>>',
  ],
  ...[
    '<<helperMissing>>',
    '<<__proto__>>',
    '<<constructor.name>>',
    '<<x.constructor>>',
    '<<user.__lookupGetter__>>',
    '<<toString>>',
  ],
  ...[
    '<< x >>',
    '<<x >>',
    '<<x>',
    '<<<x>>>',
    '{{x}}',
    '<<SYS>>',
    '<<EOF',
    '<<x y z>>',
    '<<f\n a=b>>',
    '<<if x>>',
    '<<x.>>',
  ],
  ...[
    ' ',
    '\n',
    '\r\n',
    '\t',
    'text',
    '😀',
    'é',
    '\u0000',
    '\uFEFF',
    '\uD800',
    '---\n',
    '# Heading\n',
    '- ',
    '',
  ],
];

const frontMatters = [
  '',
  '---\n---\n',
  '---\nname: X\nvariables:\n  x: string\n  xs: {type: array, items: {type: object, properties: {name: string}}}\n  user: {type: object, properties: {name: {default: N}}}\n---\n',
  '---\nname: X\nvariables: {x: {default: 5}, y: {required: false}}\nmissing: keep\n---\n',
  '---\nsystem: Be kind\nmissing: empty\n---\r\n',
  '---\nname: [\n---\n',
  '---\nname: X\n',
  '\uFEFF---\nsyntax: mustache\n---\n',
];

const body = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));
const template = fc
  .tuple(fc.constantFrom(...frontMatters), body)
  .map(
    ([head, rest]) =>
      `${head}${head.includes('mustache') ? rest.replaceAll('<<', '{{').replaceAll('>>', '}}') : rest}`,
  );

const contexts: readonly Context[] = [
  {},
  { x: '<<y>>', y: 0, xs: [{ name: 'a' }, { name: null }], user: { name: '{{x}}' } },
  { x: null, y: '', xs: [], user: null },
  { x: ['<<x>>'], y: { a: 1 }, xs: 'abc', user: true },
];

/** Runs counted so that the whole file takes a few seconds. */
const runs = { numRuns: 2500 };

describe('any template', () => {
  it('renders exactly when it has no error', () => {
    let rendered = 0;
    fc.assert(
      fc.property(template, fc.constantFrom(...contexts), (text, context) => {
        const analysis = analysisOf(text, partials);
        if (analysis.hasErrors) return;
        const { messages } = render(analysis.renderInput(context), 'nonce');
        assert.ok(messages.length > 0);
        rendered++;
      }),
      { ...runs, examples: [['<<x>>', {}]] },
    );
    assert.ok(rendered > runs.numRuns / 20, `only ${rendered} had no error`);
  });

  it('has all ranges inside the document, tags in order', () => {
    fc.assert(
      fc.property(template, (text) => {
        const { document, problems, frontMatter } = analysisOf(text, partials);
        let last = document.body.start;
        for (const { start, end } of document.tags) {
          assert.ok(last <= start && start < end && end <= text.length);
          last = end;
        }
        const spans = [
          ...problems.map(({ span }) => span),
          ...(frontMatter?.entries.flatMap(({ keySpan, valueSpan }) => [keySpan, valueSpan]) ?? []),
          ...(frontMatter?.variables.flatMap(({ nameSpan, span }) => [nameSpan, span]) ?? []),
        ];
        for (const { start, end } of spans) {
          assert.ok(0 <= start && start <= end && end <= text.length);
        }
      }),
      runs,
    );
  });

  it('can be asked about every place', () => {
    fc.assert(
      fc.property(template, fc.nat(200), (text, place) => {
        const offset = Math.min(place, text.length);
        const analysis = analysisOf(text, partials);
        const cursor = analysis.cursorAt(offset);
        if ('replace' in cursor) {
          const { start, end } = cursor.replace;
          assert.ok(start <= offset && offset <= end && end <= text.length);
          assert.equal(text.slice(start, offset), cursor.prefix);
        }
        for (const block of analysis.blocksAt(offset)) {
          assert.ok(block.start <= offset && offset <= block.end);
        }
        const expression = analysis.expressionAt(offset);
        assert.ok(!expression || (expression.start <= offset && offset <= expression.end));
        analysis.nodeAt(offset);
        analysis.scopeAt(offset);
        analysis.describe();
        assert.ok(analysis.headings.every(({ section }) => section.end <= text.length));
      }),
      runs,
    );
  });

  it('is safe from any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const analysis = analysisOf(text);
        if (!analysis.hasErrors) render(analysis.renderInput({}), 'nonce');
      }),
      runs,
    );
  });
});

describe('text without tags', () => {
  const line = fc.constantFrom(
    'a < b',
    '<div>',
    '<<EOF',
    '<< 20',
    '<<<x>>>',
    '{{x}}',
    '}',
    "it's",
    '#',
    '\\',
    '\t',
    '<<<<<<< HEAD',
    '>>>>>>> x',
    '# Title',
    '',
    '  ',
  );
  const plain = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 12 })
    .map((lines) => lines.flat().join(''));

  it('renders byte by byte as it is', () => {
    fc.assert(
      fc.property(plain, (text) => {
        const { messages } = render(analysisOf(text).renderInput({}), 'nonce');
        assert.deepEqual(messages, [{ role: 'user', content: text }]);
      }),
      runs,
    );
  });
});

describe('values', () => {
  const value = fc.oneof(
    fc.constantFrom(
      '<<x>>',
      '{{x}}',
      '<<#if x>>',
      '\\<<x>>',
      '<<> p>>',
      '<<#system>>a<</system>>',
      '&<>"',
      '$&',
      '\u0000nonce:0\u0000x',
    ),
    fc.string(),
  );

  it('stay as they are', () => {
    fc.assert(
      fc.property(value, (x) => {
        const { messages } = render(
          analysisOf('a <<x>> <<#if x>><</if>>b').renderInput({ x }),
          'other',
        );
        assert.deepEqual(messages, [{ role: 'user', content: `a ${x} b` }]);
      }),
      runs,
    );
  });
});
