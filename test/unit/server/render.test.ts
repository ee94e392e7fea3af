import assert from 'node:assert/strict';
import { render } from '../../../server/language/render.ts';
import type { Rendered } from '../../../server/language/render.ts';
import type { Context } from '../../../server/language/values.ts';
import { analysisOf } from '../../support/neighbours.ts';

const partials = {
  greet:
    '---\nname: G\nvariables:\n  tone: {default: warm}\n  who: string\n---\nHello <<who>> (<<tone>>)',
  lines: 'one\ntwo\n',
  layout: '[<<> @partial-block>>]',
  slots: '<<#> title>>none<</title>>!',
  roles: '<<#system>>From a partial.<</system>>',
  a: 'A',
};

const now = new Date('2026-11-05T09:08:07Z');

function rendered(text: string, context: Context = {}): Rendered {
  const analysis = analysisOf(text, partials);
  const errors = analysis.problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
  return render(analysis.renderInput(context, now), 'nonce');
}

/** The text of the only message, and what is missing behind a bar. */
function output(text: string, context?: Context): string {
  const { messages, missing } = rendered(text, context);
  assert.equal(messages.length, 1);
  return [messages[0]?.content, ...missing].join(' | ');
}

type Case = readonly [template: string, context: Context, expected: string];

function check(cases: readonly Case[], head = ''): void {
  for (const [template, context, expected] of cases) {
    it(`${JSON.stringify(template)} of ${JSON.stringify(context)}`, () => {
      assert.equal(output(head + template, context), expected);
    });
  }
}

describe('render', () => {
  describe('values', () => {
    check([
      ['<<a>>', { a: 'x' }, 'x'],
      ['<<a>>', { a: '<b> & "c"' }, '<b> & "c"'],
      ['<<a>>', { a: '<<b>>', b: 'no' }, '<<b>>'],
      ['<<a>>|<<b>>|<<c>>', { a: 0, b: false, c: null }, '0|false|'],
      ['<<a>> <<b>>', { a: [1, 'x'], b: { k: 1 } }, '[1,"x"] {"k":1}'],
      ['<<a.b.0>> <<a.b.length>>', { a: { b: ['x'] } }, 'x 1'],
      ['<<[odd key]>> <<a.[b c]>>', { 'odd key': 1, a: { 'b c': 2 } }, '1 2'],
      ['<<@root.a>> <<this.a>> <<./a>>', { a: 1 }, '1 1 1'],
      ['<<date>> <<user>> <<if>> <<upper>>', { date: 1, user: 2, if: 3, upper: 4 }, '1 2 3 4'],
      ['<<constructor>><<toString>>', {}, '⟦constructor⟧⟦toString⟧ | constructor | toString'],
      ['<<constructor>>', { constructor: 'own' }, 'own'],
      [
        '<<@app_name>> <<@file>> <<@date>> <<@timestamp>>',
        {},
        'Prompt Workbench letter.prompt 2026-11-05 2026-11-05T09:08:07.000Z',
      ],
      ['\\<<a>> \\\\<<a>>', { a: 1 }, '<<a>> \\1'],
      ['<<#raw>><<a>> \\<<b>><</raw>>', {}, '<<a>> \\<<b>>'],
      ['<a href=<<u>>>', { u: 'x' }, '<a href=x>'],
      ['<<! c >>a<<!-- <<x>> -->>b', {}, 'ab'],
      ['\uFEFFa <<b>>\r\n', { b: '😀' }, 'a 😀\r\n'],
    ]);
  });

  describe('blocks', () => {
    check([
      ['<<#if a>>1<<else if b>>2<<else>>3<</if>>', { a: true }, '1'],
      ['<<#if a>>1<<else if b>>2<<else>>3<</if>>', { b: 'x' }, '2'],
      ['<<#if a>>1<<else if b>>2<<else>>3<</if>>', { a: [], b: 0 }, '3'],
      ['<<#unless a>>1<<else>>2<</unless>>', {}, '1'],
      [
        '<<#each a>><<@index>><<this>><<@first>><<@last>> <</each>>',
        { a: ['x', 'y'] },
        '0xtruefalse 1yfalsetrue ',
      ],
      [
        '<<#each a as |v k|>><<k>>=<<v>><<../b>> <</each>>',
        { a: { x: 1, y: 2 }, b: '!' },
        'x=1! y=2! ',
      ],
      ['<<#each a>>x<<else>>none<</each>>', { a: [] }, 'none'],
      [
        '<<#each a>><<#each this>><<@../index>><<@index>> <</each>><</each>>',
        { a: [[1], [2, 3]] },
        '00 10 11 ',
      ],
      ['<<#with a>><<b>><<../c>><</with>>', { a: { b: 1 }, c: 2 }, '12'],
      ['<<#with a as |x|>><<x.b>><</with>>', { a: { b: 1 } }, '1'],
      ['<<#a>><<b>><</a>>', { a: [{ b: 1 }, { b: 2 }] }, '12'],
      ['<<#a>>yes <<b>><</a>><<^a>>no<</a>>', { a: true, b: 1 }, 'yes 1'],
      ['<<#a>>yes<</a>><<^a>>no<<else>>not no<</a>>', {}, 'no'],
      ['<<#eq a 1>>one<<else>>other<</eq>>', { a: 1 }, 'one'],
      ['<<#if (or a (eq b "x"))>>y<</if>>', { b: 'x' }, 'y'],
    ]);
  });

  describe('white space', () => {
    check([
      ['a\n<<#if b>>\n  c\n<</if>>\nd', { b: 1 }, 'a\n  c\nd'],
      ['a\r\n<<#if b>>\r\n  c\r\n<<else>>\r\n<</if>>\r\nd', { b: 1 }, 'a\r\n  c\r\nd'],
      ['a\n  <<! c >>\nb', {}, 'a\nb'],
      ['a <<~b~>> c', { b: 1 }, 'a1c'],
      ['a\n  <<> lines>>\nb', {}, 'a\n  one\n  two\nb'],
      ['<<#raw>>\n<<x>>\n<</raw>>\n', {}, '<<x>>\n'],
    ]);
  });

  describe('partials', () => {
    check([
      ['<<> greet who="Ada">>', {}, 'Hello Ada (warm)'],
      ['<<> greet>>', { who: 'Bo', tone: 'cold' }, 'Hello Bo (cold)'],
      ['<<> greet>>', {}, 'Hello ⟦who⟧ (warm) | who'],
      ['<<> greet who=name>>', {}, 'Hello ⟦name⟧ (warm) | name'],
      ['<<> greet user>>', { user: { who: 'Cy' } }, 'Hello Cy (warm)'],
      ['<<#> layout>>x <<a>><</layout>>', { a: 1 }, '[x 1]'],
      ['<<#> slots>><<#*inline "title">>T<</inline>><</slots>>', {}, 'T!'],
      ['<<> slots>>', {}, 'none!'],
      ['<<#> nothing>>instead<</nothing>>', {}, 'instead'],
      ['<<> (lookup . "which")>>', { which: 'a' }, 'A'],
      [
        '<<> (lookup . "which")>>',
        { which: 'zzz' },
        '⟦(lookup . "which") zzz⟧ | (lookup . "which") zzz',
      ],
    ]);
  });

  describe('missing values', () => {
    check([
      ['<<b>> <<a>> <<b>>', {}, '⟦b⟧ ⟦a⟧ ⟦b⟧ | b | a'],
      ['<<user.name>>', { user: {} }, '⟦user.name⟧ | user.name'],
      ['<<upper a>>', {}, '⟦a⟧ | a'],
      ['<<join a (lower b)>>', {}, '⟦a⟧⟦b⟧ | a | b'],
      ['<<default a "x">>', {}, 'x'],
      ['<<lookup a b>>', { a: {} }, '⟦b⟧ | b'],
      ['<<#if a>>1<<else>>2<</if>><<#unless a>>3<</unless>>', {}, '23'],
      ['<<#if (eq a 1)>>1<<else>>2<</if>>', {}, '⟦a⟧1 | a'],
      ['a<<#each xs>><<name>>, <</each>>b', {}, 'a⟦xs⟧b | xs'],
      ['<<#each xs as |x|>><<x.name>> <<../tone>><</each>>', {}, '⟦xs⟧⟦tone⟧ | xs | tone'],
      ['<<#each xs>><<name>> <</each>>', { xs: [{ name: 'a' }, {}] }, 'a ⟦xs.1.name⟧  | xs.1.name'],
      ['<<#with a>><<b>><</with>>', {}, '⟦a⟧ | a'],
      ['<<#a>>x<</a>>', {}, ''],
    ]);
  });

  describe('declared variables', () => {
    const head = `---
name: X
variables:
  need: string
  may: {type: string, required: false}
  preset: {default: P}
  user: {type: object, properties: {name: string, nick: {default: N}, title: {required: false}}}
  list: {type: array, items: {type: object, properties: {price: number}}}
---
`;
    check(
      [
        ['<<need>>|<<may>>|<<preset>>', {}, '⟦need⟧||P | need'],
        ['<<preset>><<json this>>', { preset: 'Q' }, 'Q{"preset":"Q"}'],
        ['<<user.name>>|<<user.nick>>|<<user.title>>', {}, '⟦user.name⟧|N| | user.name'],
        [
          '<<user.name>>|<<user.nick>>|<<user.title>>',
          { user: { nick: 'Z' } },
          '⟦user.name⟧|Z| | user.name',
        ],
        ['<<#if need>>1<<else>>2<</if>>', {}, '⟦need⟧1 | need'],
        ['<<#if may>>1<<else>>2<</if>>', {}, '2'],
        [
          '<<#each list>><<price>> <</each>>',
          { list: [{ price: 1 }, {}] },
          '1 ⟦list.1.price⟧  | list.1.price',
        ],
        ['<<need>>', { need: '' }, ''],
      ],
      head,
    );
  });

  describe('other ways with missing values', () => {
    check(
      [
        [
          '[<<a>>][<<upper b>>]<<#if (eq a 1)>>1<<else>>2<</if>><<#each xs>>x<</each>>',
          {},
          '[][]2',
        ],
      ],
      '---\nmissing: empty\n---\n',
    );
    check([['[<<a>>][<<~upper b>>]', {}, '[<<a>>][<<~upper b>>]']], '---\nmissing: keep\n---\n');
  });

  describe('syntax: mustache', () => {
    check(
      [
        ['{{a}} {{ a }} {{{ a }}} <<a>>', { a: '&' }, '& & & <<a>>'],
        ['{"a": {{json a}}}', { a: [1] }, '{"a": [1]}'],
        ['{{#if a}}x{{ else }}y{{/if}}', {}, 'y'],
      ],
      '---\nsyntax: mustache\n---\n',
    );
  });

  describe('messages', () => {
    const cases: readonly (readonly [string, Context, ...string[]])[] = [
      ['', {}, 'user:'],
      [' \n', {}, 'user: \n'],
      [' text \n', {}, 'user: text \n'],
      [
        '<<#system>>\nBe <<how>>.\n<</system>>\n\n Hi \n',
        { how: 'kind' },
        'system:Be kind.',
        'user:Hi',
      ],
      [
        '<<#user>>a<</user>>\n<<#assistant>>b<</assistant>>\n\n<<#user>>c<</user>>',
        {},
        'user:a',
        'assistant:b',
        'user:c',
      ],
      ['a <<#system>>s<</system>> b', {}, 'user:a', 'system:s', 'user:b'],
      ['<<#user>>a <<#system>>s<</system>> b<</user>>', {}, 'user:a', 'system:s', 'user:b'],
      ['<<#each xs>><<#user>><<this>><</user>><</each>>', { xs: ['a', 'b'] }, 'user:a', 'user:b'],
      ['<<#user>> <</user>>', {}, 'user:'],
      ['<<> roles>>x', {}, 'system:From a partial.', 'user:x'],
      ['---\nsystem: Be <<kind>>.\n---\nHi', {}, 'system:Be <<kind>>.', 'user:Hi'],
      ['---\nsystem: S\n---\n<<#system>>T<</system>>', {}, 'system:S', 'system:T'],
      ['---\nsystem: S\n---\n\n', {}, 'system:S'],
    ];
    for (const [template, context, ...expected] of cases) {
      it(JSON.stringify(template), () => {
        const { messages } = rendered(template, context);
        assert.deepEqual(
          messages.map(({ role, content }) => `${role}:${content}`),
          expected,
        );
      });
    }
  });
});
