import assert from 'node:assert/strict';
import {
  type DocumentSymbol,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  SymbolKind,
} from 'vscode-languageserver-protocol';
import { LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const text = `---
name: Letter
variables:
  user: string
  items: array
---
# Greeting
<<#system>>
Be <<user>>.
<</system>>
## Items
<<#each items as |item|>>
- <<item>>
<<else>>
none

<</each>>
<<!--
a comment
-->>
# End
<<#if user>>x<</if>>
`;

const outline = `
Package Front matter 0-6
  Property name: Letter 1-1
  Property variables 2-5
    Variable user: string 3-3
    Variable items: array 4-4
String Greeting 6-20
  Namespace system 7-9
  String Items 10-20
    Array each items as |item| 11-16
String End 20-22
  Boolean if user 21-21`;

function drawn(symbols: readonly DocumentSymbol[], indent = '\n'): string {
  return symbols
    .map(({ name, kind, detail, range, children = [] }) => {
      const kindName = Object.keys(SymbolKind).find(
        (key) => SymbolKind[key as keyof typeof SymbolKind] === kind,
      );
      const title = detail === undefined ? name : `${name}: ${detail}`;
      const lines = `${range.start.line}-${range.end.line}`;
      return `${indent}${kindName} ${title} ${lines}${drawn(children, `${indent}  `)}`;
    })
    .join('');
}

describe('outline and folding', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
    await server.open(text);
  });
  after(() => server.stop());

  it('nests front matter, headings, roles and blocks', async () => {
    const symbols = await server.ask(DocumentSymbolRequest.type, { textDocument: { uri } });
    assert.equal(drawn(symbols as DocumentSymbol[]), outline);
  });

  it('gives every symbol a selection within its range', async () => {
    const symbols = (await server.ask(DocumentSymbolRequest.type, {
      textDocument: { uri },
    })) as DocumentSymbol[];
    const all = (found: DocumentSymbol[]): DocumentSymbol[] =>
      found.flatMap((symbol) => [symbol, ...all(symbol.children ?? [])]);
    for (const { name, range, selectionRange } of all(symbols)) {
      const [from, to] = [range.end.line, selectionRange.end.line];
      assert(
        to < from || (to === from && selectionRange.end.character <= range.end.character),
        name,
      );
      assert(selectionRange.start.line >= range.start.line, name);
    }
  });

  it('is flat for a client that knows no nesting', async () => {
    const { documentSymbol: _, ...textDocument } = modernEditor.textDocument ?? {};
    const old = await LanguageServer.start({ capabilities: { textDocument } });
    await old.open(text);
    const symbols = await old.ask(DocumentSymbolRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      symbols
        ?.map(
          (symbol) => `${symbol.name} in ${'containerName' in symbol ? symbol.containerName : ''}`,
        )
        .slice(0, 4),
      [
        'Front matter in ',
        'name in Front matter',
        'variables in Front matter',
        'user in variables',
      ],
    );
    old.stop();
  });

  it('folds front matter, keys, headings, roles, branches and comments', async () => {
    const ranges = await server.ask(FoldingRangeRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      ranges?.map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind ?? ''}`.trim()),
      ['0-5 region', '2-4', '6-19', '7-8', '10-19', '11-12', '13-15', '17-19 comment', '20-21'],
    );
  });

  it('takes the largest folds when the client wants only so many', async () => {
    const capabilities = { textDocument: { foldingRange: { rangeLimit: 2 } } };
    const limited = await LanguageServer.start({ capabilities });
    await limited.open(text);
    const ranges = await limited.ask(FoldingRangeRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      ranges?.map(({ startLine }) => startLine),
      [6, 10],
    );
    limited.stop();
  });
});
