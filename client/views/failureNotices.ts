import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { Job } from '../model.ts';
import type { StoreError } from '../store/store.ts';
import { showTrouble } from './errorHelp.ts';
import type { Panels } from './panels.ts';

/** Tells of what needs a person: a job of this window that failed or was interrupted, a store that cannot write. */
export class FailureNotices implements vscode.Disposable {
  readonly #panels: Panels;
  readonly #told = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(folders: Folders, panels: Panels) {
    this.#panels = panels;
    this.#subscription = folders.attach((open) => this.#follow(open));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #follow(open: OpenFolder): vscode.Disposable {
    const { store } = open.folder;
    void tellTrouble(store.trouble);
    return vscode.Disposable.from(
      store.onDidChangeTrouble((trouble) => {
        void tellTrouble(trouble);
      }),
      store.onDidChange((changes) => {
        for (const { foreign, id, table } of changes) {
          if (table === 'jobs' && !foreign) void this.#look(open, id);
        }
      }),
    );
  }

  async #look(open: OpenFolder, id: string): Promise<void> {
    const job = (await open.folder.store.jobs.get(id))?.value;
    if (job?.error === undefined || (job.state !== 'failed' && job.state !== 'interrupted')) return;
    if (this.#told.has(id)) return;
    this.#told.add(id);
    await this.#tell(open, { ...job, error: job.error });
  }

  async #tell(open: OpenFolder, job: Job & { readonly error: object }): Promise<void> {
    const again = vscode.l10n.t('Run Again');
    const show = vscode.l10n.t('Show Output');
    const { credential, provider } = job.request;
    const trouble = {
      error: job.error,
      provider,
      template: job.template,
      ...(credential && { credential }),
    };
    const answer = await showTrouble(open, trouble, [again, show]);
    if (answer === undefined) return;
    const { outputId } = answer === again ? await open.folder.queue.runAgain(job.id) : job;
    (await this.#panels.outputs()).show(open.key, outputId);
  }
}

/** The store cannot write: where it lies is where a person can mend it. */
async function tellTrouble(trouble: StoreError | undefined): Promise<void> {
  if (trouble === undefined) return;
  const folder = vscode.l10n.t('Show History Folder');
  const log = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(trouble.message, folder, log);
  if (answer === folder) await vscode.commands.executeCommand('promptWorkbench.showHistoryFolder');
  if (answer === log) await vscode.commands.executeCommand('promptWorkbench.showLog');
}
