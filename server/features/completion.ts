import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  type Connection,
  type Disposable,
  InsertTextFormat,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Cursor } from '../language/cursor.ts';
import type { Span } from '../language/nodes.ts';
import type { NamesOfClient } from '../knownNames.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { Candidate, CandidateKind, Subject } from './candidates.ts';
import { candidatesAt } from './candidatesAt.ts';
import { documentationOf } from './documentation.ts';
import { disposeAll, type Feature, markup, rangeOf } from './feature.ts';

const kinds: Readonly<Record<CandidateKind, CompletionItemKind>> = {
  param: CompletionItemKind.Variable,
  variable: CompletionItemKind.Variable,
  property: CompletionItemKind.Field,
  data: CompletionItemKind.Constant,
  helper: CompletionItemKind.Function,
  block: CompletionItemKind.Snippet,
  keyword: CompletionItemKind.Keyword,
  partial: CompletionItemKind.Module,
  argument: CompletionItemKind.Property,
  constant: CompletionItemKind.Value,
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
};

/** What a resolve needs to find the documentation again. */
interface ItemData {
  readonly uri: string;
  readonly subject: Subject;
}

export class CompletionFeature implements Feature {
  readonly capabilities = {
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: ['<', '{', '#', '/', '>', '.', '@', '(', '|', ' '],
    },
  };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #names: NamesOfClient;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(
    documents: Documents,
    index: WorkspaceIndex,
    names: NamesOfClient,
    client: Client,
    safely: Safely,
  ) {
    this.#names = names;
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      this.#names.register(connection),
      connection.onCompletion(
        this.#safely.first('completion', [], (params: CompletionParams) => this.#asked(params)),
      ),
      connection.onCompletionResolve((item, token) =>
        this.#safely.first('resolve', item, () => this.#resolve(item))(item, token),
      ),
    );
  }

  /** Of models more is known as soon as the client has told. */
  async #itemsWithModels(params: CompletionParams): Promise<CompletionItem[]> {
    await this.#index.modelTableTold();
    return this.#items(params);
  }

  #asked(params: CompletionParams): CompletionItem[] | Promise<CompletionItem[]> {
    const document = this.#documents.get(params.textDocument.uri);
    const cursor = document?.analysis.cursorAt(document.textDocument.offsetAt(params.position));
    return cursor && atModel(cursor) ? this.#itemsWithModels(params) : this.#items(params);
  }

  #items({ textDocument: { uri }, position }: CompletionParams): CompletionItem[] {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    const offset = document.textDocument.offsetAt(position);
    const cursor = document.analysis.cursorAt(offset);
    if (cursor.kind === 'text' || cursor.kind === 'none') return [];
    const folder = this.#index.folderOf(uri);
    const known = this.#names.of(folder.uri);
    const models = atModel(cursor) ? this.#index.modelTable() : undefined;
    const around = { folder, known, models };
    return candidatesAt(document.analysis, cursor, offset, around).map((candidate) =>
      this.#item(candidate, cursor, document),
    );
  }

  #item(
    candidate: Candidate,
    cursor: Extract<Cursor, { replace: Span }>,
    { uri, textDocument }: OpenDocument,
  ): CompletionItem {
    const { label, kind, detail, documentation, subject, filter, rank } = candidate;
    const snippet = this.#client.snippets ? candidate.snippet : undefined;
    const replaced = snippet === undefined ? cursor.replace : candidate.snippetReplace;
    const newText = snippet ?? candidate.text ?? label;
    const { start, end } = replaced ?? cursor.replace;
    const half = 'halfClosed' in cursor ? cursor.halfClosed : undefined;
    const closes = /(?:>>|\\?\}\\?\})$/.test(newText);
    // What closes the tag takes the place of the one bracket that an editor has put there.
    const range = rangeOf(textDocument, { start, end: closes && half === end ? end + 1 : end });
    const second = half === undefined || closes ? [] : [secondBracket(textDocument, half)];
    const data: ItemData | undefined = subject && { uri, subject };
    return {
      label,
      kind: kinds[kind],
      ...(detail === undefined ? {} : { detail }),
      ...(documentation === undefined
        ? {}
        : { documentation: markup(documentation, this.#client) }),
      filterText: filter ?? label,
      sortText: sortText(rank, label),
      textEdit: { range, newText },
      ...(second.length === 0 ? {} : { additionalTextEdits: second }),
      ...(snippet === undefined ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
      ...(data === undefined ? {} : { data }),
    };
  }

  #resolve(item: CompletionItem): CompletionItem {
    const data = item.data as ItemData | undefined;
    const document = data && this.#documents.get(data.uri);
    if (data === undefined || document === undefined) return item;
    const text = documentationOf(data.subject, document, this.#index.folderOf(data.uri));
    return text === undefined ? item : { ...item, documentation: markup(text, this.#client) };
  }
}

/** Beside the one that is there, so that the tag is whole. */
function secondBracket(textDocument: TextDocument, half: number): TextEdit {
  const at = textDocument.positionAt(half + 1);
  const bracket = textDocument.getText().charAt(half);
  return { range: { start: at, end: at }, newText: bracket };
}

/** Ranks are small numbers with at most one decimal place. */
function sortText(rank: number, label: string): string {
  return `${String(Math.round(rank * 10) + 1000)} ${label}`;
}

function atModel(cursor: Cursor): boolean {
  return cursor.kind === 'value-of' && cursor.path[0] === 'model';
}
