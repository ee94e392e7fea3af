/** Edits of templates in the form a client takes them. */
import type {
  CreateFile,
  DeleteFile,
  RenameFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { TemplateFile } from '../folderIndex.ts';
import { rangeOf } from './feature.ts';
import type { Edit } from './frontMatterEdits.ts';

export type FileEdit = Edit & { readonly file: TemplateFile };

/** A template that does not exist yet. */
export interface NewFile {
  readonly uri: string;
  readonly text: string;
}

/** What becomes of some templates, as one step that can be undone. */
export interface Change {
  readonly edits: readonly FileEdit[];
  /** Only for a client that `createsFiles`. */
  readonly creates?: NewFile;
  /** Only for a client that `renamesFiles`. */
  readonly renames?: RenameFile | undefined;
}

export function workspaceEdit(
  { edits, creates, renames }: Change,
  documents: Documents,
  client: Client,
): WorkspaceEdit {
  const changed = [...byFile(edits, documents).values()];
  if (!client.versionedEdits) {
    const changes = changed.map(({ textDocument, edits: own }) => [textDocument.uri, own]);
    return { changes: Object.fromEntries(changes) };
  }
  const documentChanges: (TextDocumentEdit | CreateFile | RenameFile | DeleteFile)[] = [
    ...(creates === undefined ? [] : created(creates)),
    ...changed,
  ];
  // The file goes last: until then its own edits find it where it was.
  if (renames !== undefined) documentChanges.push(renames);
  return { documentChanges };
}

function byFile(
  edits: readonly FileEdit[],
  documents: Documents,
): ReadonlyMap<string, TextDocumentEdit> {
  const found = new Map<string, TextDocumentEdit>();
  for (const { file, span, text } of edits) {
    const { uri } = file;
    const version = documents.get(uri)?.version ?? null;
    const edit = found.get(uri) ?? { textDocument: { uri, version }, edits: [] };
    edit.edits.push({ range: rangeOf(file.textDocument, span), newText: text });
    found.set(uri, edit);
  }
  return found;
}

function created({ uri, text }: NewFile): [CreateFile, TextDocumentEdit] {
  const start = { line: 0, character: 0 };
  return [
    { kind: 'create', uri, options: { ignoreIfExists: true } },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    },
  ];
}
