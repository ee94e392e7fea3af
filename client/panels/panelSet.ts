import type * as vscode from 'vscode';
import type { Disposable } from '../model.ts';

interface Entry<S> {
  readonly panel: vscode.WebviewPanel;
  readonly session: S;
}

/** The open panels of one kind, one per key: shown again instead of opened twice. */
export class PanelSet<S> implements Disposable {
  readonly #entries = new Map<string, Entry<S>>();

  get(key: string): Entry<S> | undefined {
    return this.#entries.get(key);
  }

  /** Takes a panel in; one that was restored beside an open one of the same key closes the older. */
  add(key: string, panel: vscode.WebviewPanel, session: S): void {
    this.#entries.get(key)?.panel.dispose();
    this.#entries.set(key, { panel, session });
    panel.onDidDispose(() => {
      if (this.#entries.get(key)?.panel === panel) this.#entries.delete(key);
    });
  }

  dispose(): void {
    for (const { panel } of this.#entries.values()) panel.dispose();
  }
}
