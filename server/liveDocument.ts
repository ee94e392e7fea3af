import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from './language/difference.ts';
import { firstIndex } from './language/positions.ts';
import { Source } from './language/source.ts';
import { lengthIn, type PositionEncoding, unitsBefore } from './positionEncoding.ts';

/**
 * A document open in an editor: where its lines begin, kept up to date from edit to edit. What
 * `vscode-languageserver-textdocument` does with whole texts, for texts that are too long for that. Every position
 * that comes from a client or goes to it passes here, and nowhere else is it known how the client counts.
 */
export class LiveDocument implements TextDocument {
  readonly uri: string;
  readonly languageId: string;
  #version: number;
  #source: Source;
  /** Offsets, in order; the first is 0. */
  #starts: number[];
  readonly #encoding: PositionEncoding;
  /** The last place counted in a long line: what is behind it need not be counted from the start. */
  #counted = { line: -1, offset: 0, character: 0 };

  constructor(
    uri: string,
    languageId: string,
    version: number,
    text: string,
    encoding: PositionEncoding = 'utf-16',
  ) {
    this.#encoding = encoding;
    this.uri = uri;
    this.languageId = languageId;
    this.#version = version;
    this.#source = Source.of(text);
    this.#starts = [0, ...startsIn(text, 0)];
  }

  get version(): number {
    return this.#version;
  }

  get source(): Source {
    return this.#source;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  getText(range?: Range): string {
    if (range === undefined) return this.#source.toString();
    const [start, end] = this.#offsetsOf(range);
    return this.#source.slice(start, end);
  }

  positionAt(offset: number): Position {
    const within = Math.max(0, Math.min(offset, this.#source.length));
    const line = this.#lineAt(within);
    const start = this.#starts[line] ?? 0;
    return { line, character: this.#characterAt(line, this.#beforeBreak(within, start)) };
  }

  /** The nearest place there is. @throws `InvalidParams` for what is no position at all. */
  offsetAt(position: Position): number {
    const { line, character } = checked(position);
    if (line >= this.#starts.length) return this.#source.length;
    if (line < 0) return 0;
    const [start, next] = this.#line(line);
    if (character <= 0) return start;
    const encoding = this.#encoding;
    const units =
      encoding === 'utf-16'
        ? character
        : unitsBefore(encoding, this.#source.slice(start, next), character);
    return this.#beforeBreak(Math.min(start + units, next), start);
  }

  getLineRange(line: number): Range {
    const within = Math.max(0, Math.min(line, this.#starts.length - 1));
    const start = { line: within, character: 0 };
    if (line < 0) return { start, end: start };
    const [from, next] = this.#line(within);
    const isBehind = line >= this.#starts.length;
    const end = isBehind ? next : this.#beforeBreak(next, from);
    return { start, end: { line: within, character: this.#characterAt(within, end) } };
  }

  getEOLCharacters(line: number): string {
    if (line < 0 || line >= this.#starts.length) return '';
    const [from, next] = this.#line(line);
    return this.#source.slice(this.#beforeBreak(next, from), next);
  }

  /** A new version of the whole text. */
  replaceAll(text: string, version: number): void {
    this.#version = version;
    this.#counted.line = -1;
    this.#source = Source.of(text);
    this.#starts = [0, ...startsIn(text, 0)];
  }

  /** A new version with `text` in place of a range. @returns what was replaced */
  replace(range: Range, text: string, version: number): Edit {
    const [start, oldEnd] = this.#offsetsOf(range);
    const edit = { start, oldEnd, newEnd: start + text.length };
    // A line break of two characters may be made or cut where the edit begins.
    const first = this.#lineAt(Math.max(0, start - 1));
    const last = this.#lineAt(oldEnd);
    const delta = edit.newEnd - oldEnd;
    this.#version = version;
    this.#counted.line = -1;
    this.#source = this.#source.replaced(edit, text);
    const from = this.#starts[first] ?? 0;
    const isLast = last + 1 >= this.#starts.length;
    const until = (isLast ? this.#source.length - delta : (this.#starts[last + 1] ?? 0)) + delta;
    const found = startsIn(this.#source.slice(from, until), from);
    this.#enter(first + 1, last + 1, isLast ? found : found.filter((at) => at < until), delta);
    return edit;
  }

  #characterAt(line: number, offset: number): number {
    const start = this.#starts[line] ?? 0;
    if (this.#encoding === 'utf-16') return offset - start;
    const before = this.#counted;
    const goesOn = before.line === line && before.offset <= offset;
    const from = goesOn ? before : { line, offset: start, character: 0 };
    const between = this.#source.slice(from.offset, offset);
    const character = from.character + lengthIn(this.#encoding, between);
    // Between the halves of a character there is no place to go on from.
    if (!/[\uD800-\uDBFF]$/.test(between)) this.#counted = { line, offset, character };
    return character;
  }

  /** Other lines in place of some; those behind them have moved. */
  #enter(from: number, to: number, others: readonly number[], delta: number): void {
    const starts = this.#starts;
    if (others.length === to - from) {
      for (const [index, start] of others.entries()) starts[from + index] = start;
    } else if (others.length < 10_000) {
      starts.splice(from, to - from, ...others);
    } else {
      this.#starts = [...starts.slice(0, from), ...others, ...starts.slice(to)];
    }
    if (delta === 0) return;
    for (let at = from + others.length; at < this.#starts.length; at++) this.#starts[at]! += delta;
  }

  #offsetsOf({ start, end }: Range): readonly [number, number] {
    const ends = [this.offsetAt(start), this.offsetAt(end)];
    return [Math.min(...ends), Math.max(...ends)];
  }

  /** Where a line and the one after it begin. */
  #line(line: number): readonly [number, number] {
    return [this.#starts[line] ?? 0, this.#starts[line + 1] ?? this.#source.length];
  }

  #lineAt(offset: number): number {
    return firstIndex(this.#starts, (start) => start > offset) - 1;
  }

  /** No position is behind the end of its line. */
  #beforeBreak(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && /[\r\n]/.test(this.#source.at(at - 1))) at--;
    return at;
  }
}

function checked(position: Partial<Record<keyof Position, unknown>> | undefined): Position {
  const { line, character } = position ?? {};
  if (typeof line === 'number' && typeof character === 'number') {
    return { line: Math.trunc(line), character: Math.trunc(character) };
  }
  const given = JSON.stringify(position);
  const message = `A position needs the numbers “line” and “character”: ${given}`;
  throw new ResponseError(ErrorCodes.InvalidParams, message);
}

/** Where lines begin behind the line breaks of a text that itself begins at an offset. */
function startsIn(text: string, offset: number): number[] {
  const starts: number[] = [];
  const lineBreak = /\r\n|\r|\n/g;
  while (lineBreak.test(text)) starts.push(offset + lineBreak.lastIndex);
  return starts;
}
