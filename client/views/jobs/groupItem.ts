import * as vscode from 'vscode';
import type { OpenFolder } from '../../editor/folders.ts';
import type { Group, GroupName } from './groups.ts';

export function groupItem(open: OpenFolder, { count, name }: Group): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(titleOf(name), name === 'done' ? Collapsed : Expanded);
  item.id = `${open.key}#${name}`;
  item.contextValue = `group.${name}`;
  const number = count.toLocaleString(vscode.env.language);
  const paused = name === 'waiting' && open.folder.queue.paused;
  item.description = [
    number,
    paused ? vscode.l10n.t('paused') : undefined,
    name === 'done' ? vscode.l10n.t('last 24 hours') : undefined,
  ]
    .filter(Boolean)
    .join(' · ');
  return item;
}

function titleOf(name: GroupName): string {
  switch (name) {
    case 'running':
      return vscode.l10n.t('Running');
    case 'waiting':
      return vscode.l10n.t('Waiting');
    case 'interrupted':
      return vscode.l10n.t('Interrupted');
    case 'failed':
      return vscode.l10n.t('Failed');
    case 'done':
      return vscode.l10n.t('Done');
  }
}

/** Says how many of a group are not shown, and leads to where they are. */
export function moreItem(open: OpenFolder, { count, name }: Group): vscode.TreeItem {
  const number = count.toLocaleString(vscode.env.language);
  const item = new vscode.TreeItem(vscode.l10n.t('… and {0} more', number));
  item.id = `${open.key}#${name}#more`;
  item.command = {
    command: 'promptWorkbench.showOutputs',
    title: vscode.l10n.t('Show Outputs'),
    arguments: [{ folder: open.key }],
  };
  return item;
}

export function folderItem(open: OpenFolder): vscode.TreeItem {
  const item = new vscode.TreeItem(
    open.workspaceFolder?.name ?? vscode.l10n.t('Files outside a folder'),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  item.iconPath = vscode.ThemeIcon.Folder;
  return item;
}
