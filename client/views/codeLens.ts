import * as vscode from 'vscode';
import { editableTemplates } from '../editor/languageClient.ts';

/** `▷ Run · Preview` above the first line of a template. */
export class PromptCodeLens implements vscode.CodeLensProvider {
  register(): vscode.Disposable {
    return vscode.languages.registerCodeLensProvider(editableTemplates, this);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    const argument = [document.uri];
    return [
      new vscode.CodeLens(top, {
        title: `$(play) ${vscode.l10n.t('Run')}`,
        tooltip: vscode.l10n.t('Run this prompt'),
        command: 'promptWorkbench.run',
        arguments: argument,
      }),
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('Preview'),
        tooltip: vscode.l10n.t('Show the rendered messages to the side'),
        command: 'promptWorkbench.preview',
        arguments: argument,
      }),
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('Outputs'),
        tooltip: vscode.l10n.t('Show the answers of this folder'),
        command: 'promptWorkbench.showOutputs',
        arguments: argument,
      }),
    ];
  }
}
