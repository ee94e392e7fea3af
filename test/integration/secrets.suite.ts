import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { OpenAiDouble } from '../support/openaiDouble.ts';
import { journalText, showPrompt, until } from './support.ts';

const key = 'sk-canary-in-the-extension-host-0123456789';

/** Answers input boxes and lists in VS Code's stead, in the order they come; a list takes its first row. */
function answerQuestions(answers: readonly string[]): () => void {
  const { createInputBox, createQuickPick, showQuickPick } = vscode.window;
  const left = [...answers];
  const fakes = {
    createInputBox: () => {
      const box = createInputBox();
      const accepted = new vscode.EventEmitter<void>();
      Object.defineProperty(box, 'onDidAccept', { value: accepted.event });
      const show = box.show.bind(box);
      box.show = () => {
        show();
        box.value = left.shift() ?? '';
        accepted.fire();
      };
      return box;
    },
    createQuickPick: () => {
      const pick = createQuickPick();
      const accepted = new vscode.EventEmitter<void>();
      Object.defineProperty(pick, 'onDidAccept', { value: accepted.event });
      Object.defineProperty(pick, 'selectedItems', { get: () => pick.items.slice(0, 1) });
      const show = pick.show.bind(pick);
      pick.show = () => {
        show();
        accepted.fire();
      };
      return pick;
    },
    showQuickPick: async (items: unknown) => ((await items) as unknown[])[0],
  };
  Object.assign(vscode.window, fakes);
  return () => Object.assign(vscode.window, { createInputBox, createQuickPick, showQuickPick });
}

describe('secrets', () => {
  let openai: OpenAiDouble;
  let undo = () => {};

  before(async () => {
    openai = await OpenAiDouble.start([key]);
    openai.answer('Say it.', 'Answer 5151');
  });

  after(() => {
    undo();
    openai.stop();
  });

  it('keeps a key where only its provider gets to see it', async () => {
    undo = answerQuestions(['Local', openai.baseUrl, key]);
    await vscode.commands.executeCommand('promptWorkbench.addCredential');
    const { document } = await showPrompt('---\nprovider: openai\nmodel: gpt-4o\n---\nSay it.\n');
    await vscode.commands.executeCommand('promptWorkbench.run', document.uri);
    await until('the answer on disk', async () => (await journalText()).includes('Answer 5151'));
    assert.equal((await journalText()).includes(key), false);
  });
});
