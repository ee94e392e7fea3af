import assert from 'node:assert/strict';
import Handlebars from 'handlebars';
import { render } from '../../../server/language/render.ts';
import type { Context } from '../../../server/language/values.ts';
import { analysisOf } from '../../support/neighbours.ts';

type Case = readonly [
  template: string,
  context: Context,
  expected: string,
  partials?: Readonly<Record<string, string>>,
];

const list: Context = { a: { b: 'B', list: [1, 2] }, s: 'S', none: '', no: false, zero: 0 };
const people: Context = {
  xs: [
    { n: 'Ada', t: ['x', 'y'] },
    { n: 'Bo', t: [] },
  ],
  h: '!',
};
const maps: Context = { o: { one: 1, two: 2 }, deep: { a: { b: { c: 'C' } } }, s: 'S' };

/** What Handlebars specifies, in our words: both parsers and both delimiters must come to the same text. */
const groups: Readonly<Record<string, readonly Case[]>> = {
  paths: [
    ['{{a.b}}|{{a/b}}|{{a.[b]}}', list, 'B|B|B'],
    ['{{this.s}}|{{./s}}|{{@root.s}}', list, 'S|S|S'],
    ['{{a.list.[0]}}{{a.list.[1]}}', list, '12'],
    ['{{deep.a.b.c}}', maps, 'C'],
    ['{{zero}}{{no}}', list, '0false'],
    ['{{[odd key]}}', { 'odd key': 'k' }, 'k'],
    ['{{&s}}{{s}}', { s: 'x' }, 'xx'],
  ],
  if: [
    ['{{#if s}}y{{else}}n{{/if}}', list, 'y'],
    ['{{#if none}}y{{else}}n{{/if}}', list, 'n'],
    ['{{#if zero}}y{{else}}n{{/if}}', list, 'n'],
    ['{{#if zero includeZero=true}}y{{else}}n{{/if}}', list, 'y'],
    ['{{#if a.list}}y{{/if}}', list, 'y'],
    ['{{#if empty}}y{{else}}n{{/if}}', { empty: [] }, 'n'],
    ['{{#unless no}}y{{else}}n{{/unless}}', list, 'y'],
    ['{{^no}}y{{else}}n{{/no}}', list, 'y'],
    ['{{#if no}}{{/if}}', list, ''],
    ['{{#if no}}1{{else if none}}2{{else if s}}3{{else}}4{{/if}}', list, '3'],
    ['{{#if no}}1{{else unless s}}2{{else}}3{{/if}}', list, '3'],
    ['{{#if no}}1{{else each a.list}}{{this}},{{/if}}', list, '1,2,'],
    ['{{#if no}}1{{else with a}}{{b}}{{/if}}', list, 'B'],
    ['{{#if no}}1{{^}}2{{/if}}', list, '2'],
  ],
  each: [
    ['{{#each a.list}}{{this}};{{/each}}', list, '1;2;'],
    ['{{#each a.list}}{{.}}{{/each}}', list, '12'],
    ['{{#each xs}}{{n}}{{../h}} {{/each}}', people, 'Ada! Bo! '],
    [
      '{{#each xs}}{{#each t}}{{this}}{{../n}}{{../../h}} {{/each}}{{/each}}',
      people,
      'xAda! yAda! ',
    ],
    ['{{#each xs}}{{@index}}{{@first}}{{@last}} {{/each}}', people, '0truefalse 1falsetrue '],
    ['{{#each o}}{{@key}}={{this}} {{/each}}', maps, 'one=1 two=2 '],
    ['{{#each o}}{{@first}}{{@last}} {{/each}}', maps, 'truefalse falsetrue '],
    ['{{#each xs as |p|}}{{p.n}}{{/each}}', people, 'AdaBo'],
    ['{{#each xs as |p i|}}{{i}}{{p.n}} {{/each}}', people, '0Ada 1Bo '],
    ['{{#each o as |v k|}}{{k}}{{v}} {{/each}}', maps, 'one1 two2 '],
    [
      '{{#each xs as |p i|}}{{#each p.t as |x j|}}{{i}}{{j}}{{x}}{{p.n}} {{/each}}{{/each}}',
      people,
      '00xAda 01yAda ',
    ],
    ['{{#each xs}}{{#each t}}{{@index}}{{@../index}} {{/each}}{{/each}}', people, '00 10 '],
    ['{{#each xs}}{{#each t}}x{{else}}none of {{n}}{{/each}}{{/each}}', people, 'xxnone of Bo'],
    ['{{#each nothing}}x{{else}}none{{/each}}', { nothing: [] }, 'none'],
    ['{{#each xs}}{{#if @last}}{{n}}{{/if}}{{/each}}', people, 'Bo'],
    ['{{#each xs}}{{#if t}}{{n}}{{../h}}{{/if}}{{/each}}', people, 'Ada!'],
    ['{{#each xs as |x|}}{{#with x}}{{n}}{{x.n}}{{/with}}{{/each}}', people, 'AdaAdaBoBo'],
  ],
  with: [
    ['{{#with a}}{{b}}{{../s}}{{/with}}', list, 'BS'],
    ['{{#with a as |x|}}{{x.b}}{{b}}{{/with}}', list, 'BB'],
    ['{{#with none}}x{{else}}n{{/with}}', list, 'n'],
    [
      '{{#with deep}}{{#with a}}{{#with b}}{{c}}{{../../../s}}{{/with}}{{/with}}{{/with}}',
      maps,
      'CS',
    ],
    ['{{#with deep.a.b as |x|}}{{x.c}}{{/with}}', maps, 'C'],
  ],
  sections: [
    ['{{#xs}}{{n}}{{/xs}}', people, 'AdaBo'],
    ['{{#a}}{{b}}{{/a}}', list, 'B'],
    ['{{#s}}{{this}}{{/s}}', list, 'S'],
    ['{{#no}}x{{else}}n{{/no}}', list, 'n'],
    ['{{#xs}}{{@index}}{{/xs}}', people, '01'],
    ['{{^no}}n{{/no}}', list, 'n'],
    ['{{#none}}[{{this}}]{{else}}n{{/none}}', list, '[]'],
    ['{{#zero}}[{{this}}]{{else}}n{{/zero}}', list, '[0]'],
    ['{{#yes}}{{s}}{{else}}n{{/yes}}', { yes: true, s: 'S' }, 'S'],
    ['{{#o}}y{{else}}n{{/o}}', { o: {} }, 'y'],
    ['{{#xs}}y{{else}}n{{/xs}}', { xs: [] }, 'n'],
    ['{{#nil}}y{{else}}n{{/nil}}', { nil: null }, 'n'],
    ['{{#xs}}{{n}}{{../h}} {{else}}n{{/xs}}', people, 'Ada! Bo! '],
    ['{{#deep.a}}{{b.c}}{{/deep.a}}', maps, 'C'],
    ['{{#if no}}1{{else xs}}{{n}}{{/if}}', { ...people, no: false }, 'AdaBo'],
  ],
  'inverse sections': [
    ['{{^none}}n{{else}}[{{this}}]{{/none}}', list, '[]'],
    ['{{^zero}}n{{else}}[{{this}}]{{/zero}}', list, '[0]'],
    ['{{^xs}}n{{else}}{{n}}{{../h}}{{@index}} {{/xs}}', people, 'Ada!0 Bo!1 '],
    ['{{^a}}n{{else}}{{b}}{{../s}}{{/a}}', list, 'BS'],
    ['{{^yes}}n{{else}}{{s}}{{/yes}}', { yes: true, s: 'S' }, 'S'],
    ['{{^xs}}n{{s}}{{else}}y{{/xs}}', { xs: [], s: 'S' }, 'nS'],
    ['{{^o}}n{{else}}y{{/o}}', { o: {} }, 'y'],
    ['{{^if s}}n{{else}}y{{s}}{{/if}}', list, 'yS'],
    ['{{^if none}}n{{s}}{{else}}y{{/if}}', list, 'nS'],
    ['{{^if s}}n{{/if}}', list, ''],
    ['{{^unless s}}y{{else}}n{{/unless}}', list, 'y'],
    ['{{^each xs}}n{{h}}{{else}}{{n}}{{../h}} {{/each}}', people, 'Ada! Bo! '],
    ['{{^each xs}}n{{h}}{{else}}{{n}}{{/each}}', { xs: [], h: '!' }, 'n!'],
    ['{{^with a}}n{{else}}{{b}}{{../s}}{{/with}}', list, 'BS'],
    ['{{^with no}}n{{s}}{{else}}y{{/with}}', list, 'nS'],
    ['{{#a}}{{^../no}}{{b}}{{/../no}}{{/a}}', list, 'B'],
    ['a\n{{^s}}\nn\n{{else}}\ny\n{{/s}}\nb', list, 'a\ny\nb'],
    ['a\n{{^no}}\nn\n{{else}}\ny\n{{/no}}\nb', list, 'a\nn\nb'],
    ['a {{~^no~}} n {{~else~}} y {{~/no~}} b', list, 'anb'],
    ['a {{~^if no}} n {{~else}} y {{/if~}} b', list, 'a n b'],
  ],
  'helpers and arguments': [
    ['{{lookup a "b"}}', list, 'B'],
    ['{{lookup a.list 1}}', list, '2'],
    ['{{#with (lookup (lookup deep "a") "b")}}{{c}}{{/with}}', maps, 'C'],
    ['{{#if (lookup a "b")}}y{{/if}}', list, 'y'],
    ['{{#each (lookup a "list")}}{{this}}{{/each}}', list, '12'],
    ["{{lookup a 'b'}}", list, 'B'],
    ['{{#with "text"}}{{this}}{{/with}}', {}, 'text'],
    [
      '{{#if true}}t{{/if}}{{#if false}}f{{/if}}{{#if null}}n{{/if}}{{#if undefined}}u{{/if}}',
      {},
      't',
    ],
    ['{{#with 12}}{{this}}{{/with}}{{#with -1.5}}{{this}}{{/with}}', {}, '12-1.5'],
  ],
  comments: [
    ['a{{! c }}b{{!-- {{x}} --}}c', {}, 'abc'],
    ['a\n{{! c }}\nb', {}, 'a\nb'],
    ['a\n  {{!-- c --}}  \nb', {}, 'a\nb'],
    ['a {{! c }}\nb', {}, 'a \nb'],
    ['{{!-- a\nb --}}\nc', {}, 'c'],
    ['{{!a}}{{!}}b', {}, 'b'],
  ],
  'white space': [
    ['a {{~s~}} b', list, 'aSb'],
    ['a\n{{~s}}\n\nb', list, 'aS\n\nb'],
    ['a {{~! c ~}} b', {}, 'ab'],
    ['a\n{{#if s}}\nb\n{{/if}}\nc', list, 'a\nb\nc'],
    ['  {{#if s}}  \nb\n  {{else}}\nc\n{{/if}}', list, 'b\n'],
    ['{{#if s}}b{{/if}}\nc', list, 'b\nc'],
    ['a\n{{#if s}} b{{/if}}\nc', list, 'a\n b\nc'],
    ['{{#if no}}{{else if no}}{{~else if no}}{{else if s}}  b{{/if}}', list, '  b'],
    ['{{#if no}} a {{~else if no~}} b {{~else if s~}} c {{else}} d {{~/if}} e', list, 'c e'],
    ['a {{~#if s~}} b {{~else~}} c {{~/if~}} d', list, 'abd'],
    ['a {{~#if no~}} b {{~else~}} c {{~/if~}} d', list, 'acd'],
    ['{{#each a.list~}} {{this}} {{~/each}}', list, '12'],
    ['{{#each a.list}}\n- {{this}}\n{{/each}}', list, '- 1\n- 2\n'],
    ['a\r\n{{#if s}}\r\nb\r\n{{/if}}\r\nc', list, 'a\r\nb\r\nc'],
    ['{{#if s}}\n{{#if s}}\nb\n{{/if}}\n{{/if}}\n', list, 'b\n'],
    ['{{#if no}}\na\n{{else if s}}\nb\n{{else}}\nc\n{{/if}}\nd', list, 'b\nd'],

    ['\n\n{{~s}}', list, 'S'],
    ['{{s}} {{s}}\t{{s}}', list, 'S S\tS'],
  ],
  partials: [
    ['{{> p}}', list, 'pS', { p: 'p{{s}}' }],
    ['{{> p s="T"}}', list, 'pT', { p: 'p{{s}}' }],
    ['{{> p a}}', list, 'B', { p: '{{b}}' }],
    ['{{#each xs}}{{> p}}{{/each}}', people, '(Ada)(Bo)', { p: '({{n}})' }],
    ['{{> p x=s}}', list, 'S', { p: '{{x}}' }],
    ['{{> (lookup . "which")}}', { which: 'p' }, 'P', { p: 'P' }],
    ['{{> "p"}}', {}, 'P', { p: 'P' }],
    ['{{> p}}', list, 'aSb', { p: 'a{{> q}}b', q: '{{s}}' }],
    ['a\n  {{> p}}\nb', {}, 'a\n  1\n  2\nb', { p: '1\n2\n' }],
    ['a {{> p}}\nb', {}, 'a 1\n2\n\nb', { p: '1\n2\n' }],
    ['a {{~> p~}} b', {}, 'aPb', { p: 'P' }],
    ['{{#each xs}}\n  {{> p}}\n{{/each}}', people, '  Ada\n  Bo\n', { p: '{{n}}\n' }],
  ],
  'partial blocks': [
    ['{{#> p}}inside {{s}}{{/p}}', list, '[inside S]', { p: '[{{> @partial-block}}]' }],
    ['{{#> p}}instead{{/p}}', {}, 'P', { p: 'P' }],
    ['{{#> nowhere}}instead {{s}}{{/nowhere}}', list, 'instead S'],
    ['{{#> p s="T"}}{{s}}{{/p}}', list, 'TT', { p: '{{s}}{{> @partial-block}}' }],
    [
      '{{#> p}}{{#> q}}x{{/q}}{{/p}}',
      {},
      '[(x)]',
      { p: '[{{> @partial-block}}]', q: '({{> @partial-block}})' },
    ],
    ['{{#> p}}x{{/p}}', {}, 'xx', { p: '{{> @partial-block}}{{> @partial-block}}' }],
  ],
  'inline partials': [
    ['{{#*inline "i"}}I{{s}}{{/inline}}{{> i}}', list, 'IS'],
    ['{{#*inline "i"}}{{x}}{{/inline}}{{> i x=1}}{{> i x=2}}', {}, '12'],
    ['{{#> p}}{{#*inline "title"}}T{{/inline}}{{/p}}', {}, '[T]', { p: '[{{> title}}]' }],
    ['{{#> p}}{{/p}}', {}, '[none]', { p: '[{{#> title}}none{{/title}}]' }],
    ['{{#*inline "p"}}own{{/inline}}{{> p}}', {}, 'own', { p: 'P' }],
    ['{{#if s}}{{#*inline "i"}}I{{/inline}}{{> i}}{{/if}}', list, 'I'],
  ],
  escapes: [
    ['\\{{s}}', list, '{{s}}'],
    ['\\\\{{s}}', list, '\\S'],
    ['\\{{s}} {{s}}', list, '{{s}} S'],
  ],
};

function ours(
  template: string,
  context: Context,
  partials: Case[3],
  style: 'angle' | 'mustache',
): string {
  const head = style === 'mustache' ? '---\nsyntax: mustache\n---\n' : '';
  const written = (text: string): string =>
    head + (style === 'mustache' ? text : text.replaceAll('{{', '<<').replaceAll('}}', '>>'));
  const sources = Object.fromEntries(
    Object.entries(partials ?? {}).map(([slug, text]) => [slug, written(text)]),
  );
  const analysis = analysisOf(written(template), sources);
  const errors = analysis.problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
  );
  const { messages } = render(analysis.renderInput(context), 'nonce');
  return messages.map(({ content }) => content).join('|');
}

/** Escaping changes nothing here; without it, Handlebars adds numbers that stand side by side. */
function theirs(template: string, context: Context, partials: Case[3]): string {
  const environment = Handlebars.create();
  environment.registerPartial({ ...partials });
  return environment.compile(template)(context);
}

describe('what Handlebars specifies', () => {
  for (const [group, cases] of Object.entries(groups)) {
    describe(group, () => {
      for (const [template, context, expected, partials] of cases) {
        it(JSON.stringify(template), () => {
          assert.equal(theirs(template, context, partials), expected, 'Handlebars itself');
          assert.equal(ours(template, context, partials, 'mustache'), expected);
          const angle = expected.replaceAll('{{', '<<').replaceAll('}}', '>>');
          assert.equal(ours(template, context, partials, 'angle'), angle);
        });
      }
    });
  }
});
