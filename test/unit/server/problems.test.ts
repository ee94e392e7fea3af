import assert from 'node:assert/strict';
import type { Analysis } from '../../../server/analysis.ts';
import { analyse } from '../../../server/analysis.ts';
import { analysisOf, neighbours } from '../../support/neighbours.ts';

/** `severity code «text»` of every problem. */
function problems({ text, problems }: Analysis): string[] {
  return problems.map(
    ({ severity, code, span }) => `${severity} ${code} «${text.slice(span.start, span.end)}»`,
  );
}

/** A template with a name and these variables. */
function template(body: string, variables = ''): string {
  return `---\nname: X\n${variables === '' ? '' : `variables: {${variables}}\n`}---\n${body}`;
}

type Case = readonly [string, ...string[]];

function check(cases: readonly Case[], textOf: (written: string) => string = (text) => text): void {
  for (const [written, ...expected] of cases) {
    it(JSON.stringify(written), () => {
      const found = problems(analysisOf(textOf(written)));
      assert.deepEqual(found, expected);
    });
  }
}

/** Of a body whose variables a to z are all declared. */
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const declared = letters.map((letter) => `${letter}: any`).join(', ');
const used = `<<! ${letters.map((letter) => letter).join('')} >>`;

function body(written: string): string {
  const uses = letters.map((letter) => `<<${letter}>>`).join('');
  return template(`${written}\n${used}${uses}`, declared);
}

describe('problems of structure', () => {
  check(
    [
      ['<<#if a>>x<<else if b>>y<<else>>z<</if>>'],
      ['<<#a>>x<</a>><<^a>>y<</a>><<#a>>x<<^>>y<</a>>'],
      ['<<#if a>>'.repeat(100) + '<</if>>'.repeat(100)],
      ['<<#if a>>'.repeat(150) + 'x' + '<</if>>'.repeat(150), 'error too-deep «<<#if a>>»'],
      ['<<#if a>>x', 'error unclosed-block «<<#if a>>»'],
      ['x<</if>>', 'error stray-close «<</if>>»'],
      ['x<<else>>y', 'error stray-else «<<else>>»'],
      ['<<#if a>>x<</each>>', 'error mismatch «<</each>>»'],
      ['<<#if a>><<#each b>>x<</if>>', 'error unclosed-block «<<#each b>>»'],
      ['<<#if a>>x<<else>>y<<else>>z<</if>>', 'error double-else «<<else>>»'],
      ['<<#if a>>x<<else>>y<<else if b>>z<</if>>', 'error double-else «<<else if b>>»'],
      ['<<#user>>x<<else>>y<</user>>', 'error stray-else «<<else>>»'],
      ['<<#if a', 'error malformed-tag «<<#if a»'],
      ['<<#if (a>>x<</if>>', 'error malformed-tag «<<#if (a>>»'],
      ['<<a.>>', 'error malformed-tag «<<a.>>»'],
      ['<<if a>>', 'error malformed-tag «if a»'],
      ['<<user a>>', 'error malformed-tag «user a»'],
      ['<<#if>>x<</if>>', 'error malformed-tag «if»'],
      ['<<#each a b>>x<</each>>', 'error malformed-tag «each a b»'],
      ['<<eq a>>', 'error malformed-tag «eq a»'],
      ['<<upper (lower a b)>>', 'error malformed-tag «(lower a b)»'],
      ['<<#> a b c>><</a>>', 'error malformed-tag «<<#> a b c>>»'],
      [
        `<<f ${'(f '.repeat(120)}a${')'.repeat(120)}>>`,
        `error too-deep «<<f ${'(f '.repeat(120)}a${')'.repeat(120)}>>»`,
      ],
    ],
    body,
  );

  it('see an unclosed raw block', () => {
    assert.deepEqual(problems(analysisOf('<<#raw>>x <<y>>')), ['error unclosed-block «<<#raw>>»']);
  });
});

describe('problems of names', () => {
  check(
    [
      ['<<upr a>>', 'error unknown-helper «upr»'],
      ['<<a b>>', 'error unknown-helper «a»'],
      ['<<a.b c>>', 'error unknown-helper «a.b»'],
      ['<<upper (foo a)>>', 'error unknown-helper «foo»'],
      ['<<#foo a>>x<</foo>>', 'error unknown-helper «foo»'],
      ['<<helperMissing>>', 'error reserved-name «helperMissing»'],
      ['<<a.__proto__>>', 'error reserved-name «__proto__»'],
      ['<<name>>', 'warning undeclared-variable «name»'],
      ['<<@root.name>>', 'warning undeclared-variable «name»'],
      ['<<@index>><<@timestamp>>'],
      [
        '<<#each a as |one at|>><<one>><<at>><<one.x>><<two>><<../three>><</each>>',
        'warning undeclared-variable «three»',
      ],
      ['<<#with a>><<anything>><</with>>'],
      ['<<#if a>><<anything>><</if>>', 'warning undeclared-variable «anything»'],
      ['<<#a>><<anything>><</a>>'],
      ['<<#user>><<anything>><</user>>', 'warning undeclared-variable «anything»'],
      ['<<#*inline "i">><<given>><</inline>><<> i given=a>>'],
    ],
    body,
  );

  it('are information where nothing is declared', () => {
    assert.deepEqual(problems(analysisOf('<<a>>')), ['information undeclared-variable «a»']);
  });

  it('suggest what was meant', () => {
    const [problem] = analysisOf(template('<<tpic>><<topic>>', 'topic: string')).problems;
    assert.equal(problem?.code, 'undeclared-variable');
    assert.deepEqual('suggestions' in problem && problem.suggestions, ['topic']);
  });
});

describe('problems of values', () => {
  const variables =
    'user: {type: object, properties: {name: string}}, list: {type: array, items: {type: object, properties: {price: number}}}, text: string, flag: boolean, upper: string, date: string';
  const all = '<<user>><<list>><<text>><<flag>><<this.upper>><<this.date>>';
  check(
    [
      ['<<user.name>><<list.0.price>><<list.length>><<text.length>>'],
      ['<<user.nme>>', 'warning unknown-property «nme»'],
      ['<<text.x>>', 'warning unknown-property «x»'],
      [
        '<<#each list>><<price>><<prce>><<text>><</each>>',
        'warning unknown-property «prce»',
        'warning unknown-property «text»',
      ],
      [
        '<<#each list as |one|>><<one.price>><<one.cost>><</each>>',
        'warning unknown-property «cost»',
      ],
      ['<<#with user>><<name>><<list>><</with>>', 'warning unknown-property «list»'],
      ['<<#each text>>x<</each>>', 'warning type-mismatch «text»'],
      ['<<join flag>>', 'warning type-mismatch «flag»'],
      ['<<upper user>>', 'warning type-mismatch «user»'],
      ['<<upper>>', 'warning shadowed-by-helper «upper»'],
      ['<<upper text>>'],
    ],
    (written) => template(`${written}\n${all}`, variables),
  );

  it('tell the variable outside from a member', () => {
    const text = template('<<#with user>><<text>><</with>><<text>>', variables);
    const problem = analysisOf(text).problems.find(({ code }) => code === 'unknown-property');
    assert.ok(problem?.code === 'unknown-property' && problem.up);
  });
});

describe('problems of text', () => {
  check(
    [
      ['<<tone>> << tone >>', 'hint padded-tag «<< tone >>»'],
      ['<<tone>> <<tone >>', 'hint padded-tag «<<tone >>»'],
      ['<<tone>> <<<tone>>>', 'hint triple «<<<tone>>>»'],
      ['<<tone>> <<tone> <tone>>', 'hint maybe-tag «<<tone>»', 'hint maybe-tag «<tone>>»'],
      ['<<tone>> {{tone}} {{ tone }}', 'information mustache-in-angle «{{tone}}»'],
      ['<<tone>> << other >> <<<other>>> <<other> {{other}}'],
      ['x', 'hint unused-variable «tone»'],
      ['<<json this>>'],
      ['<<json @root>>'],
    ],
    (written) => template(written, 'tone: string'),
  );
});

describe('problems with other templates', () => {
  const others = {
    fine: 'Hello <<name>>',
    broken: '<<#if x>>',
    callsBroken: '<<> broken>>',
    selfish: '<<> selfish>>',
    ping: '<<> pong>>',
    pong: '<<> ping>>',
    back: '<<> letter>>',
    layout: '[<<> body>>]',
    loose: '[<<#> body>>none<</body>>]',
    framed: '[<<> @partial-block>>]',
  };
  const cases: readonly Case[] = [
    ['<<> fine>><<> "fine">>'],
    ['<<> fine name="x">>'],
    ['<<> fin>>', 'error unknown-partial «fin»'],
    ['<<> broken>>', 'error broken-partial «broken»'],
    ['<<> callsBroken>>', 'error broken-partial «callsBroken»'],
    ['<<> selfish>>', 'error partial-cycle «selfish»'],
    ['<<> ping>>', 'error partial-cycle «ping»'],
    ['<<> letter>>', 'error partial-cycle «letter»'],
    ['<<> back>>', 'error partial-cycle «back»'],
    ['<<> layout>>', 'error broken-partial «layout»'],
    ['<<#> layout>><<#*inline "body">>x<</inline>><</layout>>'],
    ['<<> loose>><<#> framed>>x<</framed>><<> framed>>'],
    ['<<#> nothing>>instead<</nothing>>'],
    ['<<#*inline "own">>x<</inline>><<> own>>'],
    ['<<#if true>><<#*inline "own">>x<</inline>><</if>><<> own>>', 'error unknown-partial «own»'],
    ['<<#*inline "own">><<> own>><</inline>><<> own>>', 'error partial-cycle «own»'],
    [
      '<<#*inline "a">><<> b>><</inline>><<#*inline "b">><<> a>><</inline>>',
      'error partial-cycle «b»',
      'error partial-cycle «a»',
    ],
    ['<<> (lookup . "fine")>>'],
  ];
  for (const [written, ...expected] of cases) {
    it(written, () => {
      assert.deepEqual(problems(analysisOf(template(written), others)), expected);
    });
  }

  it('count what a partial uses as used', () => {
    const text = template('<<> fine>>', 'name: string');
    assert.deepEqual(problems(analysisOf(text, others)), []);
  });

  it('name the templates with the same slug', () => {
    const source = {
      uri: 'file:///work/a.prompt',
      version: 1,
      text: '---\nname: X\nslug: s\n---\n',
    };
    const [problem] = analyse(source, neighbours({}, ['file:///work/b.prompt'])).problems;
    assert.ok(problem?.code === 'duplicate-slug' && problem.severity === 'error');
    assert.deepEqual(problem.others, ['file:///work/b.prompt']);
  });

  it('are looked at again when the others change', () => {
    let generation = 1;
    const sources: Record<string, string> = {};
    const changing = {
      ...neighbours(),
      partial: (slug: string) => sources[slug],
      get generation() {
        return generation;
      },
    };
    const source = { uri: 'file:///work/a.prompt', version: 1, text: template('<<> later>>') };
    const analysis = analyse(source, changing);
    assert.ok(analysis.hasErrors);
    sources['later'] = 'x';
    assert.ok(analysis.hasErrors);
    generation++;
    assert.ok(!analysis.hasErrors);
  });
});
