import * as vscode from 'vscode';
import type { RenderResult } from '../../server/protocol.ts';

/** What keeps a template from running. */
export function errorsOf({ problems }: RenderResult): RenderResult['problems'] {
  return problems.filter(({ severity }) => severity === 1);
}

/** Says why a template with an error does not run, and goes there. */
export function refused(template: vscode.Uri, rendered: RenderResult): boolean {
  const errors = errorsOf(rendered);
  const [first] = errors;
  if (first === undefined) return false;
  const { line, character } = first.range.start;
  const text = vscode.l10n.t('This prompt does not run. Line {0}: {1}', line + 1, textOf(first));
  void goToError(text, template, new vscode.Position(line, character));
  return true;
}

/** Servers may send a message as Markdown. */
export function textOf({ message }: RenderResult['problems'][number]): string {
  return typeof message === 'string' ? message : message.value;
}

async function goToError(text: string, template: vscode.Uri, at: vscode.Position): Promise<void> {
  const go = vscode.l10n.t('Go to Error');
  if ((await vscode.window.showErrorMessage(text, go)) !== go) return;
  await vscode.window.showTextDocument(template, { selection: new vscode.Range(at, at) });
}
