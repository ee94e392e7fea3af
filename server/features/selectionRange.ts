import {
  type Connection,
  type Disposable,
  type Position,
  type SelectionRange,
  type SelectionRangeParams,
} from 'vscode-languageserver/node';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Span } from '../language/nodes.ts';
import type { Safely } from '../safely.ts';
import { contains, type Feature, rangeOf } from './feature.ts';
import { expressionsAt } from './tagWalk.ts';

/** Widens a selection: name, path, call, tag, line, inside of the block, block, … body, file. */
export class SelectionRangeFeature implements Feature {
  readonly capabilities = { selectionRangeProvider: true };
  readonly #documents: Documents;
  readonly #safely: Safely;

  constructor(documents: Documents, safely: Safely) {
    this.#documents = documents;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.onSelectionRanges(
      this.#safely.later('selectionRange', [], (params: SelectionRangeParams) => {
        const document = this.#documents.get(params.textDocument.uri);
        return document === undefined
          ? []
          : params.positions.map((position) => around(position, document));
      }),
    );
  }
}

function around(position: Position, document: OpenDocument): SelectionRange {
  const { textDocument } = document;
  const offset = textDocument.offsetAt(position);
  const spans = [...spansAt(offset, document)]
    .filter((span) => contains(span, offset))
    .sort((a, b) => b.end - b.start - (a.end - a.start));
  let selection: SelectionRange | undefined;
  let outer: Span | undefined;
  for (const span of spans) {
    const fits = outer === undefined || (outer.start <= span.start && span.end <= outer.end);
    const same = outer?.start === span.start && outer.end === span.end;
    if (!fits || same) continue;
    const range = rangeOf(textDocument, span);
    selection = selection === undefined ? { range } : { range, parent: selection };
    outer = span;
  }
  return selection ?? { range: { start: position, end: position } };
}

function* spansAt(offset: number, { analysis, text }: OpenDocument): Iterable<Span> {
  yield { start: 0, end: text.length };
  yield analysis.document.body;
  if (analysis.frontMatter !== undefined) {
    yield analysis.frontMatter.span;
    for (const { keySpan, valueSpan } of analysis.frontMatter.entries) {
      yield { start: keySpan.start, end: valueSpan.end };
      yield valueSpan;
    }
    for (const { span, nameSpan } of analysis.frontMatter.variables) yield* [span, nameSpan];
    for (const { span, keys } of analysis.frontMatter.samples) yield* [span, ...keys.values()];
  }
  for (const { section } of analysis.headings) yield section;
  for (const block of analysis.blocksAt(offset)) {
    yield block;
    for (const { body } of block.branches) yield body;
  }
  yield lineAt(offset, text);
  const tag = analysis.tagAt(offset);
  if (tag !== undefined) yield tag;
  if (tag !== undefined) yield* expressionsAt(tag);
  const expression = analysis.expressionAt(offset);
  if (expression?.kind === 'path') yield* expression.segments;
  if (expression?.kind !== 'literal' || typeof expression.value !== 'string') return;
  yield { start: expression.start + 1, end: expression.end - 1 };
}

function lineAt(offset: number, text: string): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}
