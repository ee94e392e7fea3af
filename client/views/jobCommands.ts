import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import { requireTrust } from '../editor/trust.ts';
import type { Job, JobState, Priority } from '../model.ts';
import { priorityName } from './jobs/jobItem.ts';
import { type JobItem, pickJob } from './jobs/pickJob.ts';
import type { JobNode, JobsView } from './jobsView.ts';
import type { Panels } from './panels.ts';

/** More than this many at once are asked about first: they cost money. */
const unasked = 5;
const priorities: readonly Priority[] = ['high', 'default', 'low'];

/** The commands of the Jobs view; each also works from the palette, where it asks which job is meant. */
export class JobCommands {
  readonly #folders: Folders;
  readonly #panels: () => Panels;
  readonly #view: JobsView;

  constructor(folders: Folders, panels: () => Panels, view: JobsView) {
    this.#folders = folders;
    this.#panels = panels;
    this.#view = view;
  }

  async cancel(node?: JobNode): Promise<void> {
    const picked = await pickJob(this.#folders, node, ['processing', 'pending'], {
      placeHolder: vscode.l10n.t('Job to cancel'),
      none: vscode.l10n.t('No prompt is running or waiting.'),
    });
    await picked?.open.folder.queue.cancel(picked.job.id);
  }

  async runAgain(node?: JobNode): Promise<void> {
    const picked = await pickJob(this.#folders, node, ['failed', 'interrupted'], {
      placeHolder: vscode.l10n.t('Job to run again'),
      none: vscode.l10n.t('No prompt has failed.'),
      fits: ({ withheld }) => !withheld,
    });
    if (picked === undefined || !(await requireTrust())) return;
    const job = await this.#again(picked);
    await this.#show(picked.open, job);
  }

  /** All that have failed, or all that were interrupted: of the group chosen in the view, or of the window. */
  async runAllAgain(state: 'failed' | 'interrupted', node?: JobNode): Promise<void> {
    const opened = node === undefined ? this.#folders.opened : [node.open];
    const all = (await Promise.all(opened.map((open) => this.#shown(open, state)))).flat();
    if (all.length === 0) {
      const none =
        state === 'failed'
          ? vscode.l10n.t('No prompt has failed that can be run again.')
          : vscode.l10n.t('No prompt was interrupted that can be run again.');
      void vscode.window.showInformationMessage(none);
      return;
    }
    if (!(await requireTrust()) || !(await confirmed(all.length))) return;
    for (const one of all) await this.#again(one);
  }

  async moveToFront(node?: JobNode): Promise<void> {
    const picked = await this.#waiting(node);
    await picked?.open.folder.queue.moveToFront(picked.job.id);
  }

  async setPriority(node?: JobNode): Promise<void> {
    const picked = await this.#waiting(node);
    if (picked === undefined) return;
    const items = priorities.map((priority) => ({
      label: priorityName(priority),
      picked: priority === picked.job.priority,
      priority,
    }));
    const placeHolder = vscode.l10n.t('Priority of {0}', picked.job.template.name);
    const chosen = await vscode.window.showQuickPick(items, { placeHolder });
    if (chosen) await picked.open.folder.queue.setPriority(picked.job.id, chosen.priority);
  }

  /** Puts what has ended out of sight; it stays in Outputs. */
  async clearFinished(node?: JobNode): Promise<void> {
    const opened = node === undefined ? this.#folders.opened : [node.open];
    for (const open of opened) {
      const [oldest] = await open.folder.store.jobs.list(['pending', 'processing'], { limit: 1 });
      await this.#view.cleared(open).clear(Date.now(), oldest?.value.queuedAt);
    }
    this.#view.refresh(0);
  }

  async open(node: JobNode): Promise<void> {
    if (node.kind === 'job') await this.#show(node.open, node.job);
  }

  async copyError(node: JobNode): Promise<void> {
    if (node.kind !== 'job' || node.job.error === undefined) return;
    await vscode.env.clipboard.writeText(node.job.error.message);
  }

  #waiting(node: JobNode | undefined): Promise<JobItem | undefined> {
    return pickJob(this.#folders, node, ['pending'], {
      placeHolder: vscode.l10n.t('Waiting job'),
      none: vscode.l10n.t('No prompt is waiting.'),
    });
  }

  /** Its successor takes its place in the view. */
  async #again({ job, open }: JobItem): Promise<Job> {
    const successor = await open.folder.queue.runAgain(job.id);
    await this.#view.cleared(open).hide([job.id]);
    this.#view.refresh();
    return successor;
  }

  /** Oldest first, as they were queued. */
  async #shown(open: OpenFolder, state: JobState): Promise<JobItem[]> {
    const cleared = this.#view.cleared(open);
    const { jobs } = open.folder.store;
    const limit = jobs.count([state], cleared.since);
    const rows = await jobs.list([state], { limit, since: cleared.since });
    return rows.flatMap(({ value: job }) =>
      job.withheld || cleared.hides(job) ? [] : [{ open, job }],
    );
  }

  async #show(open: OpenFolder, job: Job): Promise<void> {
    (await this.#panels().outputs()).show(open.key, job.outputId);
  }
}

async function confirmed(count: number): Promise<boolean> {
  if (count <= unasked) return true;
  const run = vscode.l10n.t('Run Again');
  const question = vscode.l10n.t('Run {0} prompts again?', count);
  const detail = vscode.l10n.t('Each is sent to its provider once more, and costs what it costs.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, run)) === run;
}
