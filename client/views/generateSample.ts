import * as vscode from 'vscode';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { pickTemplate } from './pickTemplate.ts';

/** Prompt: Generate Sample. Writes made-up values into the front matter, to be undone as one step. */
export async function generateSample(language: PromptLanguage, uri?: vscode.Uri): Promise<void> {
  const template = uri ?? (await pickTemplate());
  if (template === undefined) return;
  const document = await vscode.workspace.openTextDocument(template);
  const editor = await vscode.window.showTextDocument(document);
  const edits = await language.generateSample(template);
  const [first] = edits ?? [];
  if (edits === undefined || first === undefined) {
    throw new Error(vscode.l10n.t('This is not a template of Prompt Workbench.'));
  }
  const edit = new vscode.WorkspaceEdit();
  edit.set(template, edits);
  await vscode.workspace.applyEdit(edit);
  editor.revealRange(first.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
