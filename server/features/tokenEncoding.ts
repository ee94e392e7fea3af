/** Tokens as the protocol has them: five numbers each, every place counted from the one before. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis.ts';
import type { OpenDocument } from '../documents.ts';
import type { Tag } from '../language/nodes.ts';
import type { Scope } from '../language/scopes.ts';
import { tokenModifiers, tokensOf, tokenTypes } from './tokens.ts';

/** What is coloured in a tag for as long as names mean the same around it; an edit elsewhere only moves it. */
interface Word {
  readonly scope: Scope;
  /** Start within the tag, length, type and modifiers of each token. */
  readonly numbers: readonly number[];
  /** On one line and of such characters that every client counts them alike. */
  readonly plain: boolean;
}

export type Words = WeakMap<Tag, Word>;

export class Encoding {
  readonly data: number[] = [];
  readonly #analysis: Analysis;
  readonly #textDocument: TextDocument;
  readonly #words: Words;
  #line = 0;
  #character = 0;

  constructor({ analysis, textDocument }: OpenDocument, words: Words) {
    this.#analysis = analysis;
    this.#textDocument = textDocument;
    this.#words = words;
  }

  /** The tags between two offsets. */
  add(start: number, end: number): void {
    const { tags } = this.#analysis.document;
    for (let at = firstAfter(tags, start); at < tags.length; at++) {
      const tag = tags[at];
      if (tag === undefined || tag.start >= end) return;
      this.#add(tag);
    }
  }

  /** The tags at two positions in the list and between. */
  addTags(from: number, to: number): void {
    const { tags } = this.#analysis.document;
    for (let at = from; at < to; at++) {
      const tag = tags[at];
      if (tag !== undefined) this.#add(tag);
    }
  }

  #add(tag: Tag): void {
    const { numbers, plain } = this.#wordOf(tag);
    if (numbers.length === 0) return;
    const { start } = tag;
    const first = this.#textDocument.positionAt(start);
    for (let i = 0; i < numbers.length; i += 4) {
      const [from, length] = [numbers[i] ?? 0, numbers[i + 1] ?? 0];
      const [type, bits] = [numbers[i + 2] ?? 0, numbers[i + 3] ?? 0];
      const at = plain
        ? { line: first.line, character: first.character + from }
        : this.#textDocument.positionAt(start + from);
      const column = at.line === this.#line ? at.character - this.#character : at.character;
      const long = plain
        ? length
        : this.#textDocument.positionAt(start + from + length).character - at.character;
      this.data.push(at.line - this.#line, column, long, type, bits);
      this.#line = at.line;
      this.#character = at.character;
    }
  }

  #wordOf(tag: Tag): Word {
    const known = this.#words.get(tag);
    const scope = this.#analysis.scopeAt(tag.start + 1);
    if (known?.scope === scope) return known;
    const { start, end } = tag;
    const numbers = tokensOf(tag, this.#analysis).flatMap((token) => [
      token.start - start,
      token.end - token.start,
      tokenTypes.indexOf(token.type),
      token.modifiers.reduce((sum, one) => sum + (1 << tokenModifiers.indexOf(one)), 0),
    ]);
    const plain = /^[\t -~]*$/.test(this.#analysis.source.slice(start, end));
    const word = { scope, numbers, plain };
    // A closing tag goes by what it closes, which is not in its scope.
    if (tag.kind !== 'close') this.#words.set(tag, word);
    return word;
  }
}

/** The first tag that ends behind the offset. */
function firstAfter(tags: readonly Tag[], offset: number): number {
  let [low, high] = [0, tags.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
