import {
  type Connection,
  type Disposable,
  type DocumentLink,
  type DocumentLinkParams,
} from 'vscode-languageserver/node';
import type { Documents } from '../documents.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { type Feature, rangeOf } from './feature.ts';

/** The names of partials open their templates. */
export class DocumentLinkFeature implements Feature {
  readonly capabilities = { documentLinkProvider: { resolveProvider: false } };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onDocumentLinks(
      this.#safely.later('documentLink', [], async (params: DocumentLinkParams) => {
        await this.#index.scanned(params.textDocument.uri);
        return this.#links(params.textDocument.uri);
      }),
    );
  }

  #links(uri: string): DocumentLink[] {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    const folder = this.#index.folderOf(uri);
    return document.analysis.document.tags.flatMap((tag) => {
      if (tag.kind !== 'partial' && tag.kind !== 'partial-open') return [];
      const target = folder.bySlug(tag.target.name ?? '')?.uri;
      if (target === undefined || target.startsWith('untitled:')) return [];
      return [{ range: rangeOf(document.textDocument, tag.target), target }];
    });
  }
}
