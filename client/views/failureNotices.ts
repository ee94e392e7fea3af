import * as vscode from 'vscode';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import { systemClock } from '../providers/clock.ts';
import type { StoreError } from '../store/store.ts';
import { type Button, showTrouble, type Trouble } from './errorHelp.ts';
import { asFailed, type FailedJob, FailureGathering } from './failureGathering.ts';
import type { JobNode } from './jobsView.ts';

/** Tells of what needs a person: jobs of this window that failed or were interrupted, a store that cannot write. */
export class FailureNotices implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #told = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(folders: Folders, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscription = folders.attach((open) => this.#follow(open));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #follow(open: OpenFolder): vscode.Disposable {
    const { store } = open.folder;
    const gathering = new FailureGathering(systemClock, (jobs) =>
      tellOfJobs(open, jobs).catch(this.#note),
    );
    const tell = (trouble: StoreError | undefined): void => {
      tellOfStore(open, trouble).catch(this.#note);
    };
    tell(store.trouble);
    return vscode.Disposable.from(
      store.onDidChangeTrouble(tell),
      store.onDidChange((changes) => {
        for (const { foreign, id, table } of changes) {
          if (table !== 'jobs' || foreign || this.#told.has(id)) continue;
          this.#look(open, id, gathering).catch(this.#note);
        }
      }),
    );
  }

  async #look({ folder }: OpenFolder, id: string, gathering: FailureGathering): Promise<void> {
    const job = asFailed((await folder.store.jobs.get(id))?.value);
    if (job === undefined || this.#told.has(id)) return;
    this.#told.add(id);
    gathering.add(job);
  }

  /** What cannot even be told is in the log; the job itself shows in Jobs and Outputs. */
  readonly #note = (error: unknown): void => {
    this.#log.error(error instanceof Error ? error : String(error));
  };
}

async function tellOfJobs(open: OpenFolder, jobs: readonly FailedJob[]): Promise<void> {
  const last = jobs.at(-1);
  if (last === undefined) return;
  const { credential, provider } = last.request;
  const about = { error: last.error, provider, ...(credential && { credential }) };
  if (jobs.length === 1) {
    const trouble: Trouble = { ...about, job: last, template: last.template };
    await showTrouble(open, trouble, [
      button(vscode.l10n.t('Show Output'), 'promptWorkbench.openJob', {
        kind: 'job',
        open,
        job: last,
      } satisfies JobNode),
    ]);
    return;
  }
  const message =
    last.state === 'interrupted'
      ? vscode.l10n.t(
          '{0} prompts were interrupted. The last: {1}',
          jobs.length,
          last.error.message,
        )
      : vscode.l10n.t('{0} prompts failed. The last: {1}', jobs.length, last.error.message);
  await showTrouble(open, { ...about, message }, [
    button(vscode.l10n.t('Show Jobs'), 'promptWorkbench.jobs.focus'),
  ]);
}

/** The store cannot write: where it lies is where a person can mend it. */
async function tellOfStore(open: OpenFolder, trouble: StoreError | undefined): Promise<void> {
  if (trouble === undefined) return;
  const buttons = [
    button(vscode.l10n.t('Show History Folder'), 'promptWorkbench.showHistoryFolder', {
      folder: open.key,
    }),
    button(vscode.l10n.t('Show Log'), 'promptWorkbench.showLog'),
  ];
  const labels = buttons.map(({ label }) => label);
  const answer = await vscode.window.showErrorMessage(trouble.message, ...labels);
  await buttons.find(({ label }) => label === answer)?.press();
}

function button(label: string, command: string, argument?: unknown): Button {
  return { label, press: () => vscode.commands.executeCommand(command, argument) };
}
