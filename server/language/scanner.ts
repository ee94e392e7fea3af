/** Finds every tag of a body: rules L1 and L2, and text that looks like a tag with a slip. */
import { copied, delimiters } from './lexer.ts';
import type { EscapeTag, Suspect, SyntaxStyle, Tag } from './nodes.ts';
import { Anchor } from './positions.ts';
import { TagReader } from './tagReader.ts';

/**
 * A place that could have been a tag, and how far the text had to be read to know that it is not. An edit within
 * that reach may make it one.
 */
export interface Attempt {
  start: number;
  readonly length: number;
}

export interface Scan {
  readonly tags: Tag[];
  readonly attempts: Attempt[];
  /** The farthest place that was looked at to read a tag, or to know that there is none. */
  readonly reach: number;
}

const idPart = '[^\\s!"#%-,./;->@[-^`{-~]+';
const dotted = `(?![-0-9])${idPart}(?:[./]${idPart})*`;
const runs = { angle: /<+|\{\{/g, mustache: /\{\{+/g };
const slips = {
  padded: new RegExp(`<<(?:[ \\t]+(${dotted})[ \\t]*|(${dotted})[ \\t]+)>>(?!>)`, 'y'),
  triple: new RegExp(`<<<(${dotted})>>>(?!>)`, 'y'),
  maybe: new RegExp(`<(?:(${dotted})>>|<(${dotted})>)(?!>)`, 'y'),
  mustache: new RegExp(
    `\\{\\{[{&#]?[ \\t]*(?:(?:if|unless|each|with)[ \\t]+)?(${dotted})[ \\t]*\\}\\}`,
    'y',
  ),
};

type Slip = keyof typeof slips;

/**
 * Scans from `from` (not inside a tag) to the end, or until `stop` says that a found tag is where old ones go on.
 * Positions are those of a document of which the text begins at `base`.
 */
export function scan(
  text: string,
  style: SyntaxStyle,
  from: number,
  stop: (tag: Tag) => boolean = () => false,
  base = 0,
): Scan {
  const scanner = new Scanner(text, style, from, base);
  while (scanner.step()) {
    const last = scanner.tags.at(-1);
    if (last && scanner.fresh && stop(last)) break;
  }
  return scanner;
}

class Scanner implements Scan {
  readonly tags: Tag[] = [];
  readonly attempts: Attempt[] = [];
  /** The last step found a tag. */
  fresh = false;
  readonly #text: string;
  readonly #style: SyntaxStyle;
  readonly #reader: TagReader;
  readonly #runs: RegExp;
  readonly #base: number;
  #reach = 0;
  /** Text before here belongs to tags already found. */
  #from: number;

  constructor(text: string, style: SyntaxStyle, from: number, base: number) {
    this.#base = base;
    this.#text = text;
    this.#style = style;
    this.#reader = new TagReader(text, style);
    this.#runs = new RegExp(runs[style]);
    this.#runs.lastIndex = from;
    this.#from = from;
  }

  get reach(): number {
    return this.#reach;
  }

  /** Looks at the next run of opening brackets; false when there is none. */
  step(): boolean {
    const count = this.tags.length;
    const run = this.#runs.exec(this.#text);
    if (!run) return false;
    const length = run[0].length;
    if (this.#text.charCodeAt(run.index) !== delimiters[this.#style].openCode) {
      this.#suspect('mustache', run.index);
    } else if (this.#style === 'mustache') this.#opening(run.index + Math.max(0, length - 3));
    else if (length === 2) this.#opening(run.index);
    else if (length === 1) this.#suspect('maybe', run.index);
    else if (length === 3) this.#suspect('triple', run.index);
    this.fresh = this.tags.length > count;
    return true;
  }

  #opening(start: number): void {
    const backslashes = this.#backslashes(start);
    if (backslashes === 1) {
      this.#escape(start);
      this.#runs.lastIndex = start + 2;
      return;
    }
    const tag = this.#read(start) ?? this.#afterTriple(start);
    if (!tag || tag.kind === 'malformed') this.#attempt(start);
    if (!tag) {
      this.#runs.lastIndex = start + 2;
      if (this.#style === 'angle') this.#slip(start);
      return;
    }
    if (backslashes > 1) this.#escape(start);
    this.#push(tag);
  }

  #read(start: number): Tag | undefined {
    const tag = this.#reader.read(start);
    this.#reach = Math.max(this.#reach, this.#base + this.#reader.reach);
    return tag;
  }

  /** `{{{x}}`, which is no triple: one brace is text and the tag begins after it. */
  #afterTriple(start: number): Tag | undefined {
    if (this.#style === 'angle' || this.#text[start + 2] !== '{') return undefined;
    this.#attempt(start);
    return this.#read(start + 1);
  }

  /** L2 counts the backslashes right before the pair. */
  #backslashes(start: number): number {
    let at = start;
    while (at > this.#from && this.#text[at - 1] === '\\') at--;
    return start - at;
  }

  #escape(start: number): void {
    const anchor = new Anchor(this.#base + start - 1);
    anchor.length = 1;
    const escape: Pick<EscapeTag, 'kind'> = { kind: 'escape' };
    this.tags.push(Object.assign(anchor, escape));
    this.#from = start;
  }

  #attempt(start: number): void {
    this.attempts.push({
      start: this.#base + start,
      length: this.#reader.reach - start + 1,
    });
  }

  /** A tag as it was read, in the text at hand: everything inside it counts from its start. */
  #push(tag: Tag): void {
    this.#from = tag.end;
    this.#runs.lastIndex = tag.end;
    (tag as unknown as Anchor).start += this.#base;
    this.tags.push(tag);
  }

  #slip(start: number): void {
    if (!this.#suspect('padded', start)) this.#suspect('maybe', start);
  }

  #suspect(slip: Slip, start: number): boolean {
    const pattern = slips[slip];
    pattern.lastIndex = start;
    const match = pattern.exec(this.#text);
    if (!match) return false;
    const anchor = new Anchor(start);
    anchor.length = match[0].length;
    const suspect: Pick<Suspect, 'kind' | 'slip' | 'name'> = {
      kind: 'suspect',
      slip,
      name: copied(match[1] ?? match[2] ?? ''),
    };
    this.#push(Object.assign(anchor, suspect));
    return true;
  }
}
