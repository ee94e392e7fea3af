/** Reads the small pieces of a tag from a text: names, white space, strings, numbers. Knows no positions but its own. */
import type { SyntaxStyle } from './nodes.ts';

const id = /[^\s!"#%-,./;->@[-^`{-~]+/y;
const space = /\s*/y;
const number = /-?[0-9]+(?:\.[0-9]+)?(?=[\s)~>}]|$)/y;

const longestString = 2000;
const longestSegment = 300;

/** What opens and closes a tag, and a bracket as a code unit. */
export interface Delimiters {
  readonly style: SyntaxStyle;
  readonly open: string;
  readonly close: string;
  readonly strippedClose: string;
  readonly openCode: number;
}

export const delimiters: Readonly<Record<SyntaxStyle, Delimiters>> = {
  angle: { style: 'angle', open: '<<', close: '>>', strippedClose: '~>>', openCode: 0x3c },
  mustache: { style: 'mustache', open: '{{', close: '}}', strippedClose: '~}}', openCode: 0x7b },
};

/**
 * A piece of a text that does not hold on to the whole: a slice would keep alive, for as long as its tag lives, the
 * state the document had when the tag was typed.
 */
export function copied(piece: string): string {
  return `${piece}\u0000`.slice(0, -1);
}

export class Lexer {
  readonly text: string;
  readonly marks: Delimiters;
  pos = 0;
  /** The farthest place looked at so far. */
  reach = 0;
  readonly #words = new Map<string, string>();

  constructor(text: string, style: SyntaxStyle) {
    this.text = text;
    this.marks = delimiters[style];
  }

  at(piece: string): boolean {
    return this.text.startsWith(piece, this.pos);
  }

  code(): number {
    return this.text.charCodeAt(this.pos);
  }

  /** Steps over the piece when it is there. */
  eat(piece: string): boolean {
    if (!this.at(piece)) return false;
    this.pos += piece.length;
    return true;
  }

  /** Steps over white space; true when there was some. */
  space(): boolean {
    const from = this.pos;
    if (this.code() > 0x20 && this.code() < 0x80) return false;
    space.lastIndex = from;
    space.test(this.text);
    this.#moveTo(space.lastIndex);
    return this.pos > from;
  }

  id(): string | undefined {
    id.lastIndex = this.pos;
    if (!id.test(this.text)) return undefined;
    const from = this.pos;
    this.#moveTo(id.lastIndex);
    return this.written(from);
  }

  /** The text from a place to here. The same words come again and again: each is kept once. */
  protected written(from: number): string {
    const word = this.text.slice(from, this.pos);
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const kept = copied(word);
    this.#words.set(kept, kept);
    return kept;
  }

  number(): number | undefined {
    number.lastIndex = this.pos;
    if (!number.test(this.text)) return undefined;
    const from = this.pos;
    this.#moveTo(number.lastIndex);
    return Number(this.text.slice(from, this.pos));
  }

  /** A quoted string on one line; its value without quotes, with the escaped quote resolved. */
  string(): string | undefined {
    const quote = this.text[this.pos];
    if (quote !== '"' && quote !== "'") return undefined;
    const limit = Math.min(this.text.length, this.pos + longestString + 2);
    for (let at = this.pos + 1; at < limit; at++) {
      const char = this.text[at];
      if (char === '\n' || char === '\r') return this.#giveUp(at);
      if (char === '\\' && this.text[at + 1] === quote) at++;
      else if (char === quote) {
        const value = copied(this.text.slice(this.pos + 1, at));
        this.#moveTo(at + 1);
        return value.replaceAll(`\\${quote}`, quote);
      }
    }
    return this.#giveUp(limit);
  }

  /** `[any but ]]`: its value without the brackets. */
  bracketed(): string | undefined {
    if (!this.at('[')) return undefined;
    const limit = Math.min(this.text.length, this.pos + longestSegment + 2);
    for (let at = this.pos + 1; at < limit; at++) {
      const char = this.text[at];
      if (char === '\n' || char === '\r') return this.#giveUp(at);
      if (char !== ']') continue;
      const value = copied(this.text.slice(this.pos + 1, at));
      this.#moveTo(at + 1);
      return value;
    }
    return this.#giveUp(limit);
  }

  #moveTo(pos: number): void {
    this.pos = pos;
    this.#giveUp(pos);
  }

  #giveUp(pos: number): undefined {
    if (pos > this.reach) this.reach = pos;
    return undefined;
  }
}
