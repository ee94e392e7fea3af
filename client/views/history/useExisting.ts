import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { canonicalUri } from '../../editor/canonicalUri.ts';
import type { OpenFolder } from '../../editor/folders.ts';
import { giveStore, listStores } from '../../store/directory.ts';
import type { KnownStore } from '../../store/directory.ts';
import { nodeFiles } from '../../store/nodeFiles.ts';
import { jobStates } from '../../model.ts';

interface StoreItem extends vscode.QuickPickItem {
  readonly store: KnownStore;
}

/**
 * Gives a folder that was moved or renamed its old history back. Offered are histories of folders that are no longer
 * there, and only while the folder has none of its own, so that nothing is ever mixed or lost.
 */
export async function useExistingHistory(
  { folder: { store }, workspaceFolder }: OpenFolder,
  stores: string,
): Promise<void> {
  if (workspaceFolder === undefined) {
    throw new Error(vscode.l10n.t('Open the folder that was moved first.'));
  }
  if (store.outputs.count() > 0 || store.jobs.count(jobStates) > 0) {
    const text = vscode.l10n.t(
      'This folder has a history of its own already. Delete it first, or go on with it.',
    );
    throw new Error(text);
  }
  const items = await abandoned(stores, store.directory);
  if (items.length === 0) {
    const text = vscode.l10n.t('There is no history of a folder that was moved or deleted.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Use Existing History'),
    placeHolder: vscode.l10n.t('The folder as it was called before'),
  });
  if (picked === undefined || !(await confirm(workspaceFolder.name, picked.label))) return;
  const uri = await canonicalUri(workspaceFolder.uri);
  await giveStore(nodeFiles, stores, picked.store.path, uri);
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}

async function confirm(name: string, before: string): Promise<boolean> {
  const question = vscode.l10n.t('Go on in {0} with the history of {1}?', name, before);
  const detail = vscode.l10n.t(
    'The window is reloaded; close other windows on this folder first. Keys are kept per folder: enter them again with Replace Key.',
  );
  const yes = vscode.l10n.t('Use History');
  return (
    (await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) === yes
  );
}

async function abandoned(stores: string, own: string): Promise<StoreItem[]> {
  const known = (await listStores(nodeFiles, stores)).filter(({ path }) => path !== own);
  const items = await Promise.all(
    known.map(async (store): Promise<StoreItem | undefined> => {
      const uris = store.folders.map((folder) => vscode.Uri.parse(folder));
      const gone = await Promise.all(uris.map(isGone));
      if (uris.length === 0 || gone.includes(false)) return undefined;
      const paths = uris.map(({ fsPath }) => fsPath);
      return { label: basename(paths[0]!), description: paths.join(', '), store };
    }),
  );
  return items.filter((item) => item !== undefined);
}

/** Where that cannot be told it is not. */
async function isGone(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  try {
    await access(uri.fsPath);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
