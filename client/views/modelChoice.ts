import * as vscode from 'vscode';
import type { OpenFolder } from '../editor/folders.ts';
import type { ModelListings } from '../editor/modelListings.ts';
import type { Credential } from '../model.ts';
import { ProviderError } from '../providers/provider.ts';
import { showTrouble } from './errorHelp.ts';

/** A credential with the folder it belongs to. */
export interface Picked {
  readonly open: OpenFolder;
  readonly credential: Credential;
}

/** Proves that the key works by listing the models, and lets one be picked. Nothing is lost when it fails. */
export async function chooseModel(
  { open, credential }: Picked,
  title: string,
  listings: ModelListings,
): Promise<void> {
  const models = await listModels({ open, credential }, title);
  if (models === undefined) return;
  listings.note(credential.id, models);
  const picked = await vscode.window.showQuickPick(
    models.map((label) => ({
      label,
      ...(label === credential.preferredModel && { description: vscode.l10n.t('current') }),
    })),
    {
      title: vscode.l10n.t('{0}: the key works', credential.name),
      placeHolder: vscode.l10n.t('Model for prompts that name none (Escape: choose later)'),
      ignoreFocusOut: true,
    },
  );
  if (picked === undefined) return;
  await open.folder.credentials.edit(credential.id, { preferredModel: picked.label });
}

/** Model ids, sorted; `undefined` when cancelled or refused, which has been told then. */
async function listModels(
  { open, credential }: Picked,
  title: string,
): Promise<string[] | undefined> {
  try {
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => {
          abort.abort();
        });
        const models = await open.folder.listModels(credential.id, abort.signal);
        return models.map(({ id }) => id).sort((a, b) => a.localeCompare(b));
      },
    );
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    if (error.info.kind === 'cancelled') return undefined;
    const { provider, id } = credential;
    const type = {
      label: vscode.l10n.t('Type a Name'),
      press: () => typeModel({ open, credential }),
    };
    void showTrouble(open, { error: error.info, provider, credential: id }, [type]);
    return undefined;
  }
}

/** For servers that list no models, and while one cannot be reached. */
async function typeModel({ open, credential }: Picked): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Model of {0}', credential.name),
    prompt: vscode.l10n.t('Name of the model, as its server knows it'),
    value: credential.preferredModel ?? '',
    ignoreFocusOut: true,
  });
  if (name?.trim())
    await open.folder.credentials.edit(credential.id, { preferredModel: name.trim() });
}
