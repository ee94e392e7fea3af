import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { show, showPrompt, until } from './support.ts';

/** The text at `|` is where the cursor stands. */
async function showAtCursor(text: string): Promise<{ uri: vscode.Uri; position: vscode.Position }> {
  const { document } = await showPrompt(text.replace('|', ''));
  return { uri: document.uri, position: document.positionAt(text.indexOf('|')) };
}

describe('language features', () => {
  it('completes the declared variables', async () => {
    const { uri, position } = await showAtCursor(
      '---\nvariables:\n  user_name: string\n---\nHello <<us|>>\n',
    );
    await until('the completion of user_name', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        position,
      );
      // VS Code itself offers every word of the file as plain text.
      return list.items
        .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
        .some(({ label }) => (typeof label === 'string' ? label : label.label) === 'user_name');
    });
  });

  it('marks a variable that nothing declares or fills', async () => {
    const { document } = await showPrompt('---\nvariables: {}\n---\nHello <<nobody>>\n');
    const marked = await until('a diagnostic', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found.map(({ range }) => document.getText(range));
    });
    assert.ok(marked.includes('nobody'), marked.join(', '));
  });

  it('reports no problem in any sample', async () => {
    const files = await vscode.workspace.findFiles('*.prompt', 'made-*');
    assert.ok(files.length >= 5);
    // A broken neighbour that is answered later shows that the samples have been looked at.
    for (const { path } of files) await show(path.slice(path.lastIndexOf('/') + 1));
    const { document: broken } = await showPrompt('<<#if x>>\n');
    await until('the unclosed block', () => vscode.languages.getDiagnostics(broken.uri).length > 0);
    const problems = files.flatMap((uri) =>
      vscode.languages.getDiagnostics(uri).map(({ message }) => `${uri.path}: ${message}`),
    );
    assert.deepEqual(problems, []);
  });

  it('explains a variable', async () => {
    const { uri, position } = await showAtCursor(
      '---\nvariables:\n  tone: { type: string, description: How it sounds. }\n---\n<<to|ne>>\n',
    );
    await until('the hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        position,
      );
      const text = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === 'string' ? content : content.value))
        .join('\n');
      return text.includes('How it sounds.');
    });
  });

  it('outlines and folds', async () => {
    const { document } = await showPrompt(
      '<<#system>>\nBe kind.\n<</system>>\n<<#if a>>\nb\n<</if>>\n',
    );
    await until('the outline', async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return (symbols?.length ?? 0) > 0;
    });
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.ok(ranges.length >= 2);
  });

  it('offers Run above the first line', async () => {
    const { document } = await showPrompt('Hello\n');
    await until('the lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses.some(({ command }) => command?.command === 'promptWorkbench.run');
    });
  });
});
