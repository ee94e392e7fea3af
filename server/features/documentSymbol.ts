import {
  type Connection,
  type Disposable,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { Safely } from '../safely.ts';
import { type Feature, rangeOf } from './feature.ts';
import { outline, type Part, type PartKind } from './outline.ts';

const kinds: Readonly<Record<PartKind, SymbolKind>> = {
  'front-matter': SymbolKind.Package,
  key: SymbolKind.Property,
  variable: SymbolKind.Variable,
  heading: SymbolKind.String,
  role: SymbolKind.Namespace,
  loop: SymbolKind.Array,
  condition: SymbolKind.Boolean,
  inline: SymbolKind.Function,
  partial: SymbolKind.Module,
  section: SymbolKind.Struct,
};

/** The outline: nested where the client can show that, flat otherwise. */
export class DocumentSymbolFeature implements Feature {
  readonly capabilities = { documentSymbolProvider: true };
  readonly #documents: Documents;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onDocumentSymbol(
      this.#safely.later('documentSymbol', [], (params: DocumentSymbolParams) =>
        this.#symbols(params.textDocument.uri),
      ),
    );
  }

  #symbols(uri: string): DocumentSymbol[] | SymbolInformation[] {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    const { analysis, textDocument } = document;
    const parts = outline(analysis);
    return this.#client.hierarchicalSymbols
      ? parts.map((part) => nested(part, textDocument))
      : parts.flatMap((part) => flat(part, textDocument));
  }
}

function nested(part: Part, textDocument: TextDocument): DocumentSymbol {
  return {
    name: part.name,
    ...(part.detail === undefined ? {} : { detail: part.detail }),
    kind: kinds[part.kind],
    range: rangeOf(textDocument, part.span),
    selectionRange: rangeOf(textDocument, part.selection),
    children: part.children.map((child) => nested(child, textDocument)),
  };
}

function flat(part: Part, textDocument: TextDocument, containerName?: string): SymbolInformation[] {
  const location = { uri: textDocument.uri, range: rangeOf(textDocument, part.span) };
  const own: SymbolInformation = {
    name: part.name,
    kind: kinds[part.kind],
    location,
    ...(containerName === undefined ? {} : { containerName }),
  };
  return [own, ...part.children.flatMap((child) => flat(child, textDocument, part.name))];
}
