import {
  type Connection,
  type Disposable,
  type MarkupContent,
  MarkupKind,
  type Range,
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
