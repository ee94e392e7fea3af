import * as vscode from 'vscode';

/** Shows where a history lies, in the system's file manager; in a browser, which has none, as text. */
export async function showHistoryFolder(directory: string): Promise<void> {
  try {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(directory));
  } catch {
    const copy = vscode.l10n.t('Copy');
    const text = vscode.l10n.t('The history is in {0}', directory);
    const answer = await vscode.window.showInformationMessage(text, copy);
    if (answer === copy) await vscode.env.clipboard.writeText(directory);
  }
}
