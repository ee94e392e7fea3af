import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import { requireTrust } from '../editor/trust.ts';
import type { Job, JobState } from '../model.ts';
import type { JobNode } from './jobsView.ts';
import type { Panels } from './panels.ts';

interface JobItem extends vscode.QuickPickItem {
  readonly open: OpenFolder;
  readonly job: Job;
}

/** The commands of the Jobs view; each also works from the palette, where it asks which job is meant. */
export class JobCommands {
  readonly #folders: Folders;
  readonly #panels: () => Panels;

  constructor(folders: Folders, panels: () => Panels) {
    this.#folders = folders;
    this.#panels = panels;
  }

  async cancel(node?: JobNode): Promise<void> {
    const picked = await this.#pick(node, ['processing', 'pending'], {
      placeHolder: vscode.l10n.t('Job to cancel'),
      none: vscode.l10n.t('No prompt is running or waiting.'),
    });
    await picked?.open.folder.queue.cancel(picked.job.id);
  }

  async runAgain(node?: JobNode): Promise<void> {
    const picked = await this.#pick(node, ['failed', 'interrupted'], {
      placeHolder: vscode.l10n.t('Job to run again'),
      none: vscode.l10n.t('No prompt has failed.'),
      fits: ({ withheld }) => !withheld,
    });
    if (picked === undefined || !(await requireTrust())) return;
    const job = await picked.open.folder.queue.runAgain(picked.job.id);
    await this.#show(picked.open, job);
  }

  async open(node: JobNode): Promise<void> {
    if (node.kind === 'job') await this.#show(node.open, node.job);
  }

  async copyError(node: JobNode): Promise<void> {
    if (node.kind !== 'job' || node.job.error === undefined) return;
    await vscode.env.clipboard.writeText(node.job.error.message);
  }

  async #show(open: OpenFolder, job: Job): Promise<void> {
    (await this.#panels().outputs()).show(open.key, job.outputId);
  }

  async #pick(
    node: JobNode | undefined,
    states: readonly JobState[],
    {
      fits = () => true,
      none,
      placeHolder,
    }: {
      readonly placeHolder: string;
      readonly none: string;
      readonly fits?: (job: Job) => boolean;
    },
  ): Promise<Pick<JobItem, 'open' | 'job'> | undefined> {
    if (node?.kind === 'job') return node;
    const lists = await Promise.all(
      this.#folders.opened.map(async (open) =>
        (await open.folder.store.jobs.list(states, { limit: 200, newestFirst: true }))
          .filter(({ value }) => fits(value))
          .map(({ value }) => itemOf(open, value)),
      ),
    );
    const items = lists.flat();
    if (items.length === 0) {
      void vscode.window.showInformationMessage(none);
      return undefined;
    }
    return items.length === 1 ? items[0] : vscode.window.showQuickPick(items, { placeHolder });
  }
}

function itemOf(open: OpenFolder, job: Job): JobItem {
  return {
    label: job.template.name,
    description: job.request.model,
    detail: new Date(job.queuedAt).toLocaleString(),
    open,
    job,
  };
}
