import * as vscode from 'vscode';
import type { Context, ErrorInfo, Output, TemplateRef } from '../model.ts';
import { systemClock } from '../providers/clock.ts';
import type { ActionId } from '../providers/actions.ts';
import { type OutputsFolder, OutputsSession } from './outputsSession.ts';
import { PanelSet } from './panelSet.ts';
import type { OutputsContract } from './protocol.ts';
import {
  attachPage,
  createPanel,
  type PanelDependencies,
  panelIcon,
  savedIdentity,
} from './webviewHost.ts';

/** What the Outputs panel needs of the window. Folders are named by their key: their URI, or empty outside any. */
export interface OutputsDependencies extends PanelDependencies {
  /** Opens the folder's store and queue, or answers the open ones. @throws when the folder has left the window or cannot be opened. */
  readonly openFolder: (key: string) => Promise<OutputsFolder>;
  /** The folder's name, for the title, when the window has several; otherwise `undefined`. */
  readonly folderName: (key: string) => string | undefined;
  /** Who rates. */
  readonly user: (key: string) => Promise<string>;
  /** Does what an error's button says. `runAgain` never comes here: the panel does that itself. */
  readonly act: (
    key: string,
    action: Exclude<ActionId, 'runAgain'>,
    failed: { readonly output: Output; readonly error: ErrorInfo },
  ) => Promise<void>;
  readonly openTemplate: (template: TemplateRef) => Promise<void>;
  /** Inserts an answer at the cursor, opens it as a document or saves it as a file. */
  readonly use: (
    key: string,
    how: 'insert' | 'open' | 'save',
    output: Output,
    text: string,
  ) => Promise<void>;
  /** Shows the run form of a template with these values. */
  readonly regenerate: (template: TemplateRef, context: Context) => Promise<void>;
  /** The next step offered while there are no outputs. */
  readonly runPrompt: () => Promise<void>;
  /** Asks, and deletes an output for good; answers whether it did. */
  readonly remove: (store: OutputsFolder['store'], id: string) => Promise<boolean>;
}

/**
 * The Outputs panels, one per folder. Make one of these when a panel is first needed:
 * `show` opens or reveals, `restore` is for the `WebviewPanelSerializer` of `viewTypes.outputs`.
 */
export class OutputsPanels implements vscode.Disposable {
  readonly #dependencies: OutputsDependencies;
  readonly #panels = new PanelSet<OutputsSession>();

  readonly #leaving: vscode.Disposable;

  constructor(dependencies: OutputsDependencies) {
    this.#dependencies = dependencies;
    // The history of a folder that has left the window is closed: its panel could only say so.
    this.#leaving = vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const { uri } of removed) this.#panels.get(uri.toString())?.panel.dispose();
    });
  }

  /**
   * @param key folder key.
   * @param outputId the output to show; without it the panel keeps what it shows.
   */
  show(key: string, outputId?: string, options: { readonly preserveFocus?: boolean } = {}): void {
    const preserveFocus = options.preserveFocus ?? false;
    const open = this.#panels.get(key);
    if (open !== undefined) {
      open.panel.reveal(undefined, preserveFocus);
      if (outputId !== undefined) open.session.select(outputId);
      return;
    }
    const title = this.#title(key);
    const column = besideTheTemplate();
    this.#attach(key, createPanel({ page: 'outputs', title, column, preserveFocus }), outputId);
  }

  /** Brings back a panel after a reload of the window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    this.#attach(savedIdentity(state).folder ?? '', panel);
  }

  dispose(): void {
    this.#leaving.dispose();
    this.#panels.dispose();
  }

  #attach(key: string, panel: vscode.WebviewPanel, outputId?: string): void {
    const { extensionUri } = this.#dependencies;
    panel.title = this.#title(key);
    panel.iconPath = panelIcon(extensionUri);
    const session = attachPage<OutputsContract, OutputsSession>(
      this.#dependencies,
      panel,
      { page: 'outputs', identity: { folder: key } },
      (emit) => new OutputsSession({ ...this.#ports(key), emit, clock: systemClock }, outputId),
    );
    this.#panels.add(key, panel, session);
  }

  #ports(key: string) {
    const { act, openFolder, openTemplate, regenerate, remove, runPrompt, use, user } =
      this.#dependencies;
    return {
      openFolder: () => openFolder(key),
      user: () => user(key),
      act: (action, failed) => act(key, action, failed),
      openTemplate,
      use: (how, output, text) => use(key, how, output, text),
      regenerate,
      remove,
      runPrompt,
      copy: (text) => vscode.env.clipboard.writeText(text),
    } satisfies Partial<ConstructorParameters<typeof OutputsSession>[0]>;
  }

  #title(key: string): string {
    const name = this.#dependencies.folderName(key);
    return name === undefined ? vscode.l10n.t('Outputs') : vscode.l10n.t('Outputs: {0}', name);
  }
}

/** An answer is read next to its prompt: to the side of the first column, never over it; elsewhere where one is. */
function besideTheTemplate(): vscode.ViewColumn {
  const { tabs, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  const overTheTemplate = viewColumn === vscode.ViewColumn.One && tabs.length > 0;
  return overTheTemplate ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
