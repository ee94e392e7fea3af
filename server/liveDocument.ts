import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from './language/difference.ts';
import { firstIndex } from './language/positions.ts';
import { Source } from './language/source.ts';

/**
 * A document open in an editor: where its lines begin, kept up to date from edit to edit. What
 * `vscode-languageserver-textdocument` does with whole texts, for texts that are too long for that.
 */
export class LiveDocument implements TextDocument {
  readonly uri: string;
  readonly languageId: string;
  #version: number;
  #source: Source;
  /** Offsets, in order; the first is 0. */
  #starts: number[];

  constructor(uri: string, languageId: string, version: number, text: string) {
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
    return { line, character: this.#beforeBreak(within, start) - start };
  }

  offsetAt({ line, character }: Position): number {
    if (line >= this.#starts.length) return this.#source.length;
    if (line < 0) return 0;
    const [start, next] = this.#line(line);
    if (character <= 0) return start;
    return this.#beforeBreak(Math.min(start + character, next), start);
  }

  getLineRange(line: number): Range {
    const within = Math.max(0, Math.min(line, this.#starts.length - 1));
    const start = { line: within, character: 0 };
    if (line < 0) return { start, end: start };
    const [from, next] = this.#line(within);
    const isBehind = line >= this.#starts.length;
    const end = (isBehind ? next : this.#beforeBreak(next, from)) - from;
    return { start, end: { line: within, character: end } };
  }

  getEOLCharacters(line: number): string {
    if (line < 0 || line >= this.#starts.length) return '';
    const [from, next] = this.#line(line);
    return this.#source.slice(this.#beforeBreak(next, from), next);
  }

  /** A new version of the whole text. */
  replaceAll(text: string, version: number): void {
    this.#version = version;
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
    this.#source = this.#source.replaced(edit, text);
    const from = this.#starts[first] ?? 0;
    const isLast = last + 1 >= this.#starts.length;
    const until = (isLast ? this.#source.length - delta : (this.#starts[last + 1] ?? 0)) + delta;
    const found = startsIn(this.#source.slice(from, until), from);
    this.#enter(first + 1, last + 1, isLast ? found : found.filter((at) => at < until), delta);
    return edit;
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

/** Where lines begin behind the line breaks of a text that itself begins at an offset. */
function startsIn(text: string, offset: number): number[] {
  const starts: number[] = [];
  const lineBreak = /\r\n|\r|\n/g;
  while (lineBreak.test(text)) starts.push(offset + lineBreak.lastIndex);
  return starts;
}
