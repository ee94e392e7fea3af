import * as vscode from 'vscode';
import { configuration, setProvider } from '../editor/configuration.ts';
import { folderInFront } from './windowFolders.ts';

interface ProviderItem extends vscode.QuickPickItem {
  readonly slug: string;
}

/** Prompt: Select Provider. Which provider runs the prompts of a folder that name none. */
export async function selectProvider(): Promise<void> {
  const folder = await folderInFront();
  if (folder === undefined) return;
  const current = configuration(folder.uri).provider ?? '';
  const items: ProviderItem[] = [
    {
      slug: '',
      label: vscode.l10n.t('Automatic'),
      detail: vscode.l10n.t('The provider of the first credential of the folder.'),
    },
    {
      slug: 'openai',
      label: 'OpenAI',
      detail: vscode.l10n.t('OpenAI and servers that speak its API. Needs a credential.'),
    },
    {
      slug: 'echo',
      label: vscode.l10n.t('Echo (offline)'),
      detail: vscode.l10n.t(
        'Answers on this machine, without key or network. For trying things out.',
      ),
    },
  ];
  const picked = await vscode.window.showQuickPick(
    items.map((item) => ({
      ...item,
      ...(item.slug === current && { description: vscode.l10n.t('current') }),
    })),
    {
      title: vscode.l10n.t('Provider for prompts of {0} that name none', folder.name),
      placeHolder: vscode.l10n.t('A provider: in a prompt always wins'),
    },
  );
  if (picked) await setProvider(folder, picked.slug);
}

/** Button "Use Offline Provider": the quickest way to see an answer without a key. */
export async function useOffline(): Promise<void> {
  const folder = await folderInFront();
  if (folder === undefined) return;
  await setProvider(folder, 'echo');
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Prompts of {0} that name no provider now run offline.', folder.name),
  );
}
