import * as vscode from 'vscode';
import type { OpenFolder } from '../../editor/folders.ts';
import type { Maintenance, VerifyReport } from '../../store/store.ts';
import { withProgress } from './progress.ts';

/** Checks every record of a history and tells what is wrong, with places, and what helps. */
export async function verifyHistory({ folder: { store } }: OpenFolder): Promise<void> {
  const title = vscode.l10n.t('Checking the history…');
  const report = await withProgress(title, (wishes) => store.maintenance.verify(wishes));
  if (report === undefined) return;
  const { damages, differences, records, rows } = report;
  if (damages.length === 0 && differences === 0) {
    const text = vscode.l10n.t('The history is intact: {0} records, {1} entries.', records, rows);
    void vscode.window.showInformationMessage(text);
    return;
  }
  const details = vscode.l10n.t('Show Details');
  const rebuild = vscode.l10n.t('Rebuild Index');
  const actions = differences > 0 ? [details, rebuild] : [details];
  const answer = await vscode.window.showWarningMessage(summary(report), ...actions);
  if (answer === details) await showDetails(store.directory, report);
  if (answer === rebuild) await rebuildIndex(store.maintenance);
}

function summary({ damages, differences, records }: VerifyReport): string {
  const parts = [vscode.l10n.t('{0} records were checked.', records)];
  if (damages.length > 0) {
    const text = vscode.l10n.t(
      '{0} places of the journal cannot be read; they are left out and everything else is there.',
      damages.length,
    );
    parts.push(text);
  }
  if (differences > 0) {
    const text = vscode.l10n.t(
      '{0} entries of the index differ from the journal; rebuilding it helps.',
      differences,
    );
    parts.push(text);
  }
  return parts.join(' ');
}

async function showDetails(directory: string, report: VerifyReport): Promise<void> {
  const { damages, differences, records, rows } = report;
  const lines = [
    `# ${vscode.l10n.t('History')}`,
    '',
    directory,
    '',
    `- ${vscode.l10n.t('{0} records, {1} entries', records, rows)}`,
    `- ${vscode.l10n.t('{0} entries of the index differ from the journal', differences)}`,
    `- ${vscode.l10n.t('{0} places cannot be read', damages.length)}`,
    '',
    ...damages.map(({ file, offset, reason }) => `    journal/${file}, byte ${offset}: ${reason}`),
  ];
  const content = lines.join('\n');
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

/** The index is in memory: it is made anew from the journal when the window opens. */
async function rebuildIndex(maintenance: Maintenance): Promise<void> {
  await maintenance.rebuildAtNextOpening();
  const reload = vscode.l10n.t('Reload Window');
  const text = vscode.l10n.t('The index is made anew when the window is reloaded.');
  if ((await vscode.window.showInformationMessage(text, reload)) === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
