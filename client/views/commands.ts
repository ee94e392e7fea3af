import * as vscode from 'vscode';
import { languageId } from '../../server/protocol.ts';
import type { Folders, OpenFolder } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import type { ModelListings } from '../editor/modelListings.ts';
import { CredentialCommands } from './credentialCommands.ts';
import type { DescribeError } from './describeError.ts';
import { exportPrompt } from './exportPrompt.ts';
import { generateSample } from './generateSample.ts';
import { historyCommands } from './history/historyCommands.ts';
import { importPrompts } from './importPrompt.ts';
import { JobCommands } from './jobCommands.ts';
import { addSamples, newPrompt } from './newPrompt.ts';
import type { JobsView } from './jobsView.ts';
import type { Panels } from './panels.ts';
import { pickTemplate } from './pickTemplate.ts';
import type { QueuePause } from './queuePause.ts';
import type { RunPrompt } from './runPrompt.ts';
import { selectProvider, useOffline } from './selectProvider.ts';
import { folderInFront, openByKey } from './windowFolders.ts';

export interface CommandDependencies {
  readonly extensionUri: vscode.Uri;
  readonly folders: Folders;
  readonly jobsView: JobsView;
  readonly language: PromptLanguage;
  readonly listings: ModelListings;
  readonly log: vscode.LogOutputChannel;
  readonly panels: Panels;
  readonly queuePause: QueuePause;
  readonly runPrompt: RunPrompt;
  readonly describeError: DescribeError;
}

/** Every command of the extension, each with the same plan for faults: told, logged, nothing swallowed. */
export function registerCommands(dependencies: CommandDependencies): vscode.Disposable {
  const { extensionUri, folders, language, log, panels, queuePause, runPrompt } = dependencies;
  const { describeError, listings } = dependencies;
  const credentials = new CredentialCommands(folders, listings, describeError);
  const jobs = new JobCommands(folders, () => panels, dependencies.jobsView);
  // Arguments come from menus, trees and CodeLens; each handler knows the shape of its own.
  // oxlint-disable-next-line typescript/no-explicit-any
  const handlers: Record<string, (argument?: any) => unknown> = {
    run: (uri) => runPrompt.run(asUri(uri)),
    preview: (uri) => openPreview(panels, asUri(uri)),
    showOutputs: (argument) => openOutputs(folders, panels, argument),
    newPrompt,
    addSamples: () => addSamples(extensionUri),
    ...templateCommands(language),
    selectProvider: (argument) => selectProvider(asPlace(argument)),
    useOffline: (argument) => useOffline(asPlace(argument)),
    addCredential: (argument) => credentials.add(argument),
    manageCredentials: () => credentials.manage(),
    editCredential: (argument) => credentials.edit(argument),
    replaceKey: (argument) => credentials.replaceKey(argument),
    setDefaultCredential: (argument) => credentials.setDefault(argument),
    deleteCredential: (argument) => credentials.remove(argument),
    setRateLimits: (argument) => credentials.setRateLimits(argument),
    chooseModel: (argument) => credentials.chooseModel(argument),
    ...jobCommands(jobs),
    pauseQueue: () => queuePause.set(true),
    resumeQueue: () => queuePause.set(false),
    showLog: () => {
      log.show();
    },
    restartServer: () => language.restart(),
    ...historyCommands((argument) => openMeant(folders, argument)),
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

/** What is done in the Jobs view, whose lines they are given; from the palette they get nothing. */
// oxlint-disable-next-line typescript/no-explicit-any
function jobCommands(jobs: JobCommands): Record<string, (node?: any) => Promise<void>> {
  return {
    cancelJob: (node) => jobs.cancel(node),
    retryJob: (node) => jobs.runAgain(node),
    retryFailedJobs: (node) => jobs.runAllAgain('failed', node),
    runInterruptedAgain: (node) => jobs.runAllAgain('interrupted', node),
    moveJobToFront: (node) => jobs.moveToFront(node),
    setJobPriority: (node) => jobs.setPriority(node),
    clearFinishedJobs: (node) => jobs.clearFinished(node),
    copyJobError: (node) => jobs.copyError(node),
    openJob: (node) => jobs.open(node),
  };
}

/** What is done with a template besides running it. */
function templateCommands(language: PromptLanguage): Record<string, (uri?: unknown) => unknown> {
  return {
    importPrompts: (uri) => importPrompts(language, asUri(uri)),
    exportPrompt: (uri) => exportPrompt(language, asUri(uri)),
    generateSample: (uri) => generateSample(language, asUri(uri)),
  };
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

/** @param argument a template of the folder, a folder said by key, or nothing: the one in front. */
async function openOutputs(folders: Folders, panels: Panels, argument: unknown): Promise<void> {
  const open = await openMeant(folders, argument);
  if (open) (await panels.outputs()).show(open.key);
}

/** `undefined` when the person was asked for a folder and gave up. */
async function openMeant(folders: Folders, argument: unknown): Promise<OpenFolder | undefined> {
  const place = asPlace(argument);
  if (place) return openByKey(folders, place.folder);
  const document = asUri(argument) ?? documentOutsideFolders();
  if (document) return folders.forDocument(document);
  const outside = vscode.workspace.workspaceFolders?.length ? undefined : folders.byKey('');
  if (outside) return outside;
  const folder = await folderInFront();
  return folder && folders.for(folder);
}

/** A prompt in front that lies in no folder has a history too. */
function documentOutsideFolders(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== languageId) return undefined;
  return vscode.workspace.getWorkspaceFolder(document.uri) ? undefined : document.uri;
}
