/** As much of VS Code as the folders of a window need; `useVscodeDouble` puts it in the place of the module. */
import { registerHooks } from 'node:module';
import { Emitter } from '../../client/store/emitter.ts';

/** Call it before importing, with `await import(…)`, what imports `vscode`. */
export function useVscodeDouble(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: import.meta.url, shortCircuit: true }
        : next(specifier, context),
  });
}

interface Disposing {
  dispose(): unknown;
}

export class EventEmitter<T> {
  readonly #emitter = new Emitter<T>();

  readonly event = (listener: (event: T) => void): Disposing => this.#emitter.on(listener);

  fire(event: T): void {
    this.#emitter.fire(event);
  }

  dispose(): void {}
}

export class Disposable {
  readonly #all: readonly Disposing[];

  private constructor(all: readonly Disposing[]) {
    this.#all = all;
  }

  static from(...all: Disposing[]): Disposable {
    return new Disposable(all);
  }

  dispose(): void {
    for (const one of this.#all) one.dispose();
  }
}

interface WorkspaceFolder {
  readonly uri: { toString(): string };
}

const changedFolders = new EventEmitter<{ readonly removed: readonly WorkspaceFolder[] }>();

const grantedTrust = new EventEmitter<void>();

export const workspace = {
  isTrusted: true,
  workspaceFolders: [] as WorkspaceFolder[],
  onDidChangeWorkspaceFolders: changedFolders.event,
  onDidGrantWorkspaceTrust: grantedTrust.event,
};

export function grantTrust(): void {
  workspace.isTrusted = true;
  grantedTrust.fire();
}

export function removeFromWindow(folder: WorkspaceFolder): void {
  changedFolders.fire({ removed: [folder] });
}
