import * as vscode from 'vscode';
import type { Folders } from '../editor/folders.ts';
import type { PromptLanguage } from '../editor/languageClient.ts';
import type { OutputsDependencies } from '../panels/outputsPanel.ts';
import type { PreviewDependencies } from '../panels/previewPanel.ts';
import type { ContextStore } from '../panels/rememberedValues.ts';
import type { RunFormDependencies } from '../panels/runFormPanel.ts';
import type { DescribeError } from './describeError.ts';
import { actOnError } from './errorHelp.ts';
import { deleteOutput } from './history/deleteHistory.ts';
import type { Panels } from './panels.ts';
import type { RunPrompt } from './runPrompt.ts';
import type { UseAnswer } from './useAnswer.ts';
import { openByKey, workspaceFolder } from './windowFolders.ts';

interface Parts {
  readonly extensionUri: vscode.Uri;
  readonly describeError: DescribeError;
  readonly folders: Folders;
  readonly language: PromptLanguage;
  readonly runPrompt: RunPrompt;
  readonly useAnswer: UseAnswer;
  readonly panels: () => Panels;
}

/** What the panels need of the window, gathered from the parts that have it. */
export function panelDependencies(parts: Parts): {
  readonly outputs: OutputsDependencies;
  readonly preview: PreviewDependencies;
  readonly runForm: RunFormDependencies;
} {
  const { describeError, extensionUri, folders, language, runPrompt } = parts;
  const shared = {
    extensionUri,
    describeError,
    describe: (uri: vscode.Uri) => language.describe(uri),
    openStore: (uri: vscode.Uri) => contextStore(folders, uri),
  };
  return {
    outputs: outputsDependencies(parts),
    preview: {
      ...shared,
      render: (uri, context, sources) =>
        language.render(uri, context, { sources: sources === true }),
      run: (uri, values) => runPrompt.run(uri, values),
    },
    runForm: {
      ...shared,
      target: (uri) => runPrompt.target(uri),
      run: (uri, values) => runPrompt.enqueue(uri, values),
    },
  };
}

/** What tells one Outputs tab from another; `undefined` where there is only one. */
function folderName(key: string): string | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (key === '') return folders.length > 0 ? vscode.l10n.t('files outside a folder') : undefined;
  return folders.length > 1 ? workspaceFolder(key)?.name : undefined;
}

function outputsDependencies(parts: Parts): OutputsDependencies {
  const { describeError, extensionUri, folders, panels, useAnswer } = parts;
  return {
    extensionUri,
    describeError,
    openFolder: async (key) => (await openByKey(folders, key)).folder,
    folderName,
    user: async (key) => (await openByKey(folders, key)).folder.user,
    act: async (key, action, { output, error }) => {
      const { credential, provider, template } = output;
      const about = { error, provider, template, ...(credential && { credential }) };
      await actOnError(await openByKey(folders, key), action, about);
    },
    openTemplate: async ({ uri }) => {
      await vscode.window.showTextDocument(vscode.Uri.parse(uri));
    },
    use: (key, how, output, text) => useAnswer.use(how, key, output, text),
    regenerate: async ({ uri }, context) => {
      (await panels().runForm()).show(vscode.Uri.parse(uri), context);
    },
    remove: deleteOutput,
    runPrompt: async () => {
      await vscode.commands.executeCommand('promptWorkbench.run');
    },
  };
}

/** In an untrusted workspace nothing is read from the history and nothing is kept; the preview works all the same. */
async function contextStore(folders: Folders, uri: vscode.Uri): Promise<ContextStore> {
  if (vscode.workspace.isTrusted) return (await folders.forDocument(uri)).folder.store;
  return {
    contexts: { get: () => Promise.resolve(undefined) },
    put: (ops) => Promise.resolve(ops.map(() => true)),
  };
}
