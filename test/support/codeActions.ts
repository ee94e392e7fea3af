/** Code actions of the real server: asked for at a mark in a text, and what the text is afterwards. */
import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  CodeActionResolveRequest,
  type CreateFile,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { cursorText, documentOf, edited } from './cursorText.ts';
import { folder, type LanguageServer, uri } from './languageServer.ts';

/** A selection is marked by `⟦` and `⟧`, a cursor as elsewhere. */
export function selectedText(marked: string) {
  const start = marked.indexOf('⟦');
  if (start < 0) {
    const { text, offset } = cursorText(marked);
    return { text, start: offset, end: offset };
  }
  const end = marked.indexOf('⟧') - 1;
  return { text: marked.replace('⟦', '').replace('⟧', ''), start, end };
}

export interface Offered {
  readonly text: string;
  readonly actions: readonly CodeAction[];
}

/** Opens the text and asks at its mark. */
export async function offered(
  server: LanguageServer,
  marked: string,
  context: Partial<CodeActionContext> = {},
): Promise<Offered> {
  const { text, start, end } = selectedText(marked);
  await server.open(text);
  const document = documentOf(text);
  const actions = await server.ask(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    context: { diagnostics: [], ...context },
  });
  return { text, actions: (actions ?? []) as CodeAction[] };
}

/** Chooses an action and answers what becomes of every file that it changes, by path below the folder. */
export async function chosen(
  server: LanguageServer,
  marked: string,
  title: string,
  context: Partial<CodeActionContext> = {},
): Promise<Record<string, string>> {
  const { text, actions } = await offered(server, marked, context);
  const action = actions.find((one) => one.title === title);
  const titles = actions.map((one) => one.title).join(', ');
  assert(action, `${title} is not among: ${titles}`);
  const resolved = action.edit ? action : await server.ask(CodeActionResolveRequest.type, action);
  return filesAfter(resolved.edit ?? {}, new Map([...server.files.texts, [uri, text]]));
}

export function filesAfter(
  { documentChanges = [], changes = {} }: WorkspaceEdit,
  files: ReadonlyMap<string, string>,
): Record<string, string> {
  const after = new Map<string, string>();
  const path = (at: string) => decodeURIComponent(at.slice(folder.length + 1));
  const edits = (documentChanges as (TextDocumentEdit | CreateFile)[]).flatMap((change) =>
    'edits' in change ? [[change.textDocument.uri, change.edits as TextEdit[]] as const] : [],
  );
  for (const [at, some] of [...edits, ...Object.entries(changes)]) {
    after.set(path(at), edited(files.get(at) ?? '', some));
  }
  return Object.fromEntries(after);
}

/** The text of the one open file afterwards. */
export async function fixed(
  server: LanguageServer,
  marked: string,
  title: string,
  context: Partial<CodeActionContext> = {},
): Promise<string> {
  const files = await chosen(server, marked, title, context);
  assert.deepEqual(Object.keys(files), ['letter.prompt']);
  return files['letter.prompt'] ?? '';
}
