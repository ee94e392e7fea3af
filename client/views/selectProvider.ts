import * as vscode from 'vscode';
import { configuration, setProvider } from '../editor/configuration.ts';
import { automatic, catalogue, type CatalogueEntry } from '../providers/catalogue.ts';
import { folderByKey, folderInFront } from './windowFolders.ts';

/** Whose setting is meant: an error's button says it, the palette does not. */
interface FolderArgument {
  /** Folder key; empty for files outside any folder. */
  readonly folder: string;
}

interface Place {
  /** `undefined` for files outside any folder. */
  readonly folder: vscode.WorkspaceFolder | undefined;
}

interface ProviderItem extends vscode.QuickPickItem {
  readonly slug: string;
}

/** Prompt: Select Provider. Which provider runs the prompts of a folder that name none. */
export async function selectProvider(argument?: FolderArgument): Promise<void> {
  const place = await placeOf(argument);
  if (place === undefined) return;
  const { folder } = place;
  const current = configuration(folder?.uri).provider ?? '';
  const all: readonly CatalogueEntry[] = Object.values(catalogue);
  const items = [itemOf('', automatic), ...all.map((entry) => itemOf(entry.slug, entry))];
  const picked = await vscode.window.showQuickPick(
    items.map((item) => ({
      ...item,
      ...(item.slug === current && { description: vscode.l10n.t('current') }),
    })),
    {
      title: folder
        ? vscode.l10n.t('Provider for prompts of {0} that name none', folder.name)
        : vscode.l10n.t('Provider for prompts outside any folder that name none'),
      placeHolder: vscode.l10n.t('A provider: in a prompt always wins'),
    },
  );
  if (picked) await setProvider(folder, picked.slug);
}

/** Button "Use Offline Provider": the quickest way to see an answer without a key. */
export async function useOffline(argument?: FolderArgument): Promise<void> {
  const place = await placeOf(argument);
  if (place === undefined) return;
  const { folder } = place;
  await setProvider(folder, catalogue.echo.slug);
  void vscode.window.showInformationMessage(
    folder
      ? vscode.l10n.t('Prompts of {0} that name no provider now run offline.', folder.name)
      : vscode.l10n.t('Prompts that name no provider now run offline.'),
  );
}

function itemOf(
  slug: string,
  { name, summary }: Pick<CatalogueEntry, 'name' | 'summary'>,
): ProviderItem {
  return { slug, label: vscode.l10n.t(name), detail: vscode.l10n.t(summary) };
}

async function placeOf(argument: FolderArgument | undefined): Promise<Place | undefined> {
  if (argument !== undefined) return { folder: folderByKey(argument.folder) };
  const folder = await folderInFront();
  return folder && { folder };
}
