import {
  type Connection,
  type Disposable,
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { FolderIndex } from '../folderIndex.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { type Feature, disposeAll, rangeOf } from './feature.ts';
import { nameOfOpening } from './occurrences.ts';
import { renameEdits, renameOfFile } from './renameEdits.ts';
import { isRenamable, nameOf, refused, type Renamable, unrenamable } from './renameRefusals.ts';
import { type Target, targetAt } from './targets.ts';
import { workspaceEdit } from './workspaceEdits.ts';

interface Found {
  readonly target: Renamable;
  readonly document: OpenDocument;
  readonly folder: FolderIndex;
}

export class RenameFeature implements Feature {
  readonly capabilities = { renameProvider: { prepareProvider: true } };
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
    return disposeAll(
      connection.onPrepareRename(
        this.#safely.first<PrepareRenameParams, PrepareRenameResult | null>(
          'prepareRename',
          null,
          (params) => this.#prepare(params) ?? null,
        ),
      ),
      connection.onRenameRequest(
        this.#safely.orReject('rename', async (params: RenameParams) => {
          await this.#index.scanned(params.textDocument.uri);
          return this.#rename(params);
        }),
      ),
    );
  }

  #prepare(params: PrepareRenameParams): PrepareRenameResult | undefined {
    const found = this.#target(params);
    if (found === undefined) return undefined;
    const { document, target } = found;
    const range = rangeOf(document.textDocument, target.span);
    return { range, placeholder: nameOf(target) };
  }

  #rename(params: RenameParams): WorkspaceEdit | null {
    const found = this.#target(params);
    if (found === undefined) throw refusal('There is nothing here that has a name.');
    const { target, document, folder } = found;
    const name = params.newName.trim();
    const problem = refused(target, name, document, folder);
    if (problem !== undefined) throw refusal(problem);
    const moved = this.#client.renamesFiles ? renameOfFile(target, name, folder) : undefined;
    const edits = renameEdits(target, name, document, folder, moved);
    return workspaceEdit({ edits, renames: moved }, this.#documents, this.#client);
  }

  /** `undefined` where there is nothing; what is there and keeps its name is refused with the reason. */
  #target({ textDocument: { uri }, position }: TextDocumentPositionParams): Found | undefined {
    const document = this.#documents.get(uri);
    const offset = document?.textDocument.offsetAt(position) ?? 0;
    const target = document && named(document.analysis, offset);
    if (document === undefined || target === undefined) return undefined;
    const folder = this.#index.folderOf(uri);
    if (isRenamable(target, folder)) return { target, document, folder };
    throw refusal(unrenamable(target, folder) ?? '');
  }
}

/** A closing tag repeats the name of what it closes. */
function named(analysis: Analysis, offset: number): Target | undefined {
  const target = targetAt(analysis, offset);
  if (target?.kind !== 'block') return target;
  const opened = targetAt(analysis, nameOfOpening(target.block).start);
  return opened && { ...opened, span: target.span };
}

function refusal(message: string): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestFailed, message);
}
