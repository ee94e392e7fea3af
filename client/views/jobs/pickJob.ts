import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../../editor/folders.ts';
import type { Job, JobState } from '../../model.ts';
import type { JobNode } from '../jobsView.ts';

export interface JobItem {
  readonly open: OpenFolder;
  readonly job: Job;
}

export interface JobQuestion {
  readonly placeHolder: string;
  /** Said when there is none. */
  readonly none: string;
  readonly fits?: (job: Job) => boolean;
}

/** The job of a line, or one a person chooses; the only one there is needs no choice. */
export async function pickJob(
  folders: Folders,
  node: JobNode | undefined,
  states: readonly JobState[],
  { fits = () => true, none, placeHolder }: JobQuestion,
): Promise<JobItem | undefined> {
  if (node?.kind === 'job') return node;
  const lists = await Promise.all(
    folders.opened.map(async (open) =>
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

function itemOf(open: OpenFolder, job: Job): JobItem & vscode.QuickPickItem {
  return {
    label: job.template.name,
    description: job.request.model,
    detail: new Date(job.queuedAt).toLocaleString(vscode.env.language),
    open,
    job,
  };
}
