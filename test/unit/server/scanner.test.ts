import assert from 'node:assert/strict';
import type { SyntaxStyle } from '../../../server/language/nodes.ts';
import { scan } from '../../../server/language/scanner.ts';

/** `kind text` of every tag; suspects and malformed tags with what is wrong. */
function tags(text: string, style: SyntaxStyle = 'angle'): string[] {
  return scan(text, style, 0).tags.map((tag) => {
    const detail =
      tag.kind === 'suspect' ? `:${tag.slip}` : tag.kind === 'malformed' ? `:${tag.reason}` : '';
    return `${tag.kind}${detail} ${text.slice(tag.start, tag.end)}`;
  });
}

const string2000 = 'x'.repeat(2000);

const angle: Record<string, readonly (readonly [string, ...string[]])[]> = {
  'every kind of tag': [
    ['a <<x>> b', 'value <<x>>'],
    ['<<user.name>>', 'value <<user.name>>'],
    ['<<items.0>>', 'value <<items.0>>'],
    ['<<a/b>>', 'value <<a/b>>'],
    ['<<../x>>', 'value <<../x>>'],
    ['<<../../x>>', 'value <<../../x>>'],
    ['<<@index>>', 'value <<@index>>'],
    ['<<@../index>>', 'value <<@../index>>'],
    [
      '<<this>><<.>><<..>><<this.x>><<./x>>',
      'value <<this>>',
      'value <<.>>',
      'value <<..>>',
      'value <<this.x>>',
      'value <<./x>>',
    ],
    ['<<[odd key]>>', 'value <<[odd key]>>'],
    ['<<a.[b c].d>>', 'value <<a.[b c].d>>'],
    ['<<größe>><<名前>><<😀>>', 'value <<größe>>', 'value <<名前>>', 'value <<😀>>'],
    ['<<&x>>', 'value <<&x>>'],
    ['<<~x~>>', 'value <<~x~>>'],
    ['<<helper a "s" 1 true k=v (sub x)>>', 'value <<helper a "s" 1 true k=v (sub x)>>'],
    ['<<h "a>>b" \'c>>d\'>>', 'value <<h "a>>b" \'c>>d\'>>'],
    ['<<h "a\\"b">>', 'value <<h "a\\"b">>'],
    ['<<h -1 2.5 null undefined>>', 'value <<h -1 2.5 null undefined>>'],
    ['<<h a = b>>', 'value <<h a = b>>'],
    ['<<#if x>><</if>>', 'open <<#if x>>', 'close <</if>>'],
    ['<<#each xs as |x i|>><</each>>', 'open <<#each xs as |x i|>>', 'close <</each>>'],
    ['<<^x>><</x>>', 'open <<^x>>', 'close <</x>>'],
    [
      '<<else>><<^>><<else if x>><<~else~>>',
      'else <<else>>',
      'else <<^>>',
      'else <<else if x>>',
      'else <<~else~>>',
    ],
    [
      '<<> slug>><<> slug k=v>><<> "my slug">><<> (choose x)>>',
      'partial <<> slug>>',
      'partial <<> slug k=v>>',
      'partial <<> "my slug">>',
      'partial <<> (choose x)>>',
    ],
    ['<<#> layout>><</layout>>', 'partial-open <<#> layout>>', 'close <</layout>>'],
    ['<<#*inline "x">><</inline>>', 'inline <<#*inline "x">>', 'close <</inline>>'],
    ['<<> @partial-block>>', 'partial <<> @partial-block>>'],
  ],
  'L1: only a run of exactly two brackets': [
    ['<<<x>>>', 'suspect:triple <<<x>>>'],
    ['<<<<<<< SEARCH'],
    ['<<<EOF'],
    ['<x>'],
    ['{{x y}} { }} %}'],
  ],
  'L2: backslashes': [
    ['\\<<x>>', 'escape \\'],
    ['\\\\<<x>>', 'escape \\', 'value <<x>>'],
    ['\\\\\\<<x>>', 'escape \\', 'value <<x>>'],
    ['\\<<<x y>>>'],
    ['\\<<#if', 'escape \\'],
    ['\\x \\\\ \\'],
  ],
  'L3: the word else is a word': [
    ['<<elsewhere>>', 'value <<elsewhere>>'],
    ['<<else.x>>', 'value <<else.x>>'],
  ],
  'L4: the first character': [
    ['<< INPUT THERE >>'],
    ["<<'EOF' >>"],
    ['<<"EOF">>'],
    ['<< 20'],
    ['<<20>>'],
    ['<<-EOF>>'],
    ['a << b >> c', 'suspect:padded << b >>'],
    ['<<~ x>>'],
  ],
  'L5: no white space before the close of a bare name': [
    ['cat <<EOF >> file', 'suspect:padded <<EOF >>'],
    ['<<x ~>>'],
  ],
  'L6: several lines need a named argument': [
    ['<<f\n a>>'],
    ['<<f\n a=b>>', 'value <<f\n a=b>>'],
    ['<<f\r\n a=b\r\n>>', 'value <<f\r\n a=b\r\n>>'],
    ['<<#if\n  x\n>>', 'open <<#if\n  x\n>>'],
    ['<<> slug\n  a=b>>', 'partial <<> slug\n  a=b>>'],
  ],
  'L7: complete or text': [
    ['<<x'],
    ['<<x y'],
    ['<<x?!>>'],
    ['<<x <<y>>', 'value <<y>>'],
    ['<</if'],
    ['<<> >>'],
    ['<<#if x', 'malformed:unfinished <<#if x'],
    ['<<#if x  \nnext', 'malformed:unfinished <<#if x'],
    ['<<#if (x>> y', 'malformed:unfinished <<#if (x>>'],
    ['<<#if <<x>>', 'malformed:unfinished <<#if', 'value <<x>>'],
    ['<<user.>>', 'malformed:expression <<user.>>'],
    ['<<a (b>>', 'malformed:expression <<a (b>>'],
    ['<<a b=>>', 'malformed:expression <<a b=>>'],
    ['<<a/../b>>', 'malformed:path <<a/../b>>'],
    ['<<a.this>>', 'malformed:path <<a.this>>'],
    ['<<#*other "x">>', 'malformed:inline <<#*other "x">>'],
    ['<<*x>>'],
    ['<<a, b>>'],
    ['<<ada@example.org>>'],
    ['<<?|>>'],
    ['<<f @index.>>', 'malformed:expression <<f @index.>>'],
    ["<<don't>>"],
    ['<<>>'],
  ],
  'L8: Llama tags': [['<<SYS>> x <</SYS>>']],
  'L9: comments': [
    ['<<! a >> b', 'comment <<! a >>'],
    ['<<!>>', 'comment <<!>>'],
    ['<<!-- a >> b -->> c', 'comment <<!-- a >> b -->>'],
    ['<<!-- a -- b --~>>', 'comment <<!-- a -- b --~>>'],
    ['<<!-- a >>'],
    ['<<! \n a ~>>', 'comment <<! \n a ~>>'],
  ],
  'L10: raw': [
    ['<<#raw>>a <<x>> <<#if<</raw>> b', 'raw <<#raw>>a <<x>> <<#if<</raw>>'],
    ['<<#raw>>\n<<x>>', 'raw <<#raw>>\n<<x>>'],
    ['<<~#raw~>>x<<~/raw~>>', 'raw <<~#raw~>>x<<~/raw~>>'],
  ],
  'L11: the first two closing brackets': [
    ['<a x=<<u>>>', 'value <<u>>'],
    ['<<x>>>>', 'value <<x>>'],
    ['<<x~>>>', 'value <<x~>>'],
  ],
  'L12: limits': [
    ['<<f "a\nb">>'],
    [`<<f "${string2000}">>`, `value <<f "${string2000}">>`],
    [`<<f "${string2000}x">>`, `malformed:expression <<f "${string2000}x">>`],
    [`<<[${'x'.repeat(300)}]>>`, `value <<[${'x'.repeat(300)}]>>`],
    [`<<[${'x'.repeat(301)}]>>`],
    ['<<> 1>>'],
    [
      `<<f ${'(f '.repeat(100)}x${')'.repeat(100)}>>`,
      `value <<f ${'(f '.repeat(100)}x${')'.repeat(100)}>>`,
    ],
    [
      `<<f ${'(f '.repeat(101)}x${')'.repeat(101)}>>`,
      `malformed:nested <<f ${'(f '.repeat(101)}x${')'.repeat(101)}>>`,
    ],
  ],
  'text that may be meant as a tag': [
    ['<<name>', 'suspect:maybe <<name>'],
    ['<name>>', 'suspect:maybe <name>>'],
    ['<< user.name >>', 'suspect:padded << user.name >>'],
    [
      '{{name}} {{ name }} {{#if name}}',
      'suspect:mustache {{name}}',
      'suspect:mustache {{ name }}',
      'suspect:mustache {{#if name}}',
    ],
    ['Vec<Vec<u8>>', 'suspect:maybe <u8>>'],
    ['<div>'],
  ],
};

const mustache: readonly (readonly [string, ...string[]])[] = [
  [
    '{{x}} {{ x }} {{{x}}} {{{ x }}}',
    'value {{x}}',
    'value {{ x }}',
    'value {{{x}}}',
    'value {{{ x }}}',
  ],
  ['{"a":{{x}}}', 'value {{x}}'],
  ['{"a":{"b":{{x}}}}', 'value {{x}}'],
  ['{{{{x}}}}', 'value {{{x}}}'],
  ['{{{x}} y', 'value {{x}}'],
  ['{{#if a}}b{{ else }}c{{/if}}', 'open {{#if a}}', 'else {{ else }}', 'close {{/if}}'],
  ['{{! a }} {{!-- a }} b --}}', 'comment {{! a }}', 'comment {{!-- a }} b --}}'],
  ['\\{{x}} \\\\{{x}}', 'escape \\', 'escape \\', 'value {{x}}'],
  ['{{#raw}}{{x}}{{/raw}}', 'raw {{#raw}}{{x}}{{/raw}}'],
  ['<<x>> { x }'],
  ['{{ "a": 1 }}'],
  ['{{ x. }}', 'malformed:expression {{ x. }}'],
];

describe('scanner', () => {
  for (const [rule, cases] of Object.entries(angle)) {
    describe(rule, () => {
      for (const [text, ...expected] of cases) {
        it(JSON.stringify(text).slice(0, 60), () => assert.deepEqual(tags(text), expected));
      }
    });
  }

  describe('syntax: mustache', () => {
    for (const [text, ...expected] of mustache) {
      it(text, () => assert.deepEqual(tags(text, 'mustache'), expected));
    }
  });
});
