/** What a helper may be given, by what is known of it: names, other helpers, and the values a variable can have. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex } from '../folderIndex.ts';
import type { TypedCall } from '../language/cursor.ts';
import { arity, helperNamed } from '../language/helpers.ts';
import type { Shape, Value } from '../language/values.ts';
import { type Candidate, closing, type CursorOf, escaped, type NameCursor } from './candidates.ts';
import { helperCandidates } from './helperCandidates.ts';
import { nameCandidates, shapeOfText } from './nameCandidates.ts';
import { partialNames } from './partialCandidates.ts';

/** Nothing where no further argument can be: after a variable, or when the helper has all it takes. */
export function argumentCandidates(
  analysis: Analysis,
  cursor: NameCursor,
  offset: number,
): Candidate[] {
  const { call } = cursor;
  if (call === undefined) return plainArguments(analysis, cursor, offset);
  const helper = helperNamed(call.name);
  const takesName = helper?.name === 'each' || helper?.name === 'with' || helper === undefined;
  if (call.opens && takesName && call.index >= (helper === undefined ? 0 : 1)) {
    return [asCandidate(analysis, cursor, call)];
  }
  if (helper === undefined) return [];
  if (call.named === undefined && call.index >= arity(helper).most) return [];
  return [
    ...literals(expectedOf(analysis, call, offset)).map(literalCandidate),
    ...plainArguments(analysis, cursor, offset),
  ];
}

/** Names and helpers in parentheses. */
function plainArguments(analysis: Analysis, cursor: NameCursor, offset: number): Candidate[] {
  return [...nameCandidates(analysis, cursor, offset), ...helperCandidates(analysis, cursor)];
}

/** `as |item|`, with a name that suits the list. */
function asCandidate(analysis: Analysis, cursor: NameCursor, call: TypedCall): Candidate {
  const item = paramName(call, 0);
  const end = cursor.closed ? '' : closing(analysis);
  return {
    label: `as |${item}|`,
    kind: 'keyword',
    detail: 'a name for what the block is about',
    text: `as |${item}|${end}`,
    snippet: `as |\${1:${escaped(item)}}|${escaped(end)}`,
    rank: 0,
  };
}

/** After `as`, or after the bar: names of block parameters. */
export function paramCandidates(analysis: Analysis, cursor: NameCursor): Candidate[] {
  const { call, place, replace } = cursor;
  if (call === undefined) return [];
  const begun = place === 'param';
  const bar = begun && analysis.source.at(replace.end) === '|' ? '' : '|';
  const end = cursor.closed ? '' : closing(analysis);
  const both =
    !begun && call.name === 'each' ? [`${paramName(call, 0)} ${paramName(call, 1)}`] : [];
  return [paramName(call, begun ? call.index : 0), ...both].map((names, rank) => ({
    label: begun ? names : `|${names}|`,
    kind: 'param',
    detail: 'block parameter',
    text: `${begun ? '' : '|'}${names}${bar}${end}`,
    rank,
  }));
}

/** `items` → `item`; the second one of an `each` is the position. */
function paramName({ name, first = '' }: TypedCall, position: number): string {
  if (position > 0) return 'index';
  const list = (name === 'each' || name === 'with' ? first : name).split(/[./]/).at(-1) ?? '';
  if (name === 'with') return list.slice(0, 1) || 'value';
  const single = list.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  return /^[\p{L}_]/u.test(single) && single !== list ? single : 'item';
}

/** Between quotes: the texts that make sense there. */
export function stringCandidates(
  analysis: Analysis,
  { place, quote, closed }: CursorOf<'string'>,
  offset: number,
  folder: FolderIndex,
): Candidate[] {
  const words = () => {
    switch (place.kind) {
      case 'partial':
        return partialNames(analysis, folder).map(({ name }) => name);
      case 'partial-argument':
        return literals(variableOf(folder, place));
      case 'argument':
        return literals(expectedOf(analysis, place.call, offset));
    }
  };
  return words()
    .filter((word): word is string => typeof word === 'string' && !word.includes(quote))
    .map((word, rank) => ({
      label: word,
      kind: place.kind === 'partial' ? 'partial' : 'constant',
      text: closed ? word : `${word}${quote}`,
      ...(place.kind === 'partial' ? { subject: { about: 'partial', slug: word } } : {}),
      rank,
    }));
}

export function variableOf(
  folder: FolderIndex,
  { slug, value }: { readonly slug: string; readonly value?: string },
): Shape | undefined {
  const { frontMatter } = folder.bySlug(slug)?.analysis ?? {};
  return frontMatter?.variables.find(({ name }) => name === value);
}

/** What the argument is compared with or looked up in decides what it can be. */
function expectedOf(analysis: Analysis, call: TypedCall, offset: number): Shape | undefined {
  if (call.index !== 1 || call.first === undefined || call.named !== undefined) return undefined;
  const shape = shapeOfText(analysis, call.first, offset);
  switch (call.name) {
    case 'eq':
    case 'ne':
    case 'default':
      return shape;
    case 'contains':
      return shape?.type === 'array' ? shape.items : namesOf(shape);
    case 'lookup':
      return namesOf(shape);
    case 'date':
      return oneOf(['YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY', 'YYYY-MM-DD HH:mm']);
    default:
      return undefined;
  }
}

const oneOf = (words: readonly string[]): Shape => ({
  type: 'string',
  enum: words,
  required: true,
});

function namesOf(shape: Shape | undefined): Shape | undefined {
  return shape?.properties && oneOf(shape.properties.map(({ name }) => name));
}

/** The values it may have, when they are few. */
function literals(shape: Shape | undefined): readonly Value[] {
  return shape?.enum ?? (shape?.type === 'boolean' ? [true, false] : []);
}

export function literalCandidates(shape: Shape | undefined): Candidate[] {
  return literals(shape).map(literalCandidate);
}

function literalCandidate(value: Value, position: number): Candidate {
  const label = typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  return { label, kind: 'constant', detail: 'one of its values', rank: position / 10 - 5 };
}

/** As a tag writes a text: only the quote it is written with is escaped. */
function quoted(text: string): string {
  return text.includes('"') && !text.includes("'")
    ? `'${text}'`
    : `"${text.replaceAll('"', '\\"')}"`;
}
