import * as vscode from 'vscode';
import type { Folders } from '../editor/folders.ts';
import { editableTemplates } from '../editor/languageClient.ts';
import type { Forecasts } from './forecasts.ts';

/** What a run will use and cost; found out when it comes into view. */
class ForecastLens extends vscode.CodeLens {
  readonly uri: vscode.Uri;

  constructor(range: vscode.Range, uri: vscode.Uri) {
    super(range);
    this.uri = uri;
  }
}

/** Whose changes change what a run will use or cost. */
const telling: ReadonlySet<string> = new Set(['contexts', 'credentials', 'executions']);
/** Changes of this many milliseconds are shown together: answers and credentials change what a run will cost. */
const burst = 500;

/** `▷ Run · Preview · Outputs · ≈ 412 tokens, ≈ $0.002` above the first line of a template. */
export class PromptCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #forecasts: Forecasts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #soon: NodeJS.Timeout | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(forecasts: Forecasts, folders: Folders) {
    this.#forecasts = forecasts;
    this.#subscription = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(editableTemplates, this),
      folders.attach(({ folder }) => {
        this.#refresh();
        return folder.store.onDidChange((changes) => {
          if (changes.some(({ table }) => telling.has(table))) this.#refresh();
        });
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('promptWorkbench.provider')) this.#refresh();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#soon);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    const argument = [document.uri];
    return [
      new vscode.CodeLens(top, {
        title: `$(play) ${vscode.l10n.t('Run')}`,
        tooltip: vscode.l10n.t('Run this prompt'),
        command: 'promptWorkbench.run',
        arguments: argument,
      }),
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('Preview'),
        tooltip: vscode.l10n.t('Show the rendered messages to the side'),
        command: 'promptWorkbench.preview',
        arguments: argument,
      }),
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('Outputs'),
        tooltip: vscode.l10n.t('Show the answers of this folder'),
        command: 'promptWorkbench.showOutputs',
        arguments: argument,
      }),
      new ForecastLens(top, document.uri),
    ];
  }

  async resolveCodeLens(
    lens: vscode.CodeLens,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens> {
    if (!(lens instanceof ForecastLens)) return lens;
    // The server that says no has told why elsewhere.
    const text = await this.#forecasts.of(lens.uri, token).catch(() => undefined);
    const unknown = vscode.l10n.t('≈ ? tokens');
    lens.command = { command: '', ...(text ?? { title: unknown }) };
    return lens;
  }

  #refresh(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#changed.fire();
    }, burst);
  }
}
