import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';
import type { Folders } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { RememberedValues } from '../panels/rememberedValues.ts';
import { knownValues, withoutSensitive } from '../panels/values.ts';

/**
 * Tells the language server the values a template was last given, for its checks and quick fixes: whenever the
 * template comes to the front, as it does after a run. Opens no folder's history for it.
 */
export class LastContexts implements vscode.Disposable {
  readonly #language: PromptLanguage;
  readonly #folders: Folders;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable;

  constructor(language: PromptLanguage, folders: Folders, log: vscode.LogOutputChannel) {
    this.#language = language;
    this.#folders = folders;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#tell();
      }),
      folders.onDidChange(() => {
        this.#tell();
      }),
    );
    this.#tell();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #tell(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== languageId || document.uri.scheme !== 'file') return;
    this.#tellOf(document.uri).catch((error: unknown) => {
      this.#log.error(error instanceof Error ? error : String(error));
    });
  }

  async #tellOf(uri: vscode.Uri): Promise<void> {
    const workspaceFolder = vscode.workspace.getWorkspaceFolder(uri);
    const open = this.#folders.opened.find(
      (one) => one.workspaceFolder?.uri.toString() === workspaceFolder?.uri.toString(),
    );
    if (!vscode.workspace.isTrusted || open === undefined) return;
    const description = await this.#language.describe(uri);
    if (description === undefined) return;
    const { slug, variables } = description;
    const remembered = new RememberedValues(() => Promise.resolve(open.folder.store), Date.now);
    const values = withoutSensitive(knownValues(await remembered.read(slug), variables), variables);
    await this.#language.tellLastContext(
      uri,
      Object.keys(values).length === 0 ? undefined : values,
    );
  }
}
