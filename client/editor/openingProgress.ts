import * as vscode from 'vscode';

/** A history of less is read before anybody would have read a message about it. */
const worthTelling = 32 * 1024 * 1024;

/** Shows how far the journal is read while a history is opened, when there is much of it. */
export class OpeningProgress implements vscode.Disposable {
  readonly #name: string;
  #shown = 0;
  #report: ((percent: number) => void) | undefined;
  readonly #ended = Promise.withResolvers<void>();

  constructor(name: string) {
    this.#name = name;
  }

  readonly onProgress = (done: number, total: number): void => {
    if (total < worthTelling) return;
    if (this.#report === undefined) this.#begin();
    this.#report?.(Math.floor((done / total) * 100));
  };

  dispose(): void {
    this.#ended.resolve();
  }

  #begin(): void {
    const title = vscode.l10n.t('Reading the history of {0}…', this.#name);
    const options = { location: vscode.ProgressLocation.Notification, title };
    void vscode.window.withProgress(options, (progress) => {
      this.#report = (percent) => {
        if (percent <= this.#shown) return;
        progress.report({ increment: percent - this.#shown, message: `${percent} %` });
        this.#shown = percent;
      };
      return this.#ended.promise;
    });
  }
}
