import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';
import { pickFolder } from './windowFolders.ts';

const firstPrompt = `---
name: New Prompt
description: What it is for.
format: markdown
variables:
  topic:
    type: string
    description: What to write about.
    example: the tides
---
Write a short introduction to <<topic>>.
`;

/** Prompt: New Prompt. An untitled document, so that nothing is written before the person saves it. */
export async function newPrompt(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: languageId,
    content: firstPrompt,
  });
  const editor = await vscode.window.showTextDocument(document);
  const name = document.getText().indexOf('New Prompt');
  editor.selection = new vscode.Selection(
    document.positionAt(name),
    document.positionAt(name + 'New Prompt'.length),
  );
}

/**
 * Prompt: Add Sample Prompts. Copies the samples that ship with the extension into `prompts/` of a folder the
 * person picks; a file that is already there is never written over.
 */
export async function addSamples(extensionUri: vscode.Uri): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const source = vscode.Uri.joinPath(extensionUri, 'samples');
  const target = vscode.Uri.joinPath(folder.uri, 'prompts');
  const { copied, kept } = await copyPrompts(source, target);
  const text =
    kept === 0
      ? vscode.l10n.t('{0} sample prompts were added to prompts/.', copied)
      : vscode.l10n.t(
          '{0} sample prompts were added to prompts/; {1} were there already and stayed as they are.',
          copied,
          kept,
        );
  const open = vscode.l10n.t('Open One');
  const answer = await vscode.window.showInformationMessage(text, open);
  if (answer !== open) return;
  await vscode.window.showTextDocument(vscode.Uri.joinPath(target, 'welcome_email.prompt'));
}

async function copyPrompts(
  source: vscode.Uri,
  target: vscode.Uri,
): Promise<{ copied: number; kept: number }> {
  await vscode.workspace.fs.createDirectory(target);
  const there = new Set((await vscode.workspace.fs.readDirectory(target)).map(([name]) => name));
  let copied = 0;
  let kept = 0;
  for (const [name, type] of await vscode.workspace.fs.readDirectory(source)) {
    if (type !== vscode.FileType.File || !name.endsWith('.prompt')) continue;
    if (there.has(name)) {
      kept++;
      continue;
    }
    const from = vscode.Uri.joinPath(source, name);
    await vscode.workspace.fs.copy(from, vscode.Uri.joinPath(target, name), { overwrite: false });
    copied++;
  }
  return { copied, kept };
}
