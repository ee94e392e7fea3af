import * as assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { journalText, showPrompt, until } from './support.ts';

type Answers = Partial<
  Record<keyof typeof vscode.window, (first: unknown, ...more: unknown[]) => unknown>
>;

/** Runs a command with somebody who answers its questions; answers all that was said. */
async function answering(command: string, answers: Answers): Promise<string> {
  const said: string[] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  const before = { ...window };
  const tell = (message: unknown): Promise<undefined> => {
    said.push(String(message));
    return Promise.resolve(undefined);
  };
  try {
    Object.assign(window, { showInformationMessage: tell, showErrorMessage: tell }, answers);
    await vscode.commands.executeCommand(`promptWorkbench.${command}`);
  } finally {
    for (const name of ['showInformationMessage', 'showErrorMessage', ...Object.keys(answers)]) {
      window[name] = before[name];
    }
  }
  return said.join('\n');
}

describe('the history', () => {
  before(async () => {
    const { document } = await showPrompt('---\nname: Kept\n---\nTell me of word 4720.\n');
    await vscode.commands.executeCommand('promptWorkbench.run', document.uri);
    await until('the finished job on disk', async () =>
      (await journalText())
        .split('\n')
        .some((line) => line.includes('4720') && line.includes('"completed"')),
    );
  });

  it('is verified', async () => {
    assert.match(await answering('verifyHistory', {}), /The history is intact: \d+ records/);
  });

  it('is compacted', async () => {
    assert.match(await answering('compactHistory', {}), /The history/);
  });

  for (const [format, pattern] of [
    ['jsonl', /"content":"Tell me of word 4720\./],
    ['csv', /^\uFEFFid,created_at,[^]*4720/],
  ] as const) {
    it(`is exported as ${format}`, async () => {
      const directory = await mkdtemp(join(tmpdir(), 'prompt-workbench-test-'));
      const file = join(directory, `history.${format}`);
      const said = await answering('exportHistory', {
        showQuickPick: async (items) => (items as unknown[])[0],
        showSaveDialog: async () => vscode.Uri.file(file),
      });
      assert.match(said, /Exported \d+ outputs/);
      assert.match(await readFile(file, 'utf8'), pattern);
      await rm(directory, { recursive: true });
    });
  }

  it('is deleted for good, after a question', async () => {
    let asked = '';
    const said = await answering('deleteHistory', {
      showQuickPick: async (items) => (items as unknown[]).at(-1),
      showWarningMessage: async (message, options, yes) => {
        asked = `${String(message)} ${JSON.stringify(options)}`;
        return yes;
      },
    });
    assert.match(asked, /Delete \d+ outputs for good\?.*cannot be undone/);
    assert.match(said, /Deleted \d+ outputs?\. Their texts are gone from the disk/);
    assert.equal((await journalText()).includes('4720'), false);
  });
});
