import * as vscode from 'vscode';
import type { DescribeResult, RenderResult } from '../../server/protocol.ts';
import type { Context } from '../model.ts';
import { systemClock } from '../providers/clock.ts';
import { PanelSet } from './panelSet.ts';
import { PreviewSession } from './previewSession.ts';
import type { PreviewContract } from './protocol.ts';
import { RememberedValues, type ContextStore } from './rememberedValues.ts';
import { revealPlace } from './revealPlace.ts';
import { followDocument, templateTitle } from './templateDocument.ts';
import {
  attachPage,
  createPanel,
  type PanelDependencies,
  panelIcon,
  savedIdentity,
} from './webviewHost.ts';

/** What the preview needs of the window. */
export interface PreviewDependencies extends PanelDependencies {
  /** `prompt/describe`. */
  readonly describe: (uri: vscode.Uri) => Promise<DescribeResult | undefined>;
  /** `prompt/render`. */
  readonly render: (uri: vscode.Uri, context: Context, sources?: boolean) => Promise<RenderResult>;
  /** The store of the folder the template lies in; it remembers the values last given. */
  readonly openStore: (uri: vscode.Uri) => Promise<ContextStore>;
  /** Runs the template with these values, asking for what is still missing. */
  readonly run: (uri: vscode.Uri, values: Context) => Promise<void>;
}

/**
 * The previews, one per template, following what is typed. `show` opens or reveals to the side, `restore` is for
 * the `WebviewPanelSerializer` of `viewTypes.preview`.
 */
export class PreviewPanels implements vscode.Disposable {
  readonly #dependencies: PreviewDependencies;
  readonly #panels = new PanelSet<PreviewSession>();

  constructor(dependencies: PreviewDependencies) {
    this.#dependencies = dependencies;
  }

  show(uri: vscode.Uri): void {
    const open = this.#panels.get(uri.toString());
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return;
    }
    const column = vscode.ViewColumn.Beside;
    const title = vscode.l10n.t('Preview: {0}', templateTitle(uri));
    this.#attach(uri, createPanel({ page: 'preview', title, column, preserveFocus: true }));
  }

  /** Brings back a panel after a reload of the window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const { uri } = savedIdentity(state);
    if (uri === undefined) panel.dispose();
    else this.#attach(vscode.Uri.parse(uri), panel);
  }

  dispose(): void {
    this.#panels.dispose();
  }

  #attach(uri: vscode.Uri, panel: vscode.WebviewPanel): void {
    const { describe, describeError, extensionUri, openStore, render, run } = this.#dependencies;
    panel.iconPath = panelIcon(extensionUri);
    const session = attachPage<PreviewContract, PreviewSession>(
      this.#dependencies,
      panel,
      { page: 'preview', identity: { uri: uri.toString() } },
      (emit) =>
        new PreviewSession({
          uri: uri.toString(),
          fallbackTitle: templateTitle(uri),
          describe: () => describe(uri),
          render: (context, sources) => render(uri, context, sources),
          remembered: new RememberedValues(() => openStore(uri), Date.now),
          run: (values) => run(uri, values),
          reveal: (place, focus) => revealPlace(uri, place, focus),
          describeError,
          clock: systemClock,
          emit,
        }),
    );
    this.#panels.add(uri.toString(), panel, session);
    const following = followDocument(uri, () => {
      session.refresh();
    });
    panel.onDidDispose(() => {
      following.dispose();
    });
  }
}
