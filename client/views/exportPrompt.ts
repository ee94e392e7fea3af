import * as vscode from 'vscode';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { nameOf } from './importPrompt.ts';
import { tellLosses } from './lossReport.ts';
import { pickTemplate } from './pickTemplate.ts';

/**
 * Prompt: Export as {{ }} Template…. Copied, or as a document that nobody has saved yet: nothing is written before
 * the person does.
 */
export async function exportPrompt(language: PromptLanguage, uri?: vscode.Uri): Promise<void> {
  const template = uri ?? (await pickTemplate());
  const result = template && (await language.export(template));
  if (template === undefined) return;
  if (result === undefined) {
    throw new Error(vscode.l10n.t('{0} cannot be read.', nameOf(template)));
  }
  const copyBody = { label: vscode.l10n.t('Copy the Text'), text: result.body, language: '' };
  const copyRecord = {
    label: vscode.l10n.t('Copy the Record'),
    description: vscode.l10n.t('YAML with name, prompt_body and the rest'),
    text: result.record,
    language: '',
  };
  const open = { ...copyRecord, label: vscode.l10n.t('Open the Record'), language: 'yaml' };
  const placeHolder = vscode.l10n.t('How is it to be exported?');
  const way = await vscode.window.showQuickPick([copyBody, copyRecord, open], { placeHolder });
  if (way === undefined) return;
  if (way.language === '') await vscode.env.clipboard.writeText(way.text);
  else {
    const content = way.text;
    const document = await vscode.workspace.openTextDocument({ language: way.language, content });
    await vscode.window.showTextDocument(document);
  }
  const message =
    way.language === ''
      ? vscode.l10n.t('{0} was copied with {{ }}.', nameOf(template))
      : vscode.l10n.t('{0} was exported.', nameOf(template));
  void tellLosses(message, [{ from: nameOf(template), to: '{{ }}', losses: result.losses }]);
}
