import * as vscode from 'vscode';
import type { Credential } from '../model.ts';
import { catalogue } from '../providers/catalogue.ts';
import type { Folders, OpenFolder } from './folders.ts';
import type { PromptLanguage } from './languageClient.ts';
import type { ModelListings } from './modelListings.ts';
import { namesToTell } from './namesToTell.ts';

/** Keeps the language server told of the providers, models and credentials of each folder. Opens no folder. */
export function tellNames(
  language: PromptLanguage,
  folders: Folders,
  listings: ModelListings,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const listed = (credential: string): readonly string[] => listings.of(credential);
  const tell = (uri: vscode.Uri | undefined, credentials: readonly Credential[]): void => {
    language.tellNames(uri, namesToTell(Object.values(catalogue), credentials, listed));
  };
  const tellOf = ({ folder, workspaceFolder }: OpenFolder): void => {
    folder.credentials
      .list()
      .then((credentials) => {
        tell(workspaceFolder?.uri, credentials);
      })
      .catch((error: unknown) => {
        log.error(error instanceof Error ? error : String(error));
      });
  };
  const tellAll = (): void => {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) tell(uri, []);
    tell(undefined, []);
    folders.opened.forEach(tellOf);
  };
  return vscode.Disposable.from(
    language.onDidStart(tellAll),
    vscode.workspace.onDidChangeWorkspaceFolders(tellAll),
    listings.onDidChange(() => {
      folders.opened.forEach(tellOf);
    }),
    folders.attach((open) => {
      tellOf(open);
      return open.folder.store.onDidChange((changes) => {
        if (changes.some(({ table }) => table === 'credentials')) tellOf(open);
      });
    }),
  );
}
