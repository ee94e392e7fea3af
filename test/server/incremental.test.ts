import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LanguageServer, uri } from '../support/languageServer.ts';

const start = `---\r\nname: Letter\r\nvariables:
  user: { type: object, properties: { name: string } }
  items: array
---
# Dear <<user.name>> 👋
<<#if user>>
- <<#each items as |item|>><<item>> <<@index>><</each>>
<<else>>
nothing <<usr>>
<</if>>
<<!-- note -->> \\<<x>> <<#raw>><<y>><</raw>>
`;

const pieces = fc.constantFrom(
  '<',
  '<<',
  '>>',
  '#',
  '/',
  '\n',
  '---\n',
  '<<#if user>>',
  '<</if>>',
  '<<else>>',
  '<<usr>>',
  '"',
  '|',
  'user',
  ' ',
  '\\',
  '<<#raw>>',
  '-->>',
  '👋',
  '\r\n',
  'items: string\n',
  ': ',
);
const edits = fc.array(
  fc.record({ at: fc.nat(1000), length: fc.oneof(fc.nat(3), fc.nat(40)), text: pieces }),
  { minLength: 1, maxLength: 8 },
);

describe('incremental edits', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  async function items(): Promise<Diagnostic[]> {
    const report = await server.connection.sendRequest<DocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    return report.kind === 'full' ? report.items : [];
  }

  async function outline(): Promise<unknown> {
    return server.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
  }

  it('lead to what opening the text anew leads to', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (all) => {
        let text = start;
        await server.open(text);
        for (const [i, { at, length, text: inserted }] of all.entries()) {
          const document = TextDocument.create(uri, '', 0, text);
          const from = document.positionAt(at % (text.length + 1));
          const range = { start: from, end: document.positionAt(document.offsetAt(from) + length) };
          text = TextDocument.applyEdits(document, [{ range, newText: inserted }]);
          await server.change(i + 2, inserted, range);
          if (at % 3 === 0) await items();
        }
        const edited = { items: await items(), outline: await outline() };
        await server.close();
        await server.open(text);
        const opened = { items: await items(), outline: await outline() };
        await server.close();
        assert.deepEqual(edited, opened);
      }),
      { numRuns: 150 },
    );
    assert.deepEqual(server.logged, []);
  });
});
