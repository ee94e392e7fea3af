import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Folder } from '../api/folder.ts';
import type { Redactor } from '../providers/redact.ts';
import { hasStore } from '../store/directory.ts';
import { nodeFiles } from '../store/nodeFiles.ts';
import { canonicalUri } from './canonicalUri.ts';
import { configuration } from './configuration.ts';
import type { Folders } from './folders.ts';
import { OpeningProgress } from './openingProgress.ts';
import { secretStore } from './secrets.ts';
import { accountName, userName } from './user.ts';

/** How a folder's workbench is opened. Its code (database, queue, providers) is loaded here, at the first need. */
export function folderOpener(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  redactor: Redactor,
): (workspaceFolder: vscode.WorkspaceFolder | undefined) => Promise<Folder> {
  return async (workspaceFolder) => {
    const { openFolder } = await import('../api/folder.ts');
    const uri = workspaceFolder?.uri;
    const user = await currentUser(context, uri);
    const canonical = uri && (await canonicalUri(uri));
    const progress = new OpeningProgress(workspaceFolder?.name ?? vscode.l10n.t('this window'));
    const opening = openFolder({
      folder: canonical,
      ...(uri && canonical !== uri.toString() && { aliases: [uri.toString()] }),
      onProgress: progress.onProgress,
      searchWorker: context.asAbsolutePath('dist/searchWorker.cjs'),
      retentionDays: () => configuration(uri).retentionDays,
      storageDirectory: context.globalStorageUri.fsPath,
      secrets: secretStore(context.secrets),
      user,
      concurrency: (provider) => configuration(uri).concurrency(provider),
      defaultProvider: () => configuration(uri).provider,
      mayRun: () => vscode.workspace.isTrusted,
      onDidChange: (listener) =>
        vscode.Disposable.from(
          vscode.workspace.onDidGrantWorkspaceTrust(listener),
          vscode.workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration('promptWorkbench.jobs', uri)) listener();
          }),
        ),
      log,
      redactor,
    });
    return opening.finally(() => progress.dispose());
  };
}

/** The name of the person at this machine. In Restricted Mode the account's: no git runs in a folder nobody trusts. */
async function currentUser(
  context: vscode.ExtensionContext,
  uri: vscode.Uri | undefined,
): Promise<() => string> {
  const directory = uri?.scheme === 'file' ? uri.fsPath : undefined;
  if (vscode.workspace.isTrusted) {
    const name = await userName(directory);
    return () => name;
  }
  let name = accountName();
  const listening = vscode.workspace.onDidGrantWorkspaceTrust(async () => {
    name = await userName(directory);
  });
  context.subscriptions.push(listening);
  return () => name;
}

/**
 * After a restart: opens those folders of the window again that have a history on this machine, so that waiting jobs
 * go on and interrupted ones are told. Not part of activation, and never in an untrusted workspace.
 */
export function wakeFolders(
  context: vscode.ExtensionContext,
  folders: Folders,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const stores = join(context.globalStorageUri.fsPath, 'stores');
  const wakeOne = async (folder: vscode.WorkspaceFolder): Promise<void> => {
    const uris = [await canonicalUri(folder.uri), folder.uri.toString()];
    if (await hasStore(nodeFiles, stores, ...uris)) await folders.for(folder);
  };
  const wake = (): void => {
    if (!vscode.workspace.isTrusted) return;
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      wakeOne(folder).catch((error: unknown) => {
        log.error(error instanceof Error ? error : String(error));
      });
    }
  };
  const soon = setImmediate(wake);
  return vscode.Disposable.from(vscode.workspace.onDidGrantWorkspaceTrust(wake), {
    dispose: () => {
      clearImmediate(soon);
    },
  });
}
