import {
  type CodeLens,
  type CodeLensParams,
  type Connection,
  type Disposable,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { FolderIndex } from '../folderIndex.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { Feature } from './feature.ts';
import { partialCalls } from './occurrences.ts';

/** Commands that a client may run with the URI of a template, and how they are called above it. */
const runnable = [
  { command: 'promptWorkbench.run', title: 'Run' },
  { command: 'promptWorkbench.preview', title: 'Preview' },
] as const;

/**
 * Above the first line: the commands the client says it has (`commands` of its initialization options), then what is
 * to know of the template. An editor that shows its own commands there names none.
 */
export class CodeLensFeature implements Feature {
  readonly capabilities = { codeLensProvider: { resolveProvider: false } };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onCodeLens(
      this.#safely.later('codeLens', [], async ({ textDocument: { uri } }: CodeLensParams) => {
        await this.#index.scanned(uri);
        const document = this.#documents.get(uri);
        return document === undefined ? [] : this.#lenses(document);
      }),
    );
  }

  #lenses(document: OpenDocument): CodeLens[] {
    const top = { line: 0, character: 0 };
    const range = { start: top, end: top };
    const { uri } = document;
    const commands = runnable
      .filter(({ command }) => this.#client.commands.includes(command))
      .map((command) => ({ range, command: { ...command, arguments: [uri] } }));
    // Without the name of a command it is a text to read.
    const facts = factsOf(document, this.#index.folderOf(uri)).map((title) => ({
      range,
      command: { title, command: '' },
    }));
    return [...commands, ...facts];
  }
}

function factsOf({ analysis, uri }: OpenDocument, folder: FolderIndex): string[] {
  const { frontMatter, problems, slug } = analysis;
  const declared = frontMatter?.variables.length ?? 0;
  const wrong = problems.filter(({ severity }) => severity === 'error').length;
  const callers = [...folder.all()].filter(
    (other) => other.uri !== uri && partialCalls(other.analysis, slug).length > 0,
  ).length;
  return [
    counted(declared, 'variable'),
    counted(wrong, 'error'),
    callers === 0 ? '' : `used by ${counted(callers, 'prompt')}`,
  ].filter((fact) => fact !== '');
}

/** Nothing for none. */
function counted(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}
