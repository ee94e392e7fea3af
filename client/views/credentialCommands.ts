import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { ModelListings } from '../editor/modelListings.ts';
import { requireTrust } from '../editor/trust.ts';
import type { Credential } from '../model.ts';
import { askAndSave } from './askAndSave.ts';
import {
  askForChanges,
  askForCredential,
  askForKey,
  type CredentialEntry,
  type EntryChecks,
  newEntry,
} from './credentialForm.ts';
import type { DescribeError } from './describeError.ts';
import type { CredentialArgument } from './errorHelp.ts';
import { meantCredential } from './meantCredential.ts';
import { type Picked, chooseModel } from './modelChoice.ts';
import { askForRateLimits } from './rateLimitForm.ts';
import { folderInFront, openByKey } from './windowFolders.ts';

/** Add, edit, replace key, choose model, make default, delete: from the view, the palette and error buttons. */
export class CredentialCommands {
  readonly #folders: Folders;
  readonly #listings: ModelListings;
  readonly #describeError: DescribeError;

  constructor(folders: Folders, listings: ModelListings, describeError: DescribeError) {
    this.#folders = folders;
    this.#listings = listings;
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
    const entry = newEntry(first);
    const checks = await checksOf(open);
    const title = titleOf(vscode.l10n.t('Add Credential'), open);
    const credential = await this.#askAndSave(
      () => askForCredential(title, entry, choices, checks),
      () => addEntry(open, entry),
    );
    if (credential === undefined) return;
    const progress = vscode.l10n.t('Saved. Looking for models…');
    await chooseModel({ open, credential }, progress, this.#listings);
  }

  async edit(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked === undefined) return;
    const { open, credential } = picked;
    const { credentials } = open.folder;
    const entry = { name: credential.name, baseUrl: credential.baseUrl, key: '' };
    const checks = await checksOf(open, credential);
    const title = titleOf(vscode.l10n.t('Edit {0}', credential.name), open);
    const needsKey = (): boolean => credentials.needsKey(credential, entry.baseUrl);
    await this.#askAndSave(
      async () =>
        (await askForChanges(title, entry, checks)) &&
        (!needsKey() ||
          (await askForKey(keyTitle(entry.name, open), hostOf(entry), entry, checks.key))),
      () => {
        const { baseUrl, key, name } = entry;
        return credentials.edit(credential.id, { name, baseUrl, ...(needsKey() && { key }) });
      },
    );
  }

  async replaceKey(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked === undefined) return;
    const { open, credential } = picked;
    const { credentials } = open.folder;
    const entry = { key: '' };
    const host = hostOf({ baseUrl: credential.origin });
    const title = keyTitle(credential.name, open);
    const replaced = await this.#askAndSave(
      () => askForKey(title, host, entry, credentials.checkKey),
      () => credentials.edit(credential.id, entry),
    );
    if (replaced === undefined) return;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The key of {0} was replaced.', credential.name),
    );
  }

  async chooseModel(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    const title = vscode.l10n.t('Looking for models…');
    if (picked) await chooseModel(picked, title, this.#listings);
  }

  async setRateLimits(argument?: CredentialArgument): Promise<void> {
    const picked = await this.#credential(argument);
    if (picked === undefined) return;
    const { open, credential } = picked;
    const title = titleOf(vscode.l10n.t('Rate Limits of {0}', credential.name), open);
    const rateLimits = await askForRateLimits(title, credential.rateLimits ?? {});
    if (rateLimits) await open.folder.credentials.edit(credential.id, { rateLimits });
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

  /** Shows the view where every credential is, each with what can be done. */
  async manage(): Promise<void> {
    await vscode.commands.executeCommand('promptWorkbench.credentials.focus');
  }

  async #folder(argument?: CredentialArgument): Promise<OpenFolder | undefined> {
    if (!(await requireTrust())) return undefined;
    if (argument !== undefined) return openByKey(this.#folders, argument.folder);
    const folder = await folderInFront();
    return folder && this.#folders.for(folder);
  }

  async #credential(argument?: CredentialArgument): Promise<Picked | undefined> {
    const open = await this.#folder(argument);
    if (open === undefined) return undefined;
    const meant = meantCredential(await open.folder.credentials.list(), argument);
    switch (meant.kind) {
      case 'one':
        return { open, credential: meant.credential };
      case 'several': {
        const credential = await pickCredential(meant.among, open);
        return credential && { open, credential };
      }
      case 'removed':
        await this.#offerToAdd(vscode.l10n.t('This credential has been removed.'), open, argument);
        return undefined;
      case 'none':
        await this.#offerToAdd(vscode.l10n.t('There is no credential yet.'), open, argument);
        return undefined;
    }
  }

  async #offerToAdd(text: string, open: OpenFolder, argument?: CredentialArgument): Promise<void> {
    const add = vscode.l10n.t('Add Credential');
    if ((await vscode.window.showInformationMessage(text, add)) !== add) return;
    const { provider } = argument ?? {};
    await this.add({ kind: 'credential', folder: open.key, ...(provider && { provider }) });
  }

  #askAndSave<T>(ask: () => Promise<boolean>, save: () => Promise<T>): Promise<T | undefined> {
    const again = async (error: unknown): Promise<boolean> => {
      const tryAgain = vscode.l10n.t('Try Again');
      const text = this.#describeError(error);
      return (await vscode.window.showErrorMessage(text, { modal: true }, tryAgain)) === tryAgain;
    };
    return askAndSave({ ask, save, again });
  }
}

function addEntry({ folder }: OpenFolder, entry: CredentialEntry): Promise<Credential> {
  const { baseUrl, key, name, provider } = entry;
  const about = { provider: provider.slug, name, baseUrl };
  return folder.credentials.add({ ...about, ...(key !== '' && { key }) });
}

function keyTitle(name: string, open: OpenFolder): string {
  return titleOf(vscode.l10n.t('Replace Key of {0}', name), open);
}

/** Credentials belong to a folder: where there are several, a form says which one it is for. */
function titleOf(text: string, { workspaceFolder }: OpenFolder): string {
  const several = (vscode.workspace.workspaceFolders ?? []).length > 1;
  return several && workspaceFolder ? `${text} · ${workspaceFolder.name}` : text;
}

function hostOf({ baseUrl }: { readonly baseUrl: string }): string {
  return new URL(baseUrl).host;
}

async function pickCredential(
  all: readonly Credential[],
  open: OpenFolder,
): Promise<Credential | undefined> {
  const items = all.map((credential) => ({
    label: credential.name,
    description: `${credential.provider} · ${new URL(credential.baseUrl).host}`,
    credential,
  }));
  const placeHolder = titleOf(vscode.l10n.t('Which credential?'), open);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.credential;
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
