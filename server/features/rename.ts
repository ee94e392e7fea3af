import {
  type Connection,
  type Disposable,
  ErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type TextDocumentEdit,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import { slugPattern } from '../language/schema.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { type Feature, disposeAll, rangeOf } from './feature.ts';
import { renameEdits } from './renameEdits.ts';
import { type Target, targetAt } from './targets.ts';

type Renamable = Extract<Target, { kind: 'variable' | 'argument' | 'param' | 'partial' }>;

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
    if (found === undefined) throw refusal('This cannot be renamed.');
    const { target, document, folder } = found;
    const name = params.newName.trim();
    const problem = refused(target, name, document, folder);
    if (problem !== undefined) throw refusal(problem);
    return this.#workspaceEdit(renameEdits(target, name, document, folder));
  }

  #workspaceEdit(edits: ReturnType<typeof renameEdits>): WorkspaceEdit {
    const byFile = new Map<TemplateFile, TextDocumentEdit>();
    for (const { file, span, text } of edits) {
      const version = this.#documents.get(file.uri)?.version ?? null;
      const edit = byFile.get(file) ?? { textDocument: { uri: file.uri, version }, edits: [] };
      edit.edits.push({ range: rangeOf(file.textDocument, span), newText: text });
      byFile.set(file, edit);
    }
    const documentChanges = [...byFile.values()];
    if (this.#client.versionedEdits) return { documentChanges };
    const changes = documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits]);
    return { changes: Object.fromEntries(changes) };
  }

  #target({
    textDocument: { uri },
    position,
  }: TextDocumentPositionParams):
    | { target: Renamable; document: OpenDocument; folder: FolderIndex }
    | undefined {
    const document = this.#documents.get(uri);
    const offset = document?.textDocument.offsetAt(position) ?? 0;
    const target = document && targetAt(document.analysis, offset);
    if (document === undefined || target === undefined) return undefined;
    const folder = this.#index.folderOf(uri);
    return isRenamable(target, folder) ? { target, document, folder } : undefined;
  }
}

function refusal(message: string): ResponseError<never> {
  return new ResponseError<never>(ErrorCodes.InvalidParams, message);
}

function isRenamable(target: Target, folder: FolderIndex): target is Renamable {
  if (target.kind === 'partial' || target.kind === 'argument') {
    return folder.bySlug(target.slug) !== undefined;
  }
  return target.kind === 'variable' || target.kind === 'param';
}

function nameOf(target: Renamable): string {
  switch (target.kind) {
    case 'variable':
    case 'argument':
      return target.name;
    case 'param':
      return target.param.name;
    case 'partial':
      return target.slug;
  }
}

const words = new Set(['true', 'false', 'null', 'undefined', 'this', 'else', 'as']);
const plainName = /^[^\s!"#%-,./;->@[-^`{-~]+$/;

/** Why the new name cannot be; `undefined` when it can. */
function refused(
  target: Renamable,
  name: string,
  document: OpenDocument,
  folder: FolderIndex,
): string | undefined {
  if (target.kind === 'partial') {
    if (!slugPattern.test(name)) {
      return 'A slug has lower-case letters and digits, with single - or _ between them.';
    }
    const taken = folder.bySlug(name) !== undefined && name !== target.slug;
    return taken ? `There is a template “${name}” already.` : undefined;
  }
  if (!plainName.test(name) || words.has(name) || /^[\d-]/.test(name)) {
    return `“${name}” cannot be a name: letters, digits, _ and - make one, and it begins with a letter.`;
  }
  const owner = target.kind === 'argument' ? folder.bySlug(target.slug) : document;
  const known = owner?.analysis.variables.some((variable) => variable.name === name);
  return known === true && name !== nameOf(target)
    ? `There is a variable “${name}” already.`
    : undefined;
}
