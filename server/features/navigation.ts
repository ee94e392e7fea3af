import {
  type Connection,
  type Definition,
  type Disposable,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type ReferenceParams,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import type { Documents, OpenDocument } from '../documents.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import type { Span } from '../language/nodes.ts';
import type { Shape } from '../language/values.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { disposeAll, type Feature, rangeOf } from './feature.ts';
import { type Occurrence, occurrences, slugSpan } from './occurrences.ts';
import { type Target, targetAt } from './targets.ts';

/** Definition, references and highlights: three views of the same occurrences. */
export class NavigationFeature implements Feature {
  readonly capabilities = {
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
  };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      connection.onDefinition(
        this.#safely.first('definition', null, (params) => this.#definition(params) ?? null),
      ),
      connection.onReferences(
        this.#safely.later('references', [], async (params: ReferenceParams) => {
          await this.#index.scanned(params.textDocument.uri);
          const { includeDeclaration } = params.context;
          return this.#occurrences(params)
            .filter(({ declares }) => includeDeclaration || !declares)
            .map(({ template, span }) => locationOf(template, span));
        }),
      ),
      connection.onDocumentHighlight(
        this.#safely.later('documentHighlight', [], (params) => this.#highlights(params)),
      ),
    );
  }

  #definition(params: TextDocumentPositionParams): Definition | undefined {
    const found = this.#target(params);
    if (found === undefined) return undefined;
    const { target, document, folder } = found;
    if (target.kind === 'partial') {
      const template = folder.bySlug(target.slug);
      return template && locationOf(template, slugSpan(template));
    }
    if (target.kind === 'member') {
      const span = memberSpan(target, document);
      return span && locationOf(document, span);
    }
    const declaring = occurrences(target, document, folder).find(({ declares }) => declares);
    return declaring && locationOf(declaring.template, declaring.span);
  }

  #highlights(params: TextDocumentPositionParams): DocumentHighlight[] {
    return this.#occurrences(params)
      .filter(({ template }) => template.uri === params.textDocument.uri)
      .filter(({ span }) => span.end > span.start)
      .map(({ template, span, declares }) => ({
        range: rangeOf(template.textDocument, span),
        kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  }

  #occurrences(params: TextDocumentPositionParams): Occurrence[] {
    const found = this.#target(params);
    return found === undefined ? [] : occurrences(found.target, found.document, found.folder);
  }

  #target({
    textDocument: { uri },
    position,
  }: TextDocumentPositionParams):
    | { target: Target; document: OpenDocument; folder: FolderIndex }
    | undefined {
    const document = this.#documents.get(uri);
    const offset = document?.textDocument.offsetAt(position) ?? 0;
    const target = document && targetAt(document.analysis, offset);
    return document && target && { target, document, folder: this.#index.folderOf(uri) };
  }
}

function locationOf(template: TemplateFile, span: Span): Location {
  return { uri: template.uri, range: rangeOf(template.textDocument, span) };
}

/** Where the front matter says what the member is. */
function memberSpan(
  { path }: Extract<Target, { kind: 'member' }>,
  { analysis }: OpenDocument,
): Span | undefined {
  const meaning = analysis.meaningOf(path);
  const shape: (Shape & { readonly nameSpan?: Span }) | undefined =
    'shape' in meaning ? meaning.shape : undefined;
  return shape?.nameSpan;
}
