import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { importPrompts, nameOf } from './importPrompt.ts';

const stateKey = 'neighbours.offered';

/** What a file of the tool is best read as where its own extension is not installed. */
const languages: Readonly<Record<string, readonly string[]>> = {
  Dotprompt: ['dotprompt', 'handlebars'],
  Prompty: ['prompty', 'markdown'],
  promptfoo: ['yaml'],
};

/** Other tools use `.prompt` too. Where such a file is opened, offers once per directory what to do about it. */
export class NeighbourOffer implements vscode.Disposable {
  readonly #language: PromptLanguage;
  readonly #state: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #asking = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(language: PromptLanguage, state: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#language = language;
    this.#state = state;
    this.#log = log;
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#look(editor);
    });
    this.#look(vscode.window.activeTextEditor);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #look(editor: vscode.TextEditor | undefined): void {
    const document = editor?.document;
    if (document?.languageId !== languageId || document.uri.scheme !== 'file') return;
    this.#offer(document).catch((error: unknown) => {
      this.#log.error(error instanceof Error ? error : String(error));
    });
  }

  async #offer(document: vscode.TextDocument): Promise<void> {
    const tool = await this.#language.otherTool(document.uri);
    const key = `${tool} ${vscode.Uri.joinPath(document.uri, '..').toString()}`;
    const offered = this.#state.get<readonly string[]>(stateKey, []);
    if (tool === undefined || offered.includes(key) || this.#asking.has(key)) return;
    this.#asking.add(key);
    const take = vscode.l10n.t('Import…');
    const leave = vscode.l10n.t('Leave It to the Other Extension');
    const later = vscode.l10n.t('Not Now');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} looks like a {1} file.', nameOf(document.uri), tool),
      take,
      leave,
      later,
    );
    // Closed without an answer: asked again in another window, not in this one.
    if (answer === undefined) return;
    await this.#state.update(stateKey, [...offered, key]);
    if (answer === take) await importPrompts(this.#language, document.uri);
    if (answer === leave) await leaveIt(document, tool);
  }
}

/** From now on the files of this directory are not ours. */
async function leaveIt(document: vscode.TextDocument, tool: string): Promise<void> {
  const there = new Set(await vscode.languages.getLanguages());
  const language = (languages[tool] ?? []).find((one) => there.has(one)) ?? 'plaintext';
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (folder) {
    const path = vscode.workspace.asRelativePath(document.uri, false);
    const directory = path.slice(0, path.lastIndexOf('/') + 1);
    const pattern = directory === '' ? path : `**/${directory}*.prompt`;
    const files = vscode.workspace.getConfiguration('files', folder);
    const before = files.inspect<Record<string, string>>('associations')?.workspaceFolderValue;
    const target = vscode.ConfigurationTarget.WorkspaceFolder;
    await files.update('associations', { ...before, [pattern]: language }, target);
  }
  await vscode.languages.setTextDocumentLanguage(document, language);
}
