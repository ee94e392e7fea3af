import * as vscode from 'vscode';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { type Carried, tellLosses } from './lossReport.ts';

/** No prompt is larger. */
const mostBytes = 5_000_000;

/**
 * Prompt: Import…. Each file becomes one template or several beside it, under names that are free; nothing is written
 * over.
 * @param given what is to be imported; otherwise the person is asked.
 */
export async function importPrompts(language: PromptLanguage, given?: vscode.Uri): Promise<void> {
  const files = given ? [given] : await pickFiles(language);
  const carried: Carried[] = [];
  const refused: string[] = [];
  let last: vscode.Uri | undefined;
  for (const file of files) {
    const result = await language.import(nameOf(file), await textOf(file));
    if (result === undefined) refused.push(nameOf(file));
    for (const { name, text, losses } of result?.templates ?? []) {
      last = await writeBeside(file, name, text);
      carried.push({ from: nameOf(file), to: nameOf(last), losses });
    }
  }
  if (last) await vscode.window.showTextDocument(last, { preview: false });
  if (refused.length > 0) {
    throw new Error(vscode.l10n.t('Not a prompt of a known tool: {0}.', refused.join(', ')));
  }
  const [first] = carried;
  if (!first) return;
  const message =
    carried.length === 1
      ? vscode.l10n.t('{0} was imported as {1}.', first.from, first.to)
      : vscode.l10n.t('{0} prompts were imported.', carried.length);
  // Not awaited: the notification may stay for long.
  void tellLosses(message, carried);
}

/** The file in front when it is another tool's, or files from a dialog. */
async function pickFiles(language: PromptLanguage): Promise<readonly vscode.Uri[]> {
  const front = vscode.window.activeTextEditor?.document;
  if (front?.uri.scheme === 'file' && (await isForeign(language, front))) {
    const label = vscode.l10n.t('Import {0}', nameOf(front.uri));
    const other = vscode.l10n.t('Choose Files…');
    const answer = await vscode.window.showQuickPick([label, other], {
      placeHolder: vscode.l10n.t('What is to be imported?'),
    });
    if (answer === undefined) return [];
    if (answer === label) return [front.uri];
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Import'),
    title: vscode.l10n.t('Prompts of other tools'),
    ...(folder && { defaultUri: folder }),
    filters: {
      [vscode.l10n.t('Prompts')]: ['prompt', 'prompty', 'yaml', 'yml', 'json', 'md', 'txt'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
  return chosen ?? [];
}

async function isForeign(
  language: PromptLanguage,
  { fileName, languageId, uri }: vscode.TextDocument,
): Promise<boolean> {
  if (languageId === 'prompt-template') return (await language.otherTool(uri)) !== undefined;
  return /\.(?:prompty?|ya?ml|json|md|txt)$/i.test(fileName);
}

/** As it stands in the editor, or else on disk. */
async function textOf(file: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open) return open.getText();
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > mostBytes) throw new Error(vscode.l10n.t('{0} is too large.', nameOf(file)));
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function writeBeside(file: vscode.Uri, name: string, text: string): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(file, '..');
  const there = await vscode.workspace.fs.readDirectory(folder);
  const taken = new Set(there.map(([one]) => one.toLowerCase()));
  let free = `${name}.prompt`;
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name}_${count}.prompt`;
  const target = vscode.Uri.joinPath(folder, free);
  const edit = new vscode.WorkspaceEdit();
  // A file that appeared meanwhile is not written over: then the edit is refused.
  edit.createFile(target, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (await vscode.workspace.applyEdit(edit)) return target;
  throw new Error(vscode.l10n.t('{0} could not be written.', free));
}

export function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
