import assert from 'node:assert/strict';
import type { Position } from 'vscode-languageserver-protocol';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const textDocument = { uri };
const text = `---
name: Letter
variables:
  name: { type: string, description: "Who is *written* to." }
---
# Dear
<<upper name>> <<nmae>> <<> rules name=name>> <<#if name>>x<</if>> <<n`;
const rules = '---\nname: Rules\ndescription: How to.\nvariables: { name: string }\n---\n<<name>>';

function behind(piece: string): Position {
  const before = text.slice(0, text.indexOf(piece) + piece.length).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

interface Item {
  readonly label: string;
  readonly insertTextFormat?: number;
  readonly textEdit: { readonly newText: string };
}

/** Every value below a key of this name. */
function* valuesOf(name: string, within: unknown): Iterable<unknown> {
  if (typeof within !== 'object' || within === null) return;
  for (const [key, value] of Object.entries(within)) {
    if (key === name) yield value;
    yield* valuesOf(name, value);
  }
}

describe('a client that announces nothing', () => {
  let server: LanguageServer;
  before(async () => {
    const files = { [`${folder}/rules.prompt`]: rules };
    server = await LanguageServer.start({ capabilities: {}, files });
    await server.open(text);
  });
  after(() => {
    assert.deepEqual(server.logged, []);
    assert.deepEqual(server.registered, []);
    server.stop();
  });
  const ask = async <T>(method: string, params: object): Promise<T> =>
    server.connection.sendRequest<T>(method, { textDocument, ...params });

  it('is sent diagnostics, plain', async () => {
    const { diagnostics } = await server.pushed();
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['undeclared-variable'],
    );
    assert.deepEqual([...valuesOf('tags', diagnostics)], []);
    assert.deepEqual([...valuesOf('relatedInformation', diagnostics)], []);
    assert.equal(server.initialized.capabilities.diagnosticProvider, undefined);
  });

  it('is offered plain text, no snippets', async () => {
    const places = [behind(' <<n'), behind('<<#i'), behind('<<> ru'), behind('rules ')];
    for (const position of places) {
      const items = await ask<Item[]>('textDocument/completion', { position });
      assert(items.length > 0);
      for (const item of items) {
        assert.notEqual(item.insertTextFormat, 2);
        assert.doesNotMatch(item.textEdit.newText, /\$\{?\d/);
        const resolved = await server.connection.sendRequest<object>(
          'completionItem/resolve',
          item,
        );
        assert(!JSON.stringify(resolved).includes('"markdown"'), item.label);
      }
    }
  });

  it('is shown hovers and signatures without marks', async () => {
    for (const piece of ['<<upp', 'upper na', '<<> ru', '<<#i', 'vari']) {
      const hover = await ask<object>('textDocument/hover', { position: behind(piece) });
      const [kind] = valuesOf('kind', hover);
      const [value] = valuesOf('value', hover);
      assert.equal(kind, 'plaintext', piece);
      assert.doesNotMatch(String(value), /\*\*|`/, piece);
    }
    const help = await ask<object>('textDocument/signatureHelp', { position: behind('<<upper ') });
    assert(!JSON.stringify(help).includes('"markdown"'));
  });

  it('is given edits by file, without versions and files that come or go', async () => {
    const renamed = await ask<object>('textDocument/rename', {
      position: behind('upper na'),
      newName: 'who',
    });
    assert.deepEqual(Object.keys(renamed), ['changes']);
    const range = { start: { line: 0, character: 0 }, end: behind('<</if>>') };
    const actions = await ask<{ title: string; command?: string }[]>('textDocument/codeAction', {
      range,
      context: { diagnostics: [] },
    });
    // It cannot even be sent edits, so there is nothing to be chosen from.
    assert.deepEqual([...valuesOf('documentChanges', actions)], []);
  });

  it('is shown a flat outline', async () => {
    const symbols = await ask<object[]>('textDocument/documentSymbol', {});
    assert(symbols.length > 1);
    for (const symbol of symbols) assert('location' in symbol);
    assert.deepEqual([...valuesOf('children', symbols)], []);
  });
});
