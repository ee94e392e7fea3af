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
import type { Analysis } from '../analysis.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import type { Span } from '../language/nodes.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { disposeAll, type Feature, rangeOf } from './feature.ts';
import { type Occurrence, occurrences, slugSpan } from './occurrences.ts';
import { related } from './related.ts';
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
    const places = occurrences(target, document, folder);
    const declaring = places.find(({ declares }) => declares);
    if (declaring !== undefined) return locationOf(declaring.template, declaring.span);
    if (target.kind === 'variable') return this.#givenBy(target.name, document, folder);
    const [first] = target.kind === 'argument' ? places : [];
    return first && locationOf(first.template, first.span);
  }

  /** Where callers of an undeclared variable's template have it from. */
  #givenBy(name: string, document: OpenDocument, folder: FolderIndex): Definition | undefined {
    const given = related(name, document, folder)
      .filter(({ template }) => template.uri !== document.uri)
      .filter(({ declares, argument }) => declares || argument)
      .map(({ template, span }) => locationOf(template, span));
    return given.length === 0 ? undefined : given;
  }

  #highlights(params: TextDocumentPositionParams): DocumentHighlight[] {
    const found = this.#target(params);
    if (found === undefined) return [];
    return occurrences(found.target, found.document, found.folder)
      .filter(({ template }) => template.uri === params.textDocument.uri)
      .filter(({ span }) => span.end > span.start)
      .map(({ template, span, declares }) => ({
        range: rangeOf(template.textDocument, span),
        kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  }

  #occurrences(params: TextDocumentPositionParams): Occurrence[] {
    const found = this.#target(params);
    if (found === undefined) return [];
    const { target, document, folder } = found;
    if (target.kind === 'variable') return related(target.name, document, folder);
    const callee = target.kind === 'argument' ? folder.bySlug(target.slug) : undefined;
    if (target.kind === 'argument' && callee !== undefined)
      return related(target.name, callee, folder);
    return occurrences(target, document, folder);
  }

  #target({
    textDocument: { uri },
    position,
  }: TextDocumentPositionParams):
    | { target: Target; document: OpenDocument; folder: FolderIndex }
    | undefined {
    const document = this.#documents.get(uri);
    const offset = document?.textDocument.offsetAt(position) ?? 0;
    const target =
      document && (openingAt(document.analysis, offset) ?? targetAt(document.analysis, offset));
    return document && target && { target, document, folder: this.#index.folderOf(uri) };
  }
}

function locationOf(template: TemplateFile, span: Span): Location {
  return { uri: template.uri, range: rangeOf(template.textDocument, span) };
}

/** The name of a helper that opens a block: there its `else` and closing tags are what one looks for. */
function openingAt(analysis: Analysis, offset: number): Target | undefined {
  const target = targetAt(analysis, offset);
  const [block] = target?.kind === 'helper' ? analysis.blocksAt(offset) : [];
  const isName = block?.open.kind === 'open' && block.open.call.callee.start === target?.span.start;
  return isName && target ? { kind: 'block', block, span: target.span } : undefined;
}
