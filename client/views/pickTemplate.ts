import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';

/** The prompt in front, else one picked from the workspace. */
export async function pickTemplate(): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === languageId) return document.uri;
  const files = await vscode.workspace.findFiles('**/*.prompt', '**/node_modules/**', 1000);
  if (files.length === 0) {
    const create = vscode.l10n.t('New Prompt');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no .prompt file in this workspace yet.'),
      create,
    );
    if (answer === create) await vscode.commands.executeCommand('promptWorkbench.newPrompt');
    return undefined;
  }
  const items = files
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const placeHolder = vscode.l10n.t('Prompt to run');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}
