import * as vscode from 'vscode';
import type { OpenFolder } from '../../editor/folders.ts';
import type { Deletion, DeletionReport, Store } from '../../store/store.ts';
import { megabytes, withProgress } from './progress.ts';
import { templateItems } from './templateChoice.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Asks what to delete, says what goes and what stays, and deletes it for good. */
export async function deleteHistory({ folder: { store } }: OpenFolder): Promise<void> {
  if (store.outputs.count() === 0 && store.outputs.templates().length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This history has no outputs.'));
    return;
  }
  const deletion = await chooseWhat(store);
  if (deletion) await confirmAndDelete(store, deletion);
}

/** One output, from where it is shown. Answers whether it was deleted. */
export async function deleteOutput(store: DeletableStore, id: string): Promise<boolean> {
  return confirmAndDelete(store, { kind: 'output', id });
}

type DeletableStore = Pick<Store, 'outputs' | 'maintenance'>;

async function confirmAndDelete(store: DeletableStore, deletion: Deletion): Promise<boolean> {
  const count = countOf(store, deletion);
  if (count === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to delete.'));
    return false;
  }
  if (!(await confirm(count, deletion))) return false;
  const title = vscode.l10n.t('Deleting from the history…');
  const report = await withProgress(title, (wishes) => store.maintenance.delete(deletion, wishes));
  if (report) tell(report);
  else tellCancelled();
  return report !== undefined && report.outputs > 0;
}

async function chooseWhat(store: DeletableStore): Promise<Deletion | undefined> {
  const old = { label: vscode.l10n.t('Older Than…'), ask: () => askAge() };
  const template = { label: vscode.l10n.t('One Template…'), ask: () => askTemplate(store) };
  const everything = {
    label: vscode.l10n.t('Everything'),
    description: vscode.l10n.t('{0} outputs', store.outputs.count()),
    ask: async (): Promise<Deletion> => ({ kind: 'everything' }),
  };
  const picked = await vscode.window.showQuickPick([old, template, everything], {
    title: vscode.l10n.t('Delete History'),
    placeHolder: vscode.l10n.t('What to delete for good'),
  });
  return picked?.ask();
}

async function askAge(): Promise<Deletion | undefined> {
  const days = await vscode.window.showInputBox({
    title: vscode.l10n.t('Delete History'),
    prompt: vscode.l10n.t('Delete outputs older than so many days'),
    value: '90',
    validateInput: (value) =>
      /^[1-9]\d{0,4}$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('Type a whole number of days, 1 or more.'),
  });
  return days === undefined
    ? undefined
    : { kind: 'before', time: Date.now() - Number(days.trim()) * dayMs };
}

async function askTemplate({ outputs }: DeletableStore): Promise<Deletion | undefined> {
  const picked = await vscode.window.showQuickPick(templateItems(outputs), {
    title: vscode.l10n.t('Delete History'),
    placeHolder: vscode.l10n.t('Template whose outputs to delete for good'),
    matchOnDetail: true,
  });
  return picked && { kind: 'template', slug: picked.slug };
}

function countOf({ outputs }: DeletableStore, deletion: Deletion): number {
  switch (deletion.kind) {
    case 'everything':
      return outputs.count();
    case 'before':
      return outputs.count({ before: deletion.time });
    case 'template':
      return outputs.count({ template: deletion.slug });
    case 'output':
      return 1;
  }
}

async function confirm(count: number, { kind }: Deletion): Promise<boolean> {
  const question =
    count === 1
      ? vscode.l10n.t('Delete 1 output for good?')
      : vscode.l10n.t('Delete {0} outputs for good?', count);
  const gone = vscode.l10n.t(
    'Answers, prompts, values, ratings and jobs are erased from the disk. This cannot be undone.',
  );
  const values = vscode.l10n.t('So are the values the run form remembers for them.');
  const stays = vscode.l10n.t(
    'Jobs that wait or run stay, and so do prompt files, credentials, and copies you have made.',
  );
  const detail = [gone, ...(kind === 'output' ? [] : [values]), stays].join(' ');
  const yes = vscode.l10n.t('Delete for Good');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

function tell({ freed, kept, outputs, remaining }: DeletionReport): void {
  const parts = [
    outputs === 1
      ? vscode.l10n.t('Deleted 1 output.')
      : vscode.l10n.t('Deleted {0} outputs.', outputs),
    ...(kept > 0 ? [vscode.l10n.t('{0} stay because they wait or run.', kept)] : []),
    ...(remaining > 0
      ? [vscode.l10n.t('Another window was in the way: some texts are erased in a few minutes.')]
      : [vscode.l10n.t('Their texts are gone from the disk ({0} MB).', megabytes(freed))]),
  ];
  void vscode.window.showInformationMessage(parts.join(' '));
}

function tellCancelled(): void {
  const text = vscode.l10n.t(
    'Deleting was cancelled. What was deleted until then stays deleted and is erased from the disk in a few minutes.',
  );
  void vscode.window.showInformationMessage(text);
}
