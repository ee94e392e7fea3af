import * as vscode from 'vscode';
import type { Folders } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import { CredentialCommands } from './credentialCommands.ts';
import type { DescribeError } from './describeError.ts';
import { JobCommands } from './jobCommands.ts';
import { addSamples, newPrompt } from './newPrompt.ts';
import type { Panels } from './panels.ts';
import { pickTemplate } from './pickTemplate.ts';
import type { RunPrompt } from './runPrompt.ts';
import { selectProvider, useOffline } from './selectProvider.ts';
import { folderInFront } from './windowFolders.ts';

export interface CommandDependencies {
  readonly extensionUri: vscode.Uri;
  readonly folders: Folders;
  readonly language: PromptLanguage;
  readonly log: vscode.LogOutputChannel;
  readonly panels: Panels;
  readonly runPrompt: RunPrompt;
  readonly describeError: DescribeError;
}

/** Every command of the extension, each with the same plan for faults: told, logged, nothing swallowed. */
export function registerCommands(dependencies: CommandDependencies): vscode.Disposable {
  const { extensionUri, folders, language, log, panels, runPrompt } = dependencies;
  const credentials = new CredentialCommands(folders, dependencies.describeError);
  const jobs = new JobCommands(folders, () => panels);
  // Arguments come from menus, trees and CodeLens; each handler knows the shape of its own.
  // oxlint-disable-next-line typescript/no-explicit-any
  const handlers: Record<string, (argument?: any) => unknown> = {
    run: (uri) => runPrompt.run(asUri(uri)),
    preview: (uri) => openPreview(panels, asUri(uri)),
    showOutputs: (uri) => openOutputs(folders, panels, asUri(uri)),
    newPrompt,
    addSamples: () => addSamples(extensionUri),
    selectProvider: (argument) => selectProvider(asPlace(argument)),
    useOffline: (argument) => useOffline(asPlace(argument)),
    addCredential: (argument) => credentials.add(argument),
    manageCredentials: () => credentials.manage(),
    editCredential: (argument) => credentials.edit(argument),
    replaceKey: (argument) => credentials.replaceKey(argument),
    setDefaultCredential: (argument) => credentials.setDefault(argument),
    deleteCredential: (argument) => credentials.remove(argument),
    chooseModel: (argument) => credentials.chooseModel(argument),
    cancelJob: (node) => jobs.cancel(node),
    retryJob: (node) => jobs.runAgain(node),
    copyJobError: (node) => jobs.copyError(node),
    openJob: (node) => jobs.open(node),
    pauseQueue: () => jobs.setPaused(true),
    resumeQueue: () => jobs.setPaused(false),
    showLog: () => {
      log.show();
    },
    restartServer: () => language.restart(),
    showHistoryFolder: () => showHistoryFolder(folders),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(`promptWorkbench.${name}`, async (argument: unknown) => {
        try {
          await handler(argument);
        } catch (error) {
          await tell(dependencies, error);
        }
      }),
    ),
  );
}

async function tell({ describeError, log }: CommandDependencies, error: unknown): Promise<void> {
  const text = describeError(error);
  log.error(error instanceof Error ? error : text);
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
}

/** Menus hand over a URI; the palette and keys nothing. */
function asUri(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

/** Error buttons say which folder is meant; menus hand over other things. */
function asPlace(argument: unknown): { readonly folder: string } | undefined {
  const { folder } = (argument ?? {}) as { readonly folder?: unknown };
  return typeof folder === 'string' ? { folder } : undefined;
}

async function openPreview(panels: Panels, uri: vscode.Uri | undefined): Promise<void> {
  const template = uri ?? (await pickTemplate());
  if (template) (await panels.preview()).show(template);
}

async function openOutputs(
  folders: Folders,
  panels: Panels,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const workspaceFolder = uri ? vscode.workspace.getWorkspaceFolder(uri) : await folderInFront();
  const { key } = await folders.for(workspaceFolder);
  (await panels.outputs()).show(key);
}

async function showHistoryFolder(folders: Folders): Promise<void> {
  const { folder } = await folders.for(await folderInFront());
  await vscode.env.clipboard.writeText(folder.store.directory);
  await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder.store.directory));
}
