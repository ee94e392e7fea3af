import {
  type Connection,
  type Disposable,
  ErrorCodes,
  type MarkupContent,
  MarkupKind,
  type Position,
  type Range,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import type { Span } from '../language/nodes.ts';

/** One feature of the Language Server Protocol. */
export interface Feature {
  /** What the server announces because of it. */
  readonly capabilities: ServerCapabilities;
  /** Handles its requests until the result is disposed of. */
  register(connection: Connection): Disposable;
}

export function rangeOf(textDocument: TextDocument, { start, end }: Span): Range {
  return { start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
}

/** @throws `InvalidParams` for what is no range, as a client may send it */
export function spanOf(textDocument: TextDocument, range: Range | undefined): Span {
  return {
    start: textDocument.offsetAt(positionIn(range?.start)),
    end: textDocument.offsetAt(positionIn(range?.end)),
  };
}

/** @throws `InvalidParams` where there is none */
function positionIn(position: Position | undefined): Position {
  if (position !== undefined) return position;
  throw new ResponseError(ErrorCodes.InvalidParams, 'A range needs a “start” and an “end”.');
}

/** Both ends count as inside: a cursor right behind a name is still at it. */
export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

export function disposeAll(...disposables: readonly Disposable[]): Disposable {
  return {
    dispose: () => {
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** Markdown as the client can show it. */
export function markup(markdown: string, { markdown: shown }: Client): MarkupContent {
  if (shown) return { kind: MarkupKind.Markdown, value: markdown };
  const plain = markdown.replaceAll(/^```.*\n?/gm, '').replaceAll(/\*\*|`|\\(?=\W)/g, '');
  return { kind: MarkupKind.PlainText, value: plain };
}
