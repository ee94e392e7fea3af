/**
 * A text that is edited again and again. It is kept in pieces: an edit costs what it touches, not what there is, and
 * the whole is put together only when somebody asks for it. Never changes; an edit makes another one.
 */
import type { Edit } from './difference.ts';
import { firstIndex } from './positions.ts';

const pieceSize = 1 << 15;

export class Source {
  readonly length: number;
  readonly #pieces: readonly string[];
  /** Where each piece begins. */
  readonly #starts: readonly number[];
  #whole: string | undefined;

  static of(text: string): Source {
    return new Source(piecesOf(text), text);
  }

  private constructor(pieces: readonly string[], whole?: string) {
    const starts: number[] = [];
    let length = 0;
    for (const piece of pieces) {
      starts.push(length);
      length += piece.length;
    }
    this.#pieces = pieces;
    this.#starts = starts;
    this.#whole = whole;
    this.length = length;
  }

  /** The character (UTF-16 unit) at an offset; empty outside of the text. */
  at(offset: number): string {
    const at = this.#pieceAt(offset);
    return this.#pieces[at]?.[offset - (this.#starts[at] ?? 0)] ?? '';
  }

  /** Like that of a string, for offsets that are not negative. */
  slice(start: number, end: number = this.length): string {
    if (this.#whole !== undefined) return this.#whole.slice(start, end);
    let cut = '';
    for (let at = this.#pieceAt(start); at < this.#pieces.length; at++) {
      const from = this.#starts[at] ?? 0;
      if (from >= end) break;
      cut += this.#pieces[at]?.slice(Math.max(0, start - from), end - from) ?? '';
    }
    return cut;
  }

  /** `by` in place of what is between two offsets. */
  replaced({ start, oldEnd }: Pick<Edit, 'start' | 'oldEnd'>, by: string): Source {
    const first = this.#pieceAt(start);
    const last = this.#pieceAt(oldEnd);
    const from = this.#starts[first] ?? 0;
    const until = (this.#starts[last] ?? 0) + (this.#pieces[last]?.length ?? 0);
    const changed = this.slice(from, start) + by + this.slice(oldEnd, until);
    const pieces = this.#pieces.slice();
    pieces.splice(first, last - first + 1, ...piecesOf(changed));
    return new Source(pieces);
  }

  toString(): string {
    this.#whole ??= this.#pieces.join('');
    return this.#whole;
  }

  #pieceAt(offset: number): number {
    return Math.max(0, firstIndex(this.#starts, (start) => start > offset) - 1);
  }
}

function piecesOf(text: string): string[] {
  // Twice as long before it is cut, that typing at the end of a piece does not cut it at every key.
  if (text.length <= 2 * pieceSize) return [text];
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieceSize) pieces.push(text.slice(at, at + pieceSize));
  return pieces;
}
