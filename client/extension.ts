import type * as vscode from 'vscode';
import { Folders } from './editor/folders.ts';
import { folderOpener, wakeFolders } from './editor/folderOpener.ts';
import { PromptLanguage } from './editor/languageClient.ts';
import { tellNames } from './editor/knownNames.ts';
import { ModelListings } from './editor/modelListings.ts';
import { createLog } from './editor/log.ts';
import { Redactor } from './providers/redact.ts';
import { describeErrorWith } from './views/describeError.ts';
import { PromptCodeLens } from './views/codeLens.ts';
import { registerCommands } from './views/commands.ts';
import { CredentialsView } from './views/credentialsView.ts';
import { Forecasts } from './views/forecasts.ts';
import { FailureNotices } from './views/failureNotices.ts';
import { JobsStatus } from './views/jobsStatus.ts';
import { JobsView } from './views/jobsView.ts';
import { LastContexts } from './views/lastContexts.ts';
import { NeighbourOffer } from './views/neighbourOffer.ts';
import { Panels } from './views/panels.ts';
import { panelDependencies } from './views/panelDependencies.ts';
import { ProviderStatus } from './views/providerStatus.ts';
import { QueuePause } from './views/queuePause.ts';
import { RunPrompt } from './views/runPrompt.ts';
import { UseAnswer } from './views/useAnswer.ts';

let atTheEnd: (() => Promise<unknown>) | undefined;

/** Builds every object once, in order. Loads no SDK, no database and no panel. */
export function activate(context: vscode.ExtensionContext): void {
  const redactor = new Redactor();
  const log = createLog(redactor);
  const describeError = describeErrorWith(redactor);
  const language = new PromptLanguage(context.asAbsolutePath('dist/server.cjs'), log);
  const folders = new Folders(folderOpener(context, log, redactor));
  const runPrompt = new RunPrompt(language, folders, () => panels);
  const queuePause = new QueuePause(folders);
  const { extensionUri, workspaceState } = context;
  const listings = new ModelListings(workspaceState);
  const jobsView = new JobsView(folders, workspaceState);
  const parts = { describeError, extensionUri, folders, language, runPrompt };
  const useAnswer = new UseAnswer();
  const panels: Panels = new Panels(
    panelDependencies({ ...parts, useAnswer, panels: () => panels }),
  );
  context.subscriptions.push(
    log,
    language,
    folders,
    queuePause,
    useAnswer,
    panels,
    panels.register(),
    new PromptCodeLens(new Forecasts(language, folders), folders),
    jobsView,
    new CredentialsView(folders),
    new JobsStatus(folders),
    new ProviderStatus(language),
    new FailureNotices(folders, log),
    new NeighbourOffer(language, workspaceState, log),
    listings,
    ...tellLanguage(language, folders, listings, log),
    registerCommands({ ...parts, jobsView, listings, log, panels, queuePause }),
    wakeFolders(context, folders, log),
  );
  atTheEnd = () => Promise.all([folders.closeAll(), language.stop()]);
  language.start().catch((error: unknown) => log.error(describeError(error)));
}

/** What the language server is told of the window. */
function tellLanguage(
  language: PromptLanguage,
  folders: Folders,
  listings: ModelListings,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  return [new LastContexts(language, folders, log), tellNames(language, folders, listings, log)];
}

/** VS Code may wait as little as 300 ms: whatever must not be lost is on disk long before. */
export async function deactivate(): Promise<void> {
  await atTheEnd?.();
}
