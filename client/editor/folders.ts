import * as vscode from 'vscode';
import type { Folder } from '../api/folder.ts';

/** A folder's workbench with the place it belongs to; `workspaceFolder` is `undefined` for files outside any folder. */
export interface OpenFolder {
  readonly key: string;
  readonly workspaceFolder: vscode.WorkspaceFolder | undefined;
  readonly folder: Folder;
}

type Opener = (workspaceFolder: vscode.WorkspaceFolder | undefined) => Promise<Folder>;

/**
 * One workbench (store, credentials, queue) per workspace folder, opened on first need and closed when its
 * folder leaves the window. A failed opening is reported to whoever asked and tried anew at the next need.
 */
export class Folders implements vscode.Disposable {
  readonly #open: Opener;
  readonly #opening = new Map<string, Promise<OpenFolder>>();
  readonly #opened = new Map<string, OpenFolder>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  /** Fires when a folder was opened or closed. */
  readonly onDidChange = this.#didChange.event;

  constructor(open: Opener) {
    this.#open = open;
    this.#subscription = vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const folder of removed) void this.#close(keyOf(folder));
    });
  }

  get opened(): readonly OpenFolder[] {
    return [...this.#opened.values()];
  }

  /** The workbench of the folder a document lies in. */
  forDocument(uri: vscode.Uri): Promise<OpenFolder> {
    return this.for(vscode.workspace.getWorkspaceFolder(uri));
  }

  for(workspaceFolder: vscode.WorkspaceFolder | undefined): Promise<OpenFolder> {
    const key = keyOf(workspaceFolder);
    const known = this.#opening.get(key);
    if (known !== undefined) return known;
    const opening: Promise<OpenFolder> = this.#start(
      key,
      workspaceFolder,
      () => this.#opening.get(key) === opening,
    );
    this.#opening.set(key, opening);
    return opening;
  }

  byKey(key: string): OpenFolder | undefined {
    return this.#opened.get(key);
  }

  /** Attaches to every folder, opened now or later, and lets go when it closes. */
  attach(to: (open: OpenFolder) => vscode.Disposable): vscode.Disposable {
    const attached = new Map<OpenFolder, vscode.Disposable>();
    const follow = (): void => {
      for (const [open, disposable] of attached) {
        if (this.#opened.get(open.key) === open) continue;
        disposable.dispose();
        attached.delete(open);
      }
      for (const open of this.#opened.values()) {
        if (!attached.has(open)) attached.set(open, to(open));
      }
    };
    const subscription = this.onDidChange(follow);
    follow();
    return vscode.Disposable.from(subscription, {
      dispose: () => {
        for (const disposable of attached.values()) disposable.dispose();
      },
    });
  }

  /** Ends everything in order; called once, when the window goes. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.#opening.keys()].map((key) => this.#close(key)));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#didChange.dispose();
  }

  /** @param isWanted false once the folder has left the window: whoever closed it then closes what is opened here. */
  async #start(
    key: string,
    workspaceFolder: vscode.WorkspaceFolder | undefined,
    isWanted: () => boolean,
  ): Promise<OpenFolder> {
    try {
      const folder = await this.#open(workspaceFolder);
      const open = { key, workspaceFolder, folder };
      if (!isWanted()) return open;
      this.#opened.set(key, open);
      this.#didChange.fire();
      return open;
    } catch (error) {
      if (isWanted()) this.#opening.delete(key);
      throw error;
    }
  }

  async #close(key: string): Promise<void> {
    const opening = this.#opening.get(key);
    this.#opening.delete(key);
    this.#opened.delete(key);
    this.#didChange.fire();
    try {
      await (await opening)?.folder.close();
    } catch {
      // It failed to open, which was reported then: nothing is left to close.
    }
  }
}

/** Names a folder in messages of this window; the empty key is for files outside any folder. */
function keyOf(workspaceFolder: vscode.WorkspaceFolder | undefined): string {
  return workspaceFolder?.uri.toString() ?? '';
}
