import * as vscode from 'vscode';
import type { Folders } from '../editor/folders.ts';

/** Pauses and resumes the queues of the window's folders, and lets menus know which of the two to offer. */
export class QueuePause implements vscode.Disposable {
  readonly #folders: Folders;
  readonly #subscription: vscode.Disposable;
  #told: boolean | undefined;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#subscription = vscode.Disposable.from(
      folders.onDidChange(() => {
        this.#tell();
      }),
      folders.attach(({ folder }) => {
        this.#tell();
        return folder.queue.onDidChange(() => {
          this.#tell();
        });
      }),
    );
    // The key may be left over from before a restart of the extension host.
    this.#tell();
  }

  /** Of every folder of the window, for all windows that show it and over a restart. @throws StoreError */
  async set(paused: boolean): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [undefined];
    await Promise.all(folders.map((folder) => this.#folders.for(folder)));
    const queues = this.#folders.opened.map(({ folder }) => folder.queue);
    await Promise.all(queues.map((queue) => (paused ? queue.pause() : queue.resume())));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #tell(): void {
    const paused = this.#folders.opened.some(({ folder }) => folder.queue.paused);
    if (paused === this.#told) return;
    this.#told = paused;
    void vscode.commands.executeCommand('setContext', 'promptWorkbench.queuePaused', paused);
  }
}
