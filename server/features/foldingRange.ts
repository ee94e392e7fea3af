import {
  type Connection,
  type Disposable,
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import type { OpenDocument, Documents } from '../documents.ts';
import type { Node, Span } from '../language/nodes.ts';
import type { Safely } from '../safely.ts';
import type { Feature } from './feature.ts';

/** Folds lines: a folded block keeps its `else` and closing tags in sight. */
export class FoldingRangeFeature implements Feature {
  readonly capabilities = { foldingRangeProvider: true };
  readonly #documents: Documents;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onFoldingRanges(
      this.#safely.later('foldingRange', [], (params: FoldingRangeParams) => {
        const document = this.#documents.get(params.textDocument.uri);
        return document === undefined ? [] : this.#ranges(document);
      }),
    );
  }

  #ranges({ analysis, textDocument }: OpenDocument): FoldingRange[] {
    const ranges = [
      ...frontMatterFolds(analysis, textDocument),
      ...headingFolds(analysis, textDocument),
      ...nodeFolds(analysis.document.children, textDocument),
    ].filter(({ startLine, endLine }) => endLine > startLine);
    // A client may take only so many; the large ones are missed most.
    const limit = this.#client.foldingLimit;
    if (ranges.length > limit) {
      ranges.sort((a, b) => b.endLine - b.startLine - (a.endLine - a.startLine));
      ranges.length = limit;
    }
    return ranges.sort((a, b) => a.startLine - b.startLine);
  }
}

function* frontMatterFolds({ frontMatter }: Analysis, text: TextDocument): Iterable<FoldingRange> {
  if (frontMatter === undefined) return;
  yield whole(frontMatter.span, text, FoldingRangeKind.Region);
  for (const { keySpan, valueSpan } of frontMatter.entries) {
    yield whole({ start: keySpan.start, end: valueSpan.end }, text);
  }
  for (const { span } of frontMatter.variables) yield whole(span, text);
  for (const { span, test } of frontMatter.samples) if (!test) yield whole(span, text);
}

function* headingFolds({ headings }: Analysis, text: TextDocument): Iterable<FoldingRange> {
  for (const { section } of headings) yield whole(section, text);
}

function* nodeFolds(children: readonly Node[], text: TextDocument): Iterable<FoldingRange> {
  for (const node of children) {
    if (node.kind === 'comment') yield whole(node, text, FoldingRangeKind.Comment);
    if (node.kind === 'raw') yield between(node.open, node.close?.start ?? node.end, text);
    if (node.kind !== 'block') continue;
    for (const { tag, body, children: inner } of node.branches) {
      yield between(tag, body.end, text);
      yield* nodeFolds(inner, text);
    }
  }
}

/** To the last line that has something in it. */
function whole({ start, end }: Span, text: TextDocument, kind?: FoldingRangeKind): FoldingRange {
  const content = text.getText().slice(start, end).trimEnd().length;
  return {
    startLine: text.positionAt(start).line,
    endLine: text.positionAt(start + content).line,
    ...(kind === undefined ? {} : { kind }),
  };
}

/** From a tag to the line before the one where the next tag begins. */
function between(tag: Span, end: number, text: TextDocument): FoldingRange {
  const last = text.positionAt(end);
  const atEnd = end === text.getText().length;
  return {
    startLine: text.positionAt(tag.start).line,
    endLine: atEnd ? last.line : last.line - 1,
  };
}
