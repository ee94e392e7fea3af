import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';
import { configuration } from '../editor/configuration.ts';
import type { Folders } from '../editor/folders.ts';

/** Status bar: running and waiting jobs (click: the Jobs view), and which provider the prompt in front runs with. */
export class StatusBar implements vscode.Disposable {
  readonly #folders: Folders;
  readonly #jobs = vscode.window.createStatusBarItem(
    'promptWorkbench.jobs',
    vscode.StatusBarAlignment.Left,
    1,
  );
  readonly #provider = vscode.window.createStatusBarItem(
    'promptWorkbench.provider',
    vscode.StatusBarAlignment.Right,
    90,
  );
  readonly #subscription: vscode.Disposable;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#jobs.name = vscode.l10n.t('Prompt Jobs');
    this.#jobs.command = 'promptWorkbench.jobs.focus';
    this.#provider.name = vscode.l10n.t('Prompt Provider');
    this.#provider.command = 'promptWorkbench.selectProvider';
    this.#subscription = vscode.Disposable.from(
      folders.onDidChange(() => {
        this.#showJobs();
      }),
      folders.attach(({ folder }) =>
        folder.store.onDidChange(() => {
          this.#showJobs();
        }),
      ),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#showProvider();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('promptWorkbench.provider')) this.#showProvider();
      }),
    );
    this.#showJobs();
    this.#showProvider();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#jobs.dispose();
    this.#provider.dispose();
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

  #showProvider(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== languageId) {
      this.#provider.hide();
      return;
    }
    const slug = configuration(document.uri).provider;
    this.#provider.text =
      slug === 'echo'
        ? `$(debug-disconnect) ${vscode.l10n.t('Echo (offline)')}`
        : `$(server-environment) ${slug ?? vscode.l10n.t('Automatic')}`;
    this.#provider.tooltip = vscode.l10n.t(
      'Provider for prompts that name none. Click to choose another.',
    );
    this.#provider.show();
  }
}
