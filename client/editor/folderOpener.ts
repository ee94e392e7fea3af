import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Folder } from '../api/folder.ts';
import type { Redactor } from '../providers/redact.ts';
import { configuration } from './configuration.ts';
import type { Folders } from './folders.ts';
import { secretStore } from './secrets.ts';
import { userName } from './user.ts';

/** How a folder's workbench is opened. Its code (database, queue, providers) is loaded here, at the first need. */
export function folderOpener(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  redactor: Redactor,
): (workspaceFolder: vscode.WorkspaceFolder | undefined) => Promise<Folder> {
  return async (workspaceFolder) => {
    const { openFolder } = await import('../api/folder.ts');
    const uri = workspaceFolder?.uri;
    return openFolder({
      folder: uri?.toString(),
      storageDirectory: context.globalStorageUri.fsPath,
      secrets: secretStore(context.secrets),
      user: await userName(uri?.scheme === 'file' ? uri.fsPath : undefined),
      concurrency: configuration(uri).concurrency,
      defaultProvider: () => configuration(uri).provider,
      log,
      redactor,
    });
  };
}

/**
 * After a restart: opens the folders of the window again when there is any history on this machine, so that waiting
 * jobs go on and interrupted ones are told. Not part of activation, and never in an untrusted workspace.
 */
export function wakeFolders(
  context: vscode.ExtensionContext,
  folders: Folders,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const wake = (): void => {
    const stores = join(context.globalStorageUri.fsPath, 'stores');
    if (!vscode.workspace.isTrusted || !existsSync(stores)) return;
    for (const workspaceFolder of vscode.workspace.workspaceFolders ?? []) {
      folders.for(workspaceFolder).catch((error: unknown) => {
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
