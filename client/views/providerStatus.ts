import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';
import { configuration } from '../editor/configuration.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { automatic } from '../providers/catalogue.ts';
import { type Answering, whoAnswers } from './whoAnswers.ts';

/** While somebody types, the provider is looked up this long (milliseconds) after the last key. */
const settled = 500;

/**
 * Status bar: who answers the prompt in front: the provider or, without one, the credential its front matter names,
 * else what the folder's setting says. No store is opened for it, so a credential shows by its name.
 */
export class ProviderStatus implements vscode.Disposable {
  readonly #language: PromptLanguage;
  readonly #item = vscode.window.createStatusBarItem(
    'promptWorkbench.provider',
    vscode.StatusBarAlignment.Right,
    90,
  );
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #cancellation: vscode.CancellationTokenSource | undefined;

  constructor(language: PromptLanguage) {
    this.#language = language;
    this.#item.name = vscode.l10n.t('Prompt Provider');
    this.#item.command = 'promptWorkbench.selectProvider';
    this.#subscription = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#look(0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === promptInFront()) this.#look(settled);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('promptWorkbench.provider')) this.#look(0);
      }),
    );
    this.#look(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#cancellation?.cancel();
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #look(after: number): void {
    clearTimeout(this.#timer);
    this.#cancellation?.cancel();
    const document = promptInFront();
    if (document === undefined) {
      this.#item.hide();
      return;
    }
    this.#timer = setTimeout(() => void this.#show(document), after);
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    this.#cancellation = new vscode.CancellationTokenSource();
    const { token } = this.#cancellation;
    // A server that does not answer is told of where it is needed; here the setting will do.
    const description = await this.#language.describe(document.uri, token).catch(() => undefined);
    if (token.isCancellationRequested) return;
    this.#item.text = textOf(whoAnswers(description, configuration(document.uri).provider));
    this.#item.tooltip =
      (description?.provider ?? description?.credential) === undefined
        ? vscode.l10n.t('Provider for prompts that name none. Click to choose another.')
        : vscode.l10n.t('This prompt says in its front matter who answers it.');
    this.#item.show();
  }
}

function promptInFront(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === languageId ? document : undefined;
}

function textOf(who: Answering): string {
  switch (who.by) {
    case 'credential':
      return `$(key) ${who.name}`;
    case 'provider':
      return who.offline ? `$(debug-disconnect) ${who.name}` : `$(cloud) ${who.name}`;
    case 'anyone':
      return `$(cloud) ${vscode.l10n.t(automatic.name)}`;
  }
}
