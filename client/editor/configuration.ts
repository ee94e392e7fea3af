import * as vscode from 'vscode';

/** Settings of a folder, read when they are needed: none is cached, so a change counts at once. */
export function configuration(scope: vscode.Uri | undefined): {
  /** Provider slug, or `undefined` for automatic. */
  readonly provider: string | undefined;
  readonly concurrency: number;
} {
  const settings = vscode.workspace.getConfiguration('promptWorkbench', scope);
  return {
    provider: settings.get<string>('provider') || undefined,
    concurrency: Math.min(64, Math.max(1, settings.get<number>('jobs.concurrency', 4))),
  };
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
