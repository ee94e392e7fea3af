import type { Position, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** A text with a place in it: `|`, or `¦` where the text itself has bars. */
export interface CursorText {
  readonly text: string;
  readonly offset: number;
  readonly position: Position;
}

export function cursorText(marked: string): CursorText {
  const mark = marked.includes('¦') ? '¦' : '|';
  const offset = marked.indexOf(mark);
  if (offset < 0 || offset !== marked.lastIndexOf(mark)) {
    throw new Error(`Not exactly one ${mark} in ${JSON.stringify(marked)}`);
  }
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, offset, position: documentOf(text).positionAt(offset) };
}

/** The text after the edits, none of which may overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(documentOf(text), [...edits]);
}

/** The piece of the text a range covers. */
export function covered(
  text: string,
  range: { readonly start: Position; readonly end: Position },
): string {
  return documentOf(text).getText(range);
}

export function documentOf(text: string): TextDocument {
  return TextDocument.create('memory:text', 'prompt-template', 0, text);
}
