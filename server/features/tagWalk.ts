/** What a tag is made of. */
import { actionOf, type CallPlace } from '../language/calls.ts';
import type { Call, Expression, Literal, Path, Span, Tag } from '../language/nodes.ts';

interface PlacedCall {
  readonly call: Call;
  readonly place: CallPlace;
}

/** The paths that stand for values: names of helpers are not among them. */
export function* pathsIn(tag: Tag): Iterable<Path> {
  for (const { call, place } of callsIn(tag)) {
    const action = actionOf(call, place);
    if (action.kind === 'value' || action.kind === 'section') yield action.path;
  }
  for (const value of valuesIn(tag)) if (value.kind === 'path') yield value;
}

/** The names of helpers, known or not, that the tag calls. */
export function* helpersIn(tag: Tag): Iterable<Path> {
  for (const { call, place } of callsIn(tag)) {
    const { kind } = actionOf(call, place);
    if (kind !== 'value' && kind !== 'section') yield call.callee;
  }
}

export function* literalsIn(tag: Tag): Iterable<Literal> {
  for (const value of valuesIn(tag)) if (value.kind === 'literal') yield value;
}

/** What stands before each `=`. */
export function* namesOfArguments(tag: Tag): Iterable<Span> {
  if (tag.kind === 'partial' || tag.kind === 'partial-open') {
    for (const { nameSpan } of tag.named) yield nameSpan;
  }
  for (const { call } of callsIn(tag)) for (const { nameSpan } of call.named) yield nameSpan;
}

/** Calls, arguments with their names, and values, at any depth. */
export function* expressionsAt(tag: Tag): Iterable<Span> {
  for (const { call } of callsIn(tag)) yield* [call, ...call.named];
  if (tag.kind === 'partial' || tag.kind === 'partial-open') yield* tag.named;
  yield* valuesIn(tag);
}

/** Every call, outer ones first. */
function* callsIn(tag: Tag): Iterable<PlacedCall> {
  const outer = outerCall(tag);
  if (outer !== undefined) yield outer;
  for (const value of valuesIn(tag)) {
    if (value.kind === 'call') yield { call: value, place: 'nested' };
  }
}

function outerCall(tag: Tag): PlacedCall | undefined {
  switch (tag.kind) {
    case 'value':
      return { call: tag.call, place: 'tag' };
    case 'open':
      return { call: tag.call, place: 'block' };
    case 'else':
      return tag.call && { call: tag.call, place: 'block' };
    case 'partial':
    case 'partial-open':
      return tag.target.expression && { call: tag.target.expression, place: 'nested' };
    case 'inline':
    case 'close':
    case 'comment':
    case 'raw':
    case 'escape':
    case 'malformed':
    case 'suspect':
      return undefined;
  }
}

/** Everything that is given to something, at any depth. */
function* valuesIn(tag: Tag): Iterable<Expression> {
  if (tag.kind === 'partial' || tag.kind === 'partial-open') yield* given(tag);
  const outer = outerCall(tag);
  if (outer !== undefined) yield* given(outer.call);
}

function* given({ positional, named }: Pick<Call, 'positional' | 'named'>): Iterable<Expression> {
  for (const value of [...positional, ...named.map((argument) => argument.value)]) {
    yield value;
    if (value.kind === 'call') yield* given(value);
  }
}

/** The path up to one of its segments. Nodes have accessors, which a spread would not copy. */
export function upTo({ kind, data, up, scoped, text, start, segments }: Path, at: number): Path {
  const kept = segments.slice(0, at + 1);
  return { kind, data, up, scoped, text, start, segments: kept, end: kept.at(-1)?.end ?? start };
}
