import * as assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

export const extensionId = 'prompt-workbench.prompt-workbench';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, `${extensionId} is installed`);
  return found;
}

export function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'the suite runs with a folder open');
  return first.uri;
}

/** Shows a file of the folder. */
export async function show(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder(), name));
}

let made = 0;

/** Writes a new `.prompt` file into the folder and shows it. */
export async function showPrompt(text: string): Promise<vscode.TextEditor> {
  made += 1;
  const uri = vscode.Uri.joinPath(folder(), `made-${made}.prompt`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.window.showTextDocument(uri);
}

/** Polls until `probe` gives something. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | PromiseLike<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

/** Files below the extension's `dist/` that this extension host has loaded so far. */
export function loadedBundles(): string[] {
  const dist = vscode.Uri.joinPath(extension().extensionUri, 'dist').fsPath;
  return Object.keys(require.cache)
    .filter((path) => path.startsWith(dist) && !path.includes('test'))
    .map((path) => path.slice(dist.length + 1))
    .sort();
}

/** All that the store has on disk; the runner says where that is. */
export async function journalText(): Promise<string> {
  const storage = process.env['PROMPT_WORKBENCH_STORAGE'];
  assert.ok(storage, 'PROMPT_WORKBENCH_STORAGE names the global storage directory');
  const files = await readdir(storage, { recursive: true }).catch(() => []);
  const journals = files.filter((file) => file.endsWith('.jsonl'));
  const texts = await Promise.all(journals.map((file) => readFile(join(storage, file), 'utf8')));
  return texts.join('');
}
