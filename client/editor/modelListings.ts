import * as vscode from 'vscode';

const key = 'promptWorkbench.modelListings';

/** The models each credential listed last, for completion. Ids of models and of credentials; nothing secret. */
export class ModelListings {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** @param credential its id. */
  of(credential: string): readonly string[] {
    return this.#all()[credential] ?? [];
  }

  /** Takes the place of what the credential listed before. */
  note(credential: string, models: readonly string[]): void {
    void this.#state.update(key, { ...this.#all(), [credential]: models });
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #all(): Readonly<Record<string, readonly string[]>> {
    return this.#state.get(key, {});
  }
}
