import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { OpenFolder } from '../../editor/folders.ts';
import type { ExportReport, ExportWishes, Store } from '../../store/store.ts';
import { withProgress } from './progress.ts';
import { templateItems } from './templateChoice.ts';

/** Writes the outputs of a folder, with their prompts and values, to a file of the person's choice. */
export async function exportHistory({ folder, workspaceFolder }: OpenFolder): Promise<void> {
  const { store } = folder;
  const filter = await chooseWhat(store);
  if (filter === undefined) return;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export History'),
    defaultUri: vscode.Uri.joinPath(
      workspaceFolder?.uri ?? vscode.Uri.file(homedir()),
      'prompt-history.jsonl',
    ),
    filters: {
      [vscode.l10n.t('JSON Lines (everything)')]: ['jsonl'],
      [vscode.l10n.t('CSV (for spreadsheets)')]: ['csv'],
    },
  });
  if (target === undefined) return;
  if (target.scheme !== 'file') {
    throw new Error(vscode.l10n.t('The history can be exported to a file on disk only.'));
  }
  const format = /\.csv$/i.test(target.fsPath) ? 'csv' : 'jsonl';
  const report = await withProgress(vscode.l10n.t('Exporting the history…'), (wishes) =>
    writeExport(target.fsPath, (write) =>
      store.maintenance.export({ ...wishes, format, filter, write }),
    ),
  );
  if (report) await tell(report, target);
}

/** `undefined` when the person gave up. */
async function chooseWhat(store: Store): Promise<ExportWishes['filter'] | undefined> {
  const templates = templateItems(store.outputs);
  if (templates.length < 2) return {};
  const all = { label: vscode.l10n.t('All templates'), slug: undefined, alwaysShow: true };
  const picked = await vscode.window.showQuickPick([all, ...templates], {
    title: vscode.l10n.t('Export History'),
    placeHolder: vscode.l10n.t('Outputs to export'),
    matchOnDetail: true,
  });
  return picked && (picked.slug === undefined ? {} : { template: picked.slug });
}

const writeLength = 256 * 1024;

/** The file appears when it is whole; one that was there before stays until then. Readable by its owner only. */
export async function writeExport(
  path: string,
  run: (write: (text: string) => Promise<void>) => Promise<ExportReport>,
): Promise<ExportReport> {
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w', 0o600);
  try {
    const report = await collected(file, run);
    await file.close();
    await rename(temporary, path);
    return report;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

async function collected(
  file: FileHandle,
  run: (write: (text: string) => Promise<void>) => Promise<ExportReport>,
): Promise<ExportReport> {
  let waiting = '';
  const report = await run(async (text) => {
    waiting += text;
    if (waiting.length < writeLength) return;
    const piece = waiting;
    waiting = '';
    await file.writeFile(piece);
  });
  await file.writeFile(waiting);
  await file.sync();
  return report;
}

async function tell({ outputs, unreadable }: ExportReport, target: vscode.Uri): Promise<void> {
  const done = vscode.l10n.t('Exported {0} outputs to {1}.', outputs, target.fsPath);
  const show = vscode.l10n.t('Open File');
  const answer =
    unreadable === 0
      ? await vscode.window.showInformationMessage(done, show)
      : await vscode.window.showWarningMessage(
          `${done} ${vscode.l10n.t('{0} more could not be read: their records are damaged.', unreadable)}`,
          show,
        );
  if (answer === show) await vscode.commands.executeCommand('vscode.open', target);
}
