import assert from 'node:assert/strict';
import { readFrontMatter } from '../../../server/language/frontMatter.ts';
import { analysisOf } from '../../support/neighbours.ts';

/** Problems of the front matter: `severity code «text»`. */
function problems(yaml: string): string[] {
  const text = `---\n${yaml}\n---\n`;
  return (readFrontMatter(text)?.problems ?? []).map(
    ({ severity, code, span }) => `${severity} ${code} «${text.slice(span.start, span.end)}»`,
  );
}

const checked: readonly (readonly [string, ...string[]])[] = [
  ['name: x'],
  ['slug: x', 'warning schema «---»'],
  ['name: x\nnme: y', 'warning schema «nme»'],
  ['name: x\nx-mine: y\nx-other: [1]'],
  ['name: x\nslug: Not A Slug', 'warning schema «Not A Slug»'],
  ['name: x\nslug: a-b_c1'],
  ['name: x\nversion: "1.2"', 'warning schema «"1.2"»'],
  ['name: x\nversion: 1.2.0-beta.1'],
  ['name: x\nformat: jsn', 'warning schema «jsn»'],
  ['name: x\nformat: html_partial\n'],
  ['name: x\noutput_format: json\nschema: {type: object}'],
  ['name: x\nschema: {type: object}', 'warning schema «schema»'],
  ['name: x\ntemperature: hot', 'warning schema «hot»'],
  ['name: x\ntemperature: 3', 'warning schema «3»'],
  ['name: x\nmax_tokens: 1.5', 'warning schema «1.5»'],
  ['name: x\nactive: maybe', 'warning schema «maybe»'],
  ['name: x\nactive:'],
  ['name: x\ntags: one', 'warning schema «one»'],
  ['name: x\ntags: [a, [b]]', 'warning schema «[b]»'],
  ['name: x\nstop: END\n'],
  ['name: x\npriority: hgh', 'warning schema «hgh»'],
  ['name: x\nvariables: [a]', 'warning schema «[a]»'],
  ['name: x\nvariables: {a: strng}', 'warning schema «strng»'],
  ['name: x\nvariables: {a: {type: text, desciption: b}}', 'warning schema «desciption»'],
  ['name: x\nvariables: {a: {type: txt}}', 'warning schema «txt»'],
  ['name: x\nvariables: {a: {items: {typ: text}}}', 'warning schema «typ»'],
  ['name: x\nvariables: {a: {properties: {b: {typ: text}}}}', 'warning schema «typ»'],
  ['name: x\ntests: [{nam: a}]', 'warning schema «nam»'],
  ['name: [x', 'error yaml-syntax «name: [x»'],
  ['name: "x', 'error yaml-syntax «name: "x»'],
  ['name: x\nname: y', 'error yaml-syntax «name»'],
  ['- a', 'error yaml-syntax «- a»'],
  ['just words', 'error yaml-syntax «just words»'],
  ['name: *nothing', 'error yaml-syntax «*nothing»'],
];

describe('front matter', () => {
  describe('problems', () => {
    for (const [yaml, ...expected] of checked) {
      it(JSON.stringify(yaml), () => assert.deepEqual(problems(yaml), expected));
    }
  });

  describe('where it is', () => {
    const places: readonly (readonly [string, string | undefined])[] = [
      ['---\nname: x\n---\nbody', '---\nname: x\n---\n'],
      ['\uFEFF---\nname: x\n---\nbody', '---\nname: x\n---\n'],
      ['--- \r\nname: x\r\n...\r\nbody', '--- \r\nname: x\r\n...\r\n'],
      ['---\n---', '---\n---'],
      ['---\nname: x\n\nbody', '---\nname: x\n'],
      ['---\nA rule, then text.\n', undefined],
      ['---\nNote: this is text\n', undefined],
      ['\n---\nname: x\n---\n', undefined],
      ['----\nname: x\n---\n', undefined],
      ['body', undefined],
    ];
    for (const [text, expected] of places) {
      it(JSON.stringify(text), () => {
        const { span } = readFrontMatter(text) ?? {};
        assert.equal(span && text.slice(span.start, span.end), expected);
      });
    }
  });

  it('is normalised', () => {
    const { settings } = readFrontMatter(
      '---\nname: 7\noutput_format: html_partial\nstop: END\nmax_tokens: 5\ntop_p: x\nslug: Bad Slug\n---\n',
    ) ?? { settings: undefined };
    assert.deepEqual(
      [
        settings?.name,
        settings?.format,
        settings?.stop,
        settings?.maxTokens,
        settings?.topP,
        settings?.slug,
      ],
      ['7', 'html', ['END'], 5, undefined, undefined],
    );
  });

  it('declares variables', () => {
    const text =
      '---\nvariables:\n  a: text\n  b: {default: 2}\n  c: {required: false, enum: [x]}\n  d:\n  e: {items: integer}\n  f: {properties: {g: boolean}}\n---\n';
    const { variables = [] } = readFrontMatter(text) ?? {};
    assert.deepEqual(
      variables.map(({ name, type, required }) => [name, type, required]),
      [
        ['a', 'text', true],
        ['b', 'integer', false],
        ['c', 'string', false],
        ['d', 'string', true],
        ['e', 'array', true],
        ['f', 'object', true],
      ],
    );
    assert.deepEqual(
      variables.map(({ nameSpan }) => text.slice(nameSpan.start, nameSpan.end)).join(''),
      'abcdef',
    );
    assert.equal(variables[4]?.items?.type, 'integer');
    assert.equal(variables[5]?.properties?.[0]?.type, 'boolean');
  });

  it('compares samples and tests with the variables', () => {
    const text = `---
name: X
variables: {topic: string, count: {type: integer, required: false}}
samples:
  good: {topic: a, count: 2}
  bare: {}
  odd: {tpic: a, count: many}
tests:
  - {name: t, values: {topic: 5}}
---
<<topic>><<count>>`;
    const found = analysisOf(text).problems.flatMap((problem) =>
      problem.code === 'missing-variable'
        ? [[problem.sample, problem.slip, problem.name, problem.suggestions.join()]]
        : [],
    );
    assert.deepEqual(found, [
      ['bare', 'lacking', 'topic', ''],
      ['odd', 'lacking', 'topic', ''],
      ['odd', 'unknown', 'tpic', 'topic'],
      ['odd', 'wrong-type', 'count', ''],
    ]);
  });

  it('does not grow without end by aliases', () => {
    const lines = Array.from({ length: 20 }, (_, at) => {
      const before = at === 0 ? 'x' : `*a${at - 1}`;
      return `a${at}: &a${at} [${Array(10).fill(before).join(', ')}]`;
    });
    assert.ok(problems(lines.join('\n')).some((one) => one.startsWith('error yaml-syntax')));
  });

  describe('of other tools', () => {
    const others: readonly (readonly [string, string | undefined])[] = [
      [
        '---\nmodel: googleai/gemini\ninput:\n  schema:\n    name: string\n---\n{{role "user"}} {{name}}',
        'Dotprompt',
      ],
      ['---\nmodel: x\n---\n{{role "system"}} Be kind', 'Dotprompt'],
      [
        '---\nname: X\nmodel:\n  api: chat\n  configuration: {type: azure_openai}\n---\nsystem:\nBe kind',
        'Prompty',
      ],
      ['---\nname: X\ninputs: {a: string}\n---\nsystem:\nx\nuser:\ny', 'Prompty'],
      ['---\nname: X\nmodel: gpt-x\nvariables: {a: string}\n---\nsystem:\n<<a>>', undefined],
      ['---\nname: X\nsyntax: mustache\n---\n{{name}}', undefined],
    ];
    for (const [text, tool] of others) {
      it(`${tool ?? 'ours'}: ${JSON.stringify(text)}`, () => {
        const { problems } = analysisOf(text);
        const found = problems.flatMap((problem) =>
          problem.code === 'other-dialect' ? [problem.tool] : [],
        );
        assert.deepEqual(found, tool === undefined ? [] : [tool]);
        if (tool !== undefined) assert.equal(problems.length, 1);
      });
    }
  });
});
