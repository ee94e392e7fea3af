import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import { tokensOf } from '../jobs/tokens.ts';
import type { Job } from '../model.ts';

/** A line of the Jobs view. */
export type JobNode =
  | { readonly kind: 'folder'; readonly open: OpenFolder }
  | { readonly kind: 'job'; readonly open: OpenFolder; readonly job: Job };

const shownStates = ['processing', 'pending', 'failed', 'interrupted'] as const;
const stateOrder = new Map<string, number>(shownStates.map((state, index) => [state, index]));
/** More failed jobs than this are in Outputs, where they can be searched. */
const mostEnded = 50;

/** The Jobs view: what runs, what waits and why, what failed. */
export class JobsView implements vscode.TreeDataProvider<JobNode>, vscode.Disposable {
  readonly #folders: Folders;
  readonly #changed = new vscode.EventEmitter<JobNode | undefined>();
  readonly #view: vscode.TreeView<JobNode>;
  readonly #subscription: vscode.Disposable;
  #refresh: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#view = vscode.window.createTreeView('promptWorkbench.jobs', { treeDataProvider: this });
    this.#subscription = vscode.Disposable.from(
      folders.onDidChange(() => {
        this.#soon(0);
      }),
      folders.attach(({ folder }) =>
        vscode.Disposable.from(
          folder.store.onDidChange((changes) => {
            if (changes.some(({ table }) => table === 'jobs')) this.#soon(50);
          }),
          folder.queue.onDidChange(() => {
            this.#soon(50);
          }),
          folder.queue.onText(() => {
            this.#soon(500);
          }),
        ),
      ),
    );
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async getChildren(node?: JobNode): Promise<JobNode[]> {
    const opened = this.#folders.opened;
    if (node?.kind === 'folder') return jobsOf(node.open);
    if (node !== undefined) return [];
    if (opened.length === 1) return jobsOf(opened[0]!);
    const busy = await Promise.all(
      opened.map(async (open) => ((await jobsOf(open)).length > 0 ? [open] : [])),
    );
    return busy.flat().map((open) => ({ kind: 'folder', open }));
  }

  getTreeItem(node: JobNode): vscode.TreeItem {
    if (node.kind === 'folder') {
      const item = new vscode.TreeItem(
        node.open.workspaceFolder?.name ?? vscode.l10n.t('Files outside a folder'),
        vscode.TreeItemCollapsibleState.Expanded,
      );
      item.iconPath = vscode.ThemeIcon.Folder;
      return item;
    }
    return jobItem(node.open, node.job);
  }

  /** Redraws once after a burst: a stream of tokens must not redraw the tree per token. */
  #soon(ms: number): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#changed.fire(undefined);
      this.#badge();
    }, ms);
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

async function jobsOf(open: OpenFolder): Promise<JobNode[]> {
  const { jobs } = open.folder.store;
  const [busy, ended] = await Promise.all([
    jobs.list(['processing', 'pending'], { limit: 500 }),
    jobs.list(['failed', 'interrupted'], { limit: mostEnded, newestFirst: true }),
  ]);
  return [...busy, ...ended]
    .map(({ value }) => value)
    .sort((a, b) => (stateOrder.get(a.state) ?? 9) - (stateOrder.get(b.state) ?? 9))
    .map((job) => ({ kind: 'job', open, job }));
}

function jobItem(open: OpenFolder, job: Job): vscode.TreeItem {
  const item = new vscode.TreeItem(job.template.name);
  item.id = `${open.key}#${job.id}`;
  item.contextValue = `job.${job.state}${job.withheld ? '.withheld' : ''}`;
  item.iconPath = icon(job);
  item.description = description(open, job);
  item.tooltip = tooltip(open, job);
  item.accessibilityInformation = { label: `${job.template.name}, ${item.description}` };
  item.command = {
    command: 'promptWorkbench.openJob',
    title: vscode.l10n.t('Open Output'),
    arguments: [{ kind: 'job', open, job } satisfies JobNode],
  };
  return item;
}

function icon(job: Job): vscode.ThemeIcon {
  switch (job.state) {
    case 'processing':
      return new vscode.ThemeIcon('sync~spin');
    case 'pending':
      return new vscode.ThemeIcon(job.attempts.length > 0 ? 'history' : 'clock');
    case 'interrupted':
      return new vscode.ThemeIcon(
        'debug-disconnect',
        new vscode.ThemeColor('list.warningForeground'),
      );
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'completed':
    case 'cancelled':
      return new vscode.ThemeIcon('check');
  }
}

function description(open: OpenFolder, job: Job): string {
  const model = job.request.model;
  if (job.state === 'processing') {
    const text = open.folder.queue.liveText(job.outputId) ?? '';
    const tokens = tokensOf(text);
    return tokens > 0 ? vscode.l10n.t('{0} · ≈ {1} tokens', model, tokens) : model;
  }
  if (job.state === 'pending') {
    const waiting = open.folder.queue.waiting(job);
    return [model, waiting?.reason, waiting?.until && until(waiting.until)]
      .filter(Boolean)
      .join(' · ');
  }
  return [model, job.error?.message].filter(Boolean).join(' · ');
}

function until(at: number): string {
  return vscode.l10n.t('until {0}', new Date(at).toLocaleTimeString());
}

function tooltip(open: OpenFolder, job: Job): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.appendText(`${job.template.name}\n`);
  text.appendText(`${job.request.provider} · ${job.request.model} · ${job.priority}\n`);
  text.appendText(vscode.l10n.t('Queued {0}', new Date(job.queuedAt).toLocaleString()));
  const reason = job.error?.message ?? open.folder.queue.waiting(job)?.reason;
  if (reason) text.appendText(`\n${reason}`);
  return text;
}
