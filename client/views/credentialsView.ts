import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { Credential } from '../model.ts';
import type { ProviderDescription } from '../providers/provider.ts';
import type { CredentialArgument } from './errorHelp.ts';

type Node =
  | { readonly kind: 'folder'; readonly workspaceFolder: vscode.WorkspaceFolder }
  | {
      readonly kind: 'provider';
      readonly open: OpenFolder;
      readonly folder: string;
      readonly description: ProviderDescription;
      readonly provider: string;
    }
  | (CredentialArgument & { readonly open: OpenFolder; readonly value: Credential });

/** Providers & Credentials: every provider of a folder with the folder's credentials below it. */
export class CredentialsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #folders: Folders;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(folders: Folders) {
    this.#folders = folders;
    const refresh = (): void => {
      this.#changed.fire(undefined);
    };
    this.#subscription = vscode.Disposable.from(
      vscode.window.createTreeView('promptWorkbench.credentials', { treeDataProvider: this }),
      vscode.workspace.onDidGrantWorkspaceTrust(refresh),
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      folders.attach(({ folder }) =>
        folder.store.onDidChange((changes) => {
          if (changes.some(({ table }) => table === 'credentials')) refresh();
        }),
      ),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Empty in an untrusted workspace, where the view says why. */
  async getChildren(node?: Node): Promise<Node[]> {
    if (!vscode.workspace.isTrusted) return [];
    const folders = vscode.workspace.workspaceFolders ?? [];
    switch (node?.kind) {
      case undefined:
        if (folders.length > 1) {
          return folders.map((workspaceFolder) => ({ kind: 'folder', workspaceFolder }));
        }
        return this.#providers(folders[0]);
      case 'folder':
        return this.#providers(node.workspaceFolder);
      case 'provider':
        return credentials(node.open, node.provider);
      case 'credential':
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node.workspaceFolder);
      case 'provider':
        return providerItem(node.open, node.description);
      case 'credential':
        return credentialItem(node.open, node.value);
    }
  }

  async #providers(workspaceFolder: vscode.WorkspaceFolder | undefined): Promise<Node[]> {
    const open = await this.#folders.for(workspaceFolder);
    return open.folder.providers.list().map((description) => ({
      kind: 'provider',
      open,
      folder: open.key,
      description,
      provider: description.slug,
    }));
  }
}

async function credentials(open: OpenFolder, provider: string): Promise<Node[]> {
  const list = await open.folder.credentials.list(provider);
  return list.map((value) => ({
    kind: 'credential',
    open,
    folder: open.key,
    provider,
    credential: value.id,
    value,
  }));
}

function folderItem(workspaceFolder: vscode.WorkspaceFolder): vscode.TreeItem {
  const item = new vscode.TreeItem(workspaceFolder.name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = vscode.ThemeIcon.Folder;
  return item;
}

function providerItem(open: OpenFolder, provider: ProviderDescription): vscode.TreeItem {
  const count = open.folder.store.credentials.count(provider.slug);
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(provider.name, count > 0 ? Expanded : None);
  // VS Code keeps an item of the same id as folded as it was: the first credential would stay out of sight.
  item.id = `${open.key}#${provider.slug}#${count > 0 ? 'in use' : 'empty'}`;
  item.contextValue = provider.needsCredential ? 'provider.needsCredential' : 'provider';
  item.iconPath = new vscode.ThemeIcon(provider.offline ? 'debug-disconnect' : 'cloud');
  if (!provider.needsCredential) {
    item.description = vscode.l10n.t('offline, needs no key');
  } else if (count === 0) {
    item.description = vscode.l10n.t('no credential yet');
    item.command = {
      command: 'promptWorkbench.addCredential',
      title: vscode.l10n.t('Add Credential…'),
      arguments: [
        {
          kind: 'credential',
          folder: open.key,
          provider: provider.slug,
        } satisfies CredentialArgument,
      ],
    };
  }
  return item;
}

function credentialItem(open: OpenFolder, credential: Credential): vscode.TreeItem {
  const item = new vscode.TreeItem(credential.name);
  item.id = `${open.key}#${credential.id}`;
  item.contextValue = credential.isDefault ? 'credential.default' : 'credential';
  item.iconPath = new vscode.ThemeIcon(credential.isDefault ? 'star-full' : 'key');
  const parts = [
    new URL(credential.baseUrl).host,
    credential.preferredModel,
    credential.isDefault ? vscode.l10n.t('default') : undefined,
  ];
  item.description = parts.filter(Boolean).join(' · ');
  item.tooltip = tooltip(credential);
  return item;
}

function limitsOf({ rateLimits }: Credential): string[] {
  const { requestsPerMinute, tokensPerMinute } = rateLimits ?? {};
  const lines: string[] = [];
  if (requestsPerMinute)
    lines.push(vscode.l10n.t('At most {0} requests per minute', requestsPerMinute));
  if (tokensPerMinute) lines.push(vscode.l10n.t('At most {0} tokens per minute', tokensPerMinute));
  return lines;
}

function tooltip(credential: Credential): string {
  const lines = [
    credential.name,
    credential.baseUrl,
    credential.keyless
      ? vscode.l10n.t('No key: the server needs none.')
      : vscode.l10n.t(
          'The key is in the secret storage of VS Code and only goes to {0}.',
          credential.origin,
        ),
    ...limitsOf(credential),
    credential.lastUsedAt === undefined
      ? vscode.l10n.t('Not used yet')
      : vscode.l10n.t('Last used {0}', new Date(credential.lastUsedAt).toLocaleString()),
  ];
  return lines.join('\n');
}
