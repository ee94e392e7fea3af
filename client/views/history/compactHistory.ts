import * as vscode from 'vscode';
import type { OpenFolder } from '../../editor/folders.ts';
import { megabytes, withProgress } from './progress.ts';

export async function compactHistory({ folder: { store } }: OpenFolder): Promise<void> {
  const title = vscode.l10n.t('Compacting the history…');
  const report = await withProgress(title, (wishes) => store.maintenance.compact(wishes));
  if (report === undefined) return;
  const { after, before, segments } = report;
  const text =
    segments === 0
      ? vscode.l10n.t('The history is compact already ({0} MB).', megabytes(after))
      : vscode.l10n.t('The history was {0} MB and is {1} MB.', megabytes(before), megabytes(after));
  void vscode.window.showInformationMessage(text);
}
