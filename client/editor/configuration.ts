import * as vscode from 'vscode';
import { concurrencyOf } from './concurrency.ts';

/** Settings of a folder, read when they are needed: none is cached, so a change counts at once. */
export function configuration(scope: vscode.Uri | undefined): {
  /** Provider slug, or `undefined` for automatic. */
  readonly provider: string | undefined;
  /** Jobs at a time with a provider. */
  readonly concurrency: (provider: string) => number;
  /** 0 keeps the history for ever. */
  readonly retentionDays: number;
} {
  const settings = vscode.workspace.getConfiguration('promptWorkbench', scope);
  return {
    provider: settings.get<string>('provider') || undefined,
    concurrency: (provider) =>
      concurrencyOf(
        provider,
        settings.get('jobs.concurrency'),
        settings.get('jobs.concurrencyByProvider'),
      ),
    retentionDays: days(settings.get('history.retentionDays')),
  };
}

/** Anything but a number of days keeps everything: a slip of the pen must not delete. */
function days(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 1 ? value : 0;
}

/** @param folder `undefined` for files outside any folder, which have the user's settings only. */
export async function setProvider(
  folder: vscode.WorkspaceFolder | undefined,
  slug: string,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration('promptWorkbench', folder?.uri);
  const { Global, WorkspaceFolder } = vscode.ConfigurationTarget;
  await settings.update('provider', slug, folder ? WorkspaceFolder : Global);
}
