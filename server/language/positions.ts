/**
 * Positions that survive edits elsewhere: a tag holds the only absolute offset, everything inside it counts from
 * there. After an edit the tags behind it are moved one number each and all their nodes with them.
 */
import type { Branch, Call, Expression, NamedArgument, Path, Segment, Span, Tag } from './nodes.ts';

/** A tag: its place in the document, and the fields that most tags have so that all have one shape. */
export class Anchor implements Span {
  start: number;
  length = 0;
  parent: Branch | undefined = undefined;
  kind: Tag['kind'] | undefined = undefined;
  stripBefore = false;
  stripAfter = false;
  call: Call | undefined = undefined;

  constructor(start: number) {
    this.start = start;
  }

  get end(): number {
    return this.start + this.length;
  }
}

/** A span inside a tag. */
class Anchored implements Span {
  readonly #anchor: Anchor;
  readonly #from: number;
  readonly #to: number;

  constructor(anchor: Anchor, start: number, end: number) {
    this.#anchor = anchor;
    this.#from = start - anchor.start;
    this.#to = end - anchor.start;
  }

  get start(): number {
    return this.#anchor.start + this.#from;
  }

  get end(): number {
    return this.#anchor.start + this.#to;
  }
}

export class NamedSpan extends Anchored implements Segment {
  readonly name: string;

  constructor(anchor: Anchor, start: number, end: number, name: string) {
    super(anchor, start, end);
    this.name = name;
  }
}

export class PathNode extends Anchored implements Path {
  readonly kind = 'path';
  readonly data: boolean;
  readonly up: number;
  readonly scoped: boolean;
  readonly segments: readonly Segment[];
  readonly text: string;

  constructor(
    anchor: Anchor,
    start: number,
    end: number,
    data: boolean,
    up: number,
    scoped: boolean,
    segments: readonly Segment[],
    text: string,
  ) {
    super(anchor, start, end);
    this.data = data;
    this.up = up;
    this.scoped = scoped;
    this.segments = segments;
    this.text = text;
  }
}

export class CallNode extends Anchored implements Call {
  readonly kind = 'call';
  readonly callee: Path;
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];

  constructor(
    anchor: Anchor,
    start: number,
    end: number,
    callee: Path,
    positional: readonly Expression[],
    named: readonly NamedArgument[],
  ) {
    super(anchor, start, end);
    this.callee = callee;
    this.positional = positional;
    this.named = named;
  }
}

/** A node inside a tag: a live span with the given fields. */
export function anchored<T extends object>(
  anchor: Anchor,
  start: number,
  end: number,
  fields: T,
): T & Span {
  return Object.assign(new Anchored(anchor, start, end), fields);
}

/** The index of the first element of a sorted list for which `after` holds; its length when there is none. */
export function firstIndex<T>(list: readonly T[], after: (element: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (after(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** More arguments than this do not fit one call. */
const mostArguments = 10_000;

/** The list with other elements between two indexes; the same list where that is cheaper. */
export function spliced<T>(list: T[], from: number, to: number, others: readonly T[]): T[] {
  if (others.length > mostArguments) return [...list.slice(0, from), ...others, ...list.slice(to)];
  list.splice(from, to - from, ...others);
  return list;
}
