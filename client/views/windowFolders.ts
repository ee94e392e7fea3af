import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';

/** The folder of the document in front, else the only or a picked one. */
export async function folderInFront(): Promise<vscode.WorkspaceFolder | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? pickFolder();
}

/** The only folder, or the one picked; says what to do when none is open. */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return vscode.window.showWorkspaceFolderPick();
  if (folders.length === 1) return folders[0];
  const open = vscode.l10n.t('Open Folder…');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Open a folder first: prompts, keys and answers belong to a folder.'),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.openFolder');
  return undefined;
}

/** @param key a folder's URI as text, or empty for files outside any folder, which have none. */
export function workspaceFolder(key: string): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.toString() === key);
}

/**
 * The same for whoever wants to do something in it.
 * @throws Error when the folder has left the window: nothing is done in another one instead.
 */
export function folderByKey(key: string): vscode.WorkspaceFolder | undefined {
  const folder = workspaceFolder(key);
  if (folder !== undefined || key === '') return folder;
  throw new Error(vscode.l10n.t('This folder is no longer part of the window.'));
}

/** @throws Error as `folderByKey`, and when it cannot be opened. */
export async function openByKey(folders: Folders, key: string): Promise<OpenFolder> {
  return folders.for(folderByKey(key));
}
