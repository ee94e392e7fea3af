import * as vscode from 'vscode';
import type { DescribeResult } from '../../server/protocol.ts';
import type { Context } from '../model.ts';
import { systemClock } from '../providers/clock.ts';
import { PanelSet } from './panelSet.ts';
import type { RunFormContract } from './protocol.ts';
import { RememberedValues, type ContextStore } from './rememberedValues.ts';
import { RunFormSession } from './runFormSession.ts';
import { followDocument, templateTitle } from './templateDocument.ts';
import {
  attachPage,
  createPanel,
  type PanelDependencies,
  panelIcon,
  savedIdentity,
} from './webviewHost.ts';

/** Who will answer, as the form says it. */
export interface RunTarget {
  /** e.g. `OpenAI · gpt-5`. */
  readonly label: string;
  readonly offline: boolean;
}

/** What the run form needs of the window. */
export interface RunFormDependencies extends PanelDependencies {
  /** `prompt/describe`. */
  readonly describe: (uri: vscode.Uri) => Promise<DescribeResult | undefined>;
  readonly target: (uri: vscode.Uri) => Promise<RunTarget>;
  /** The store of the folder the template lies in; it remembers the values last given. */
  readonly openStore: (uri: vscode.Uri) => Promise<ContextStore>;
  /** Queues the job. @throws with the reason when that is not possible; the form stays open and shows it. */
  readonly run: (uri: vscode.Uri, values: Context) => Promise<void>;
}

/**
 * The run forms, one per template. `show` opens or reveals, `restore` is for the `WebviewPanelSerializer` of
 * `viewTypes.runForm`. A form closes itself when its job is queued.
 */
export class RunFormPanels implements vscode.Disposable {
  readonly #dependencies: RunFormDependencies;
  readonly #panels = new PanelSet<RunFormSession>();

  constructor(dependencies: RunFormDependencies) {
    this.#dependencies = dependencies;
  }

  /** @param given values to start with, over the ones remembered (what the preview has, for one). */
  show(uri: vscode.Uri, given: Context = {}): void {
    const open = this.#panels.get(uri.toString());
    if (open !== undefined) {
      open.session.give(given);
      open.panel.reveal();
      return;
    }
    const title = vscode.l10n.t('Run: {0}', templateTitle(uri));
    const column = vscode.ViewColumn.Active;
    this.#attach(uri, createPanel({ page: 'runForm', title, column }), given);
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

  #attach(uri: vscode.Uri, panel: vscode.WebviewPanel, given: Context = {}): void {
    const { describe, extensionUri, openStore, run, target } = this.#dependencies;
    panel.iconPath = panelIcon(extensionUri);
    const session = attachPage<RunFormContract, RunFormSession>(
      this.#dependencies,
      panel,
      { page: 'runForm', identity: { uri: uri.toString() } },
      (emit) =>
        new RunFormSession({
          uri: uri.toString(),
          given,
          describe: () => describe(uri),
          target: () => target(uri),
          remembered: new RememberedValues(() => openStore(uri), Date.now),
          run: (values) => run(uri, values),
          close: () => {
            panel.dispose();
          },
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
