import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { Job } from '../model.ts';
import { Cleared, type Remembering } from './jobs/cleared.ts';
import { folderItem, groupItem, moreItem } from './jobs/groupItem.ts';
import { type Group, groupsOf, type GroupSource, jobsOf } from './jobs/groups.ts';
import { jobItem, jobTooltip } from './jobs/jobItem.ts';

/** A line of the Jobs view. */
export type JobNode =
  | { readonly kind: 'folder'; readonly open: OpenFolder }
  | { readonly kind: 'group'; readonly open: OpenFolder; readonly group: Group }
  /** With as many as the group has besides those that are shown. */
  | { readonly kind: 'more'; readonly open: OpenFolder; readonly group: Group }
  | { readonly kind: 'job'; readonly open: OpenFolder; readonly job: Job };

/** A burst of changes is shown at once, a stream of tokens now and then, seconds as they pass. */
const burst = 100;
const tick = 1_000;

/** The Jobs view: what runs, what waits and why, what failed, what is done. */
export class JobsView implements vscode.TreeDataProvider<JobNode>, vscode.Disposable {
  readonly #folders: Folders;
  readonly #memory: Remembering;
  readonly #changed = new vscode.EventEmitter<JobNode[] | undefined>();
  readonly #view: vscode.TreeView<JobNode>;
  readonly #subscription: vscode.Disposable;
  /** Lines that say how long something has been running. */
  #running: JobNode[] = [];
  #refresh: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(folders: Folders, memory: Remembering) {
    this.#folders = folders;
    this.#memory = memory;
    this.#view = vscode.window.createTreeView('promptWorkbench.jobs', { treeDataProvider: this });
    this.#subscription = vscode.Disposable.from(
      folders.onDidChange(() => {
        this.refresh(0);
      }),
      this.#view.onDidChangeVisibility(() => {
        this.#keepTime();
      }),
      folders.attach(({ folder }) =>
        vscode.Disposable.from(
          folder.store.onDidChange((changes) => {
            if (changes.some(({ table }) => table === 'jobs')) this.refresh();
          }),
          folder.store.onDidChangeTrouble(() => {
            this.refresh();
          }),
          folder.queue.onDidChange(() => {
            this.refresh();
          }),
        ),
      ),
    );
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    clearInterval(this.#tick);
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** What a person has put out of sight in a folder. */
  cleared(open: OpenFolder): Cleared {
    return new Cleared(this.#memory, open.key);
  }

  async getChildren(node?: JobNode): Promise<JobNode[]> {
    if (node === undefined) return this.#roots();
    if (node.kind === 'folder') return this.#groups(node.open);
    return node.kind === 'group' ? this.#jobs(node.open, node.group) : [];
  }

  getTreeItem(node: JobNode): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node.open);
      case 'group':
        return groupItem(node.open, node.group);
      case 'more':
        return moreItem(node.open, node.group);
      case 'job':
        return jobItem(node.open, node.job, Date.now());
    }
  }

  async resolveTreeItem(item: vscode.TreeItem, node: JobNode): Promise<vscode.TreeItem> {
    if (node.kind === 'job') item.tooltip = await jobTooltip(node.open, node.job);
    return item;
  }

  /** Redraws once after a burst. */
  refresh(ms = burst): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#changed.fire(undefined);
      this.#badge();
    }, ms);
  }

  async #roots(): Promise<JobNode[]> {
    const opened = this.#folders.opened;
    this.#running = [];
    if (opened.length === 1) return this.#groups(opened[0]!);
    const busy = await Promise.all(
      opened.map(async (open) => ((await this.#groups(open)).length > 0 ? [open] : [])),
    );
    return busy.flat().map((open) => ({ kind: 'folder', open }));
  }

  async #groups(open: OpenFolder): Promise<JobNode[]> {
    const groups = await groupsOf(this.#source(open));
    return groups.map((group) => ({ kind: 'group', open, group }));
  }

  async #jobs(open: OpenFolder, group: Group): Promise<JobNode[]> {
    const jobs = await jobsOf(this.#source(open), group.name);
    const nodes = jobs.map((job): JobNode => ({ kind: 'job', open, job }));
    if (group.name === 'running') {
      this.#running = [...this.#running, ...nodes];
      this.#keepTime();
    }
    const count = group.count - jobs.length;
    return count > 0 ? [...nodes, { kind: 'more', open, group: { ...group, count } }] : nodes;
  }

  #source(open: OpenFolder): GroupSource {
    const { queue, store } = open.folder;
    return { queue, store, cleared: this.cleared(open), now: Date.now };
  }

  /** Seconds and tokens move on, as long as somebody sees them. */
  #keepTime(): void {
    const needed = this.#view.visible && this.#running.length > 0;
    if (needed) {
      this.#tick ??= setInterval(() => {
        if (this.#running.length === 0) this.#keepTime();
        else this.#changed.fire(this.#running);
      }, tick);
    } else {
      clearInterval(this.#tick);
      this.#tick = undefined;
    }
  }

  #badge(): void {
    let busy = 0;
    for (const { folder } of this.#folders.opened) {
      busy += folder.store.jobs.count(['pending', 'processing']);
    }
    this.#view.badge =
      busy === 0
        ? undefined
        : { value: busy, tooltip: vscode.l10n.t('{0} prompts running or waiting', busy) };
  }
}
