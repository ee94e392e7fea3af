import * as vscode from 'vscode';
import type { Folders } from '../editor/folders.ts';

/** Whether the window starts waiting jobs: the same for folders that are open and those that open later. */
export class QueuePause implements vscode.Disposable {
  readonly #folders: Folders;
  readonly #subscription: vscode.Disposable;
  #paused = false;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#subscription = folders.attach(({ folder }) => {
      if (this.#paused) folder.queue.pause();
      return new vscode.Disposable(() => undefined);
    });
    // The key may be left over from before a restart of the extension host.
    void this.#tell();
  }

  async set(paused: boolean): Promise<void> {
    this.#paused = paused;
    for (const { folder } of this.#folders.opened) {
      if (paused) folder.queue.pause();
      else folder.queue.resume();
    }
    await this.#tell();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Menus show Pause or Resume by this key. */
  #tell(): Thenable<unknown> {
    const key = 'promptWorkbench.queuePaused';
    return vscode.commands.executeCommand('setContext', key, this.#paused);
  }
}
