import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import { requireTrust } from '../editor/trust.ts';
import type { Credential } from '../model.ts';
import { ProviderError } from '../providers/provider.ts';
import type { ProviderDescription } from '../providers/provider.ts';
import {
  askForChanges,
  askForCredential,
  askForKey,
  type CredentialEntry,
  type EntryChecks,
  newEntry,
} from './credentialForm.ts';
import type { DescribeError } from './describeError.ts';
import { type CredentialArgument, showTrouble } from './errorHelp.ts';
import { folderInFront } from './selectProvider.ts';

interface Picked {
  readonly open: OpenFolder;
  readonly credential: Credential;
}

/** Add, edit, replace key, choose model, make default, delete: from the view, the palette and error buttons. */
export class CredentialCommands {
  readonly #folders: Folders;
  readonly #describeError: DescribeError;

  constructor(folders: Folders, describeError: DescribeError) {
    this.#folders = folders;
    this.#describeError = describeError;
  }

  async add(argument?: CredentialArgument): Promise<void> {
    const open = await this.#folder(argument);
    if (open === undefined) return;
    const all = open.folder.providers.list().filter(({ needsCredential }) => needsCredential);
    const chosen = all.filter(({ slug }) => slug === argument?.provider);
    const choices = chosen.length > 0 ? chosen : all;
    const [first] = choices;
    if (first === undefined) return;
    const credential = await addEntry(open, newEntry(first), choices, this.#describeError);
    if (credential === undefined) return;
    await this.#chooseModel({ open, credential }, vscode.l10n.t('Saved. Looking for models…'));
  }

  async edit(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked === undefined) return;
    const { open, credential } = picked;
    const checks = await checksOf(open, credential);
    const changes = await askForChanges(credential, checks);
    if (changes === undefined) return;
    if (new URL(changes.baseUrl).origin === credential.origin || credential.keyless) {
      await open.folder.credentials.edit(credential.id, changes);
      return;
    }
    // A key belongs to the host it was entered for: another host gets a key of its own or none.
    const { host } = new URL(changes.baseUrl);
    const key = await askForKey(changes.name, host, checks.key);
    if (key !== undefined) await open.folder.credentials.edit(credential.id, { ...changes, key });
  }

  async replaceKey(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked === undefined) return;
    const { open, credential } = picked;
    const { host } = new URL(credential.origin);
    const key = await askForKey(credential.name, host, open.folder.credentials.checkKey);
    if (key === undefined) return;
    await open.folder.credentials.replaceKey(credential.id, key);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The key of {0} was replaced.', credential.name),
    );
  }

  async chooseModel(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked) await this.#chooseModel(picked, vscode.l10n.t('Looking for models…'));
  }

  async setDefault(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    await picked?.open.folder.credentials.setDefault(picked.credential.id);
  }

  async remove(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked === undefined) return;
    const { open, credential } = picked;
    const remove = vscode.l10n.t('Delete');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Delete the credential {0}?', credential.name),
      {
        modal: true,
        detail: vscode.l10n.t('Its key is removed from this machine. Answers it gave are kept.'),
      },
      remove,
    );
    if (answer === remove) await open.folder.credentials.remove(credential.id);
  }

  /** Palette entry: one list of all credentials, each with what can be done. */
  async manage(): Promise<void> {
    await vscode.commands.executeCommand('promptWorkbench.credentials.focus');
  }

  /** Proves that the key works by listing the models, and lets one be picked. Nothing is lost when it fails. */
  async #chooseModel({ open, credential }: Picked, title: string): Promise<void> {
    const models = await listModels({ open, credential }, title);
    if (models === undefined) return;
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

  async #folder(argument?: CredentialArgument): Promise<OpenFolder | undefined> {
    if (!(await requireTrust())) return undefined;
    const known = argument && this.#folders.byKey(argument.folder);
    if (known) return known;
    const folder = await folderInFront();
    return folder && this.#folders.for(folder);
  }

  async #credential(argument?: CredentialArgument): Promise<Picked | undefined> {
    const open = await this.#folder(argument);
    if (open === undefined) return undefined;
    const all = await open.folder.credentials.list();
    const named = all.find(({ id }) => id === argument?.credential);
    if (named) return { open, credential: named };
    const ofProvider = all.filter(
      ({ provider }) => argument?.provider === undefined || provider === argument.provider,
    );
    const [only] = ofProvider;
    if (only === undefined) {
      await this.add(argument);
      return undefined;
    }
    const credential = ofProvider.length === 1 ? only : await pickCredential(ofProvider);
    return credential && { open, credential };
  }
}

/** Asks and saves, again and again while saving fails and the person wants to: nothing typed is lost. */
async function addEntry(
  open: OpenFolder,
  entry: CredentialEntry,
  providers: readonly ProviderDescription[],
  describeError: DescribeError,
): Promise<Credential | undefined> {
  const checks = await checksOf(open);
  for (;;) {
    if (!(await askForCredential(entry, providers, checks))) return undefined;
    const { baseUrl, key, name, provider } = entry;
    try {
      const about = { provider: provider.slug, name, baseUrl };
      return await open.folder.credentials.add({ ...about, ...(key !== '' && { key }) });
    } catch (error) {
      const again = vscode.l10n.t('Try Again');
      const text = describeError(error);
      if ((await vscode.window.showErrorMessage(text, { modal: true }, again)) !== again) {
        return undefined;
      }
    }
  }
}

async function pickCredential(all: readonly Credential[]): Promise<Credential | undefined> {
  const items = all.map((credential) => ({
    label: credential.name,
    description: `${credential.provider} · ${new URL(credential.baseUrl).host}`,
    credential,
  }));
  const placeHolder = vscode.l10n.t('Which credential?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.credential;
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
    void showTrouble(open, { error: error.info, provider, credential: id });
    return undefined;
  }
}

/** @param except the credential being edited, whose own name is not taken */
async function checksOf({ folder }: OpenFolder, except?: Credential): Promise<EntryChecks> {
  const { credentials } = folder;
  const others = (await credentials.list()).filter(({ id }) => id !== except?.id);
  const taken = others.map(({ name }) => name);
  return {
    name: (name) => credentials.checkName(name, taken),
    baseUrl: (url) => credentials.checkBaseUrl(url),
    key: (key) => credentials.checkKey(key),
  };
}
