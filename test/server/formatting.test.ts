import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatted } from '../../server/features/formatting.ts';
import { render } from '../../server/language/render.ts';
import type { Context } from '../../server/language/values.ts';
import { anyContext, anyTemplate, partials } from '../support/anyTemplate.ts';
import { documentOf, edited } from '../support/cursorText.ts';
import { LanguageServer, uri } from '../support/languageServer.ts';
import { analysisOf } from '../support/neighbours.ts';

const options = { tabSize: 2, insertSpaces: true };
const rows: [text: string, after: string][] = [
  ['<<upper   x  k = 1>>', '<<upper x k=1>>'],
  ['<<#  if   x >>a<<else   if y>>b<< / if>>', '<<#if x>>a<<else if y>>b<< / if>>'],
  ['<<#if x>>a<<else  >>b<</  if  >>', '<<#if x>>a<<else>>b<</if>>'],
  ['<<#each xs as | x  i |>>a<</each>>', '<<#each xs as |x i|>>a<</each>>'],
  ['<<>p  a="b  c">><<#>   q>>a<</q>>', '<<> p a="b  c">><<#> q>>a<</q>>'],
  ['<<~ #if x>>', '<<~ #if x>>'],
  ['<<upper ( lower   x )>>', '<<upper (lower x)>>'],
  ['<<#*inline   "a">>b<</inline>>', '<<#*inline "a">>b<</inline>>'],
  ['<<&  x>> <<^ x>>a<</x>>', '<<&x>> <<^x>>a<</x>>'],
  ['<<p\n  a=1\n  b=2>>', '<<p\n  a=1\n  b=2>>'],
  [
    '<<! a   b >> \\<<x   y>> << z >> {{  x }} a   b',
    '<<! a   b >> \\<<x   y>> << z >> {{  x }} a   b',
  ],
  ['<<#raw>><<upper   x>><</raw>>', '<<#raw>><<upper   x>><</raw>>'],
  [
    '---\nsyntax: mustache\n---\n{{  x }} {{{ y }}} {{~  z ~}}',
    '---\nsyntax: mustache\n---\n{{x}} {{{ y }}} {{~z~}}',
  ],
  [
    '---\nvariables:\n  x: string # an x\n# who it is\nname: L\nx-own: 1\nteam: 2\ntags: [a]\n---\na',
    '---\n# who it is\nname: L\ntags: [a]\nvariables:\n  x: string # an x\nx-own: 1\nteam: 2\n---\na',
  ],
  ['---\nformat: text\r\nname: L\r\n---\r\na', '---\nname: L\r\nformat: text\r\n---\r\na'],
  ['---\nformat: text\nname: [\n---\na', '---\nformat: text\nname: [\n---\na'],
  ['---\nformat: &f text\nname: *f\n---\na', '---\nformat: &f text\nname: *f\n---\na'],
  ['---\n{ format: text, name: L }\n---\na', '---\n{ format: text, name: L }\n---\na'],
  ['---\nformat: text\nname: L\n', '---\nformat: text\nname: L\n'],
];

describe('formatting', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [text, after] of rows) {
    it(JSON.stringify(text), async () => {
      await server.open(text);
      const params = { textDocument: { uri }, options };
      const edits = (await server.ask(DocumentFormattingRequest.type, params)) ?? [];
      assert.equal(edited(text, edits), after);
    });
  }

  it('formats only what is selected', async () => {
    const text = '---\nformat: text\nname: L\n---\n<<upper  a>>\n<<upper  b>>\n<<upper  c>>';
    await server.open(text);
    const document = documentOf(text);
    const at = (word: string) => document.positionAt(text.indexOf(word));
    const range = { start: at('b>>'), end: at('b>>') };
    const params = { textDocument: { uri }, options, range };
    const edits = (await server.ask(DocumentRangeFormattingRequest.type, params)) ?? [];
    assert.equal(edited(text, edits), text.replace('upper  b', 'upper b'));
  });

  it('changes nothing of what is rendered, and nothing the second time', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyTemplate, fc.nat({ max: 3 }), anyContext, (plain, spaces, context) => {
        const text = spread(plain, spaces);
        const once = format(text);
        if (once !== text) changed++;
        assert.equal(format(once), once);
        assert.deepEqual(rendered(once, context), rendered(text, context));
      }),
      { numRuns: 2000 },
    );
    assert(changed > 50, `${changed} were changed`);
  });
});

/** With more space between words, some of which are in tags. */
function spread(text: string, spaces: number): string {
  const [, head = '', body = ''] = /^(\uFEFF?---\n[^]*?\n?---\r?\n)?([^]*)$/.exec(text) ?? [];
  return head + body.replaceAll(/(?<=[a-z]) (?=[a-z])/g, ' '.repeat(spaces + 1));
}

function format(text: string): string {
  const textDocument = TextDocument.create(uri, 'prompt-template', 1, text);
  const edits = formatted({ uri, text, textDocument, analysis: analysisOf(text, partials) });
  let made = '';
  let at = 0;
  for (const { span, text: piece } of edits) {
    made += text.slice(at, span.start) + piece;
    at = span.end;
  }
  return made + text.slice(at);
}

function rendered(text: string, context: Context): unknown {
  const analysis = analysisOf(text, partials);
  if (analysis.hasErrors) return 'errors';
  return render(analysis.renderInput(context, new Date(0)), 'nonce');
}
