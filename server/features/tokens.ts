/** The words of a tag by what they mean: what is coloured, in order of position. */
import type { Analysis } from '../analysis.ts';
import { helperNamed } from '../language/helpers.ts';
import type { Path, Span, Tag } from '../language/nodes.ts';
import type { Meaning } from '../language/scopes.ts';
import { helpersIn, literalsIn, namesOfArguments, pathsIn } from './tagWalk.ts';

/** `promptRole` is our own: `system`, `user` and `assistant`. */
export const tokenTypes = [
  'variable',
  'parameter',
  'property',
  'namespace',
  'function',
  'keyword',
  'string',
  'number',
  'comment',
  'operator',
  'promptRole',
] as const;
/** `undeclared` is our own: a theme may tell such variables apart. */
export const tokenModifiers = ['declaration', 'undeclared', 'readonly', 'defaultLibrary'] as const;

type TokenType = (typeof tokenTypes)[number];
type Modifier = (typeof tokenModifiers)[number];

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly Modifier[];
}

const builtIn: readonly Modifier[] = ['readonly', 'defaultLibrary'];

/**
 * The tokens of one tag. A mustache file has no grammar of its own in the editor: there the brackets and the names of
 * arguments are among them.
 */
export function tokensOf(tag: Tag, analysis: Analysis): Token[] {
  const rich = analysis.document.syntax === 'mustache';
  const found = [...wordsOf(tag, analysis)];
  if (rich && tag.kind !== 'comment') found.push(...marksOf(tag, analysis.text));
  return found.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
}

function token({ start, end }: Span, type: TokenType, modifiers: readonly Modifier[] = []): Token {
  return { start, end, type, modifiers };
}

function* wordsOf(tag: Tag, analysis: Analysis): Iterable<Token> {
  switch (tag.kind) {
    case 'comment':
      yield* linesOf(tag, analysis.text);
      return;
    case 'raw':
      yield* wordIn('raw', tag.open, analysis.text);
      if (tag.close !== undefined) yield* wordIn('raw', tag.close, analysis.text);
      return;
    case 'inline':
      yield* wordIn('inline', tag, analysis.text);
      yield token(tag.nameSpan, 'namespace', ['declaration']);
      return;
    case 'close':
      yield* closingName(tag, analysis);
      return;
    case 'escape':
    case 'malformed':
    case 'suspect':
      return;
    case 'else':
      yield* wordIn('else', tag, analysis.text);
      break;
    case 'value':
    case 'open':
    case 'partial':
    case 'partial-open':
      break;
  }
  yield* callWords(tag, analysis);
}

/** Of a tag that calls something. */
function* callWords(tag: Tag, analysis: Analysis): Iterable<Token> {
  if ('params' in tag) {
    for (const span of tag.params) yield token(span, 'parameter', ['declaration']);
  }
  if ('target' in tag && tag.target.name !== undefined) yield token(tag.target, 'namespace');
  for (const callee of helpersIn(tag)) yield token(callee, typeOfHelper(callee.text));
  for (const literal of literalsIn(tag)) {
    const { value } = literal;
    const type = typeof value === 'string' ? 'string' : 'keyword';
    yield token(literal, typeof value === 'number' ? 'number' : type);
  }
  for (const path of pathsIn(tag)) yield* pathWords(path, analysis);
}

function typeOfHelper(name: string): TokenType {
  const kind = helperNamed(name)?.kind;
  return kind === 'block' ? 'keyword' : kind === 'role' ? 'promptRole' : 'function';
}

function* pathWords(path: Path, analysis: Analysis): Iterable<Token> {
  const [first, ...others] = path.segments;
  if (path.scoped && path.text.startsWith('this')) {
    yield token({ start: path.start, end: path.start + 4 }, 'variable', builtIn);
  }
  if (first === undefined) return;
  if (path.data) yield token({ start: path.start, end: first.end }, 'variable', builtIn);
  else yield { ...token(first, 'variable'), ...meant(analysis.meaningOf(path)) };
  for (const span of others) yield token(span, 'property');
}

function meant(meaning: Meaning): Pick<Token, 'type' | 'modifiers'> {
  switch (meaning.kind) {
    case 'param':
      return { type: 'parameter', modifiers: [] };
    case 'variable':
      return {
        type: 'variable',
        modifiers: meaning.declaration === undefined ? ['undeclared'] : [],
      };
    case 'member':
    case 'context':
    case 'data':
      return { type: 'property', modifiers: [] };
  }
}

/** As in the tag it closes. */
function* closingName(
  { name, start }: Extract<Tag, { kind: 'close' }>,
  analysis: Analysis,
): Iterable<Token> {
  const block = analysis.nodeAt(start);
  if (block?.kind !== 'block') return;
  const { open } = block;
  if (open.kind === 'partial-open') yield token(name, 'namespace');
  else if (open.kind === 'inline') yield token(name, 'keyword');
  else if (open.kind === 'open') {
    const isHelper = [...helpersIn(open)].some((callee) => callee.start === open.call.callee.start);
    if (isHelper) yield token(name, typeOfHelper(name.text));
    else {
      const [first, ...others] = name.segments;
      if (first === undefined) return;
      yield { ...token(first, 'variable'), ...meant(analysis.meaningOf(open.call.callee)) };
      for (const span of others) yield token(span, 'property');
    }
  }
}

function* wordIn(word: string, { start, end }: Span, text: string): Iterable<Token> {
  const at = text.slice(start, Math.min(end, start + 40)).indexOf(word);
  if (at >= 0) yield token({ start: start + at, end: start + at + word.length }, 'keyword');
}

/** A token lies on one line. */
function* linesOf({ start, end }: Span, text: string): Iterable<Token> {
  let from = start;
  for (const line of text.slice(start, end).split('\n')) {
    yield token({ start: from, end: from + line.replace(/\r$/, '').length }, 'comment');
    from += line.length + 1;
  }
}

/** Brackets, sigils, names of arguments and `as`. */
function* marksOf(tag: Tag, text: string): Iterable<Token> {
  if (tag.kind === 'escape' || tag.kind === 'malformed' || tag.kind === 'suspect') return;
  const spans = tag.kind === 'raw' ? [tag.open, ...(tag.close ? [tag.close] : [])] : [tag];
  for (const { start, end } of spans) {
    const written = text.slice(start, end);
    const open = /^\{{2,3}~?(?:#>|#\*|[#^/>&])?/.exec(written)?.[0].length ?? 0;
    const close = /~?\}{2,3}$/.exec(written)?.[0].length ?? 0;
    yield token({ start, end: start + open }, 'operator');
    yield token({ start: end - close, end }, 'operator');
  }
  for (const span of namesOfArguments(tag)) yield token(span, 'property');
  const [param] = 'params' in tag ? tag.params : [];
  if (param === undefined) return;
  const at = text.lastIndexOf('as', param.start);
  if (at > tag.start) yield token({ start: at, end: at + 2 }, 'keyword');
}
