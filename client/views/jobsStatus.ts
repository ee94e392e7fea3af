import * as vscode from 'vscode';
import type { Folders } from '../editor/folders.ts';

/** Changes of this many milliseconds are shown together: a busy queue makes hundreds in a second. */
const burst = 100;

/** Status bar: running and waiting jobs, while there are any. A click shows the Jobs view. */
export class JobsStatus implements vscode.Disposable {
  readonly #folders: Folders;
  readonly #jobs = vscode.window.createStatusBarItem(
    'promptWorkbench.jobs',
    vscode.StatusBarAlignment.Left,
    1,
  );
  readonly #subscription: vscode.Disposable;
  #soon: NodeJS.Timeout | undefined;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#jobs.name = vscode.l10n.t('Prompt Jobs');
    this.#jobs.command = 'promptWorkbench.jobs.focus';
    this.#subscription = vscode.Disposable.from(
      folders.onDidChange(() => {
        this.#showJobs();
      }),
      folders.attach(({ folder }) =>
        folder.store.onDidChange((changes) => {
          if (changes.some(({ table }) => table === 'jobs')) this.#showSoon();
        }),
      ),
    );
    this.#showJobs();
  }

  dispose(): void {
    clearTimeout(this.#soon);
    this.#subscription.dispose();
    this.#jobs.dispose();
  }

  #showSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#showJobs();
    }, burst);
  }

  #showJobs(): void {
    let running = 0;
    let waiting = 0;
    for (const { folder } of this.#folders.opened) {
      running += folder.store.jobs.count(['processing']);
      waiting += folder.store.jobs.count(['pending']);
    }
    if (running + waiting === 0) {
      this.#jobs.hide();
      return;
    }
    const parts = [
      running > 0 ? `$(sync~spin) ${vscode.l10n.t('{0} running', running)}` : '$(clock)',
      waiting > 0 ? vscode.l10n.t('{0} waiting', waiting) : '',
    ];
    this.#jobs.text = parts.filter(Boolean).join(' ');
    this.#jobs.tooltip = vscode.l10n.t('Show prompt jobs');
    this.#jobs.show();
  }
}
