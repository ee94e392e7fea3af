import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { journalText, showPrompt, until } from './support.ts';

/** Every line of the journal so far that names `text`. */
const recorded = (text: string) => journalText().then((journal) => journal.includes(text));

describe('running', () => {
  it('answers a prompt offline and keeps the answer', async () => {
    const { document } = await showPrompt('---\nname: Tides\n---\nExplain the tides, word 4711.\n');
    await vscode.commands.executeCommand('promptWorkbench.run', document.uri);
    await until('the finished job on disk', async () => {
      const journal = await journalText();
      return /"state":"completed"/.test(journal) && journal.includes('word 4711');
    });
  });

  it('asks for what is missing and queues nothing before it has it', async () => {
    const { document } = await showPrompt(
      '---\nvariables: { who: string }\n---\nGreet <<who>> 4712.\n',
    );
    await vscode.commands.executeCommand('promptWorkbench.run', document.uri);
    await until('the form', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(
          ({ input }) => input instanceof vscode.TabInputWebview && /runForm/.test(input.viewType),
        ),
    );
    assert.equal(await recorded('4712'), false);
  });

  it('does not run a prompt that has an error', async () => {
    const { document } = await showPrompt('Hello 4713 <<#if x>>\n');
    await until('its diagnostics', () => vscode.languages.getDiagnostics(document.uri).length > 0);
    await vscode.commands.executeCommand('promptWorkbench.run', document.uri);
    assert.equal(await recorded('4713'), false);
  });

  it('opens the Outputs panel once for any number of runs', async () => {
    for (const text of ['Once, 4714.\n', 'Again, 4714.\n']) {
      const { document } = await showPrompt(text);
      await vscode.commands.executeCommand('promptWorkbench.run', document.uri);
    }
    await until('two finished jobs', async () => {
      const journal = await journalText();
      return (
        journal.split('\n').filter((line) => line.includes('4714') && line.includes('"completed"'))
          .length >= 2
      );
    });
    const panels = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputWebview && /outputs/.test(input.viewType),
      );
    assert.equal(panels.length, 1);
  });
});
