import type { Analysis } from '../analysis.ts';
import type { Cursor } from '../language/cursor.ts';
import type { Span } from '../language/nodes.ts';
import type { VariableType } from '../language/values.ts';

export type CandidateKind =
  | 'param'
  | 'variable'
  | 'property'
  | 'data'
  | 'helper'
  | 'block'
  | 'keyword'
  | 'partial'
  | 'argument'
  | 'constant'
  | 'key'
  | 'value';

/** What its documentation is made from when the client asks for it. */
export type Subject =
  | { readonly about: 'variable'; readonly name: string }
  | { readonly about: 'helper'; readonly name: string }
  | { readonly about: 'partial'; readonly slug: string }
  | { readonly about: 'key'; readonly path: readonly (string | number)[] };

/** Something that may be written at the cursor. */
export interface Candidate {
  readonly label: string;
  readonly kind: CandidateKind;
  /** Short, beside the label. */
  readonly detail?: string;
  /** Markdown, when it is at hand; otherwise `subject`. */
  readonly documentation?: string;
  readonly subject?: Subject;
  /** What is written; the label when absent. */
  readonly text?: string;
  /** Instead of `text` for a client that knows snippets. */
  readonly snippet?: string;
  /** What the snippet replaces; the cursor's span when absent. It holds the cursor and lies on one line. */
  readonly snippetReplace?: Span;
  /** What the typed word is compared with; the label when absent. */
  readonly filter?: string;
  /** Of the value it stands for, when known. */
  readonly type?: VariableType;
  /** Smaller comes first. */
  readonly rank: number;
}

export type CursorOf<K extends Cursor['kind']> = Extract<Cursor, { kind: K }>;
export type NameCursor = CursorOf<'name'>;

/** The pair of brackets that ends a tag. */
export function closing({ document }: Analysis): string {
  return document.syntax === 'angle' ? '>>' : '}}';
}

export function opening({ document }: Analysis): string {
  return document.syntax === 'angle' ? '<<' : '{{';
}

/** Text in a snippet that has no meaning of its own. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/** A place in a snippet where one of the words is chosen; a plain one where there is nothing to choose from. */
export function choice(tabStop: number, words: readonly string[], otherwise: string): string {
  const [first] = words;
  if (first === undefined) return `\${${tabStop}:${escaped(otherwise)}}`;
  if (words.length === 1) return `\${${tabStop}:${escaped(first)}}`;
  const listed = words.map((word) => word.replaceAll(/[\\,|]/g, '\\$&'));
  return `\${${tabStop}|${listed.join(',')}|}`;
}
