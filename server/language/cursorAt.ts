/** Finds out what is being typed: half-typed tags are text to the parser, so this looks at the text itself. */
import type { Cursor } from './cursor.ts';
import { frontMatterCursor } from './frontMatterCursor.ts';
import type { Delimiters } from './lexer.ts';
import { delimiters } from './lexer.ts';
import type { Span } from './nodes.ts';
import { blockOf, branchAt, tagAt } from './places.ts';
import type { Source } from './source.ts';
import type { Template } from './template.ts';
import type { Step } from './typedTag.ts';
import { readTyped } from './typedTag.ts';

/** How far back a tag is looked for, in characters. */
const farthest = 4000;

export function cursorAt(template: Template, offset: number): Cursor {
  const { frontMatter, document } = template;
  if (template.dialect !== undefined) return { kind: 'none' };
  if (frontMatter && offset < document.body.start) {
    const { start, end } = frontMatter.yaml;
    if (offset < start || offset > end) return { kind: 'none' };
    return frontMatterCursor(headOf(template, offset), frontMatter.yaml, offset);
  }
  if (frontMatter?.closed === false) {
    // The line that is being begun is not yet among those that look like YAML.
    const { start, end } = frontMatter.yaml;
    const more = template.source.slice(end, offset);
    if (more.length < farthest && more.trim() === '') {
      const yaml = { start, end: Math.max(end, offset) };
      return frontMatterCursor(headOf(template, offset), yaml, offset);
    }
  }
  const begun = frontMatter ? undefined : begunFrontMatter(template.source, offset);
  if (begun) return frontMatterCursor(headOf(template, offset), begun, offset);
  const tag = tagAt(document, offset);
  if (
    tag &&
    tag.start < offset &&
    offset < tag.end &&
    (tag.kind === 'comment' || tag.kind === 'raw')
  ) {
    return { kind: 'none' };
  }
  const open = openingBefore(template, offset);
  return open === undefined ? { kind: 'text' } : inTag(template, open, offset);
}

/** The text from its beginning, as far as front matter and what is typed in it may reach. */
function headOf({ frontMatter, source }: Template, offset: number): string {
  return source.slice(0, Math.max(frontMatter?.span.end ?? 0, offset) + farthest);
}

/** The first line after an opening fence that nothing closes yet. */
function begunFrontMatter(source: Source, offset: number): Span | undefined {
  const text = source.slice(0, 2 * farthest);
  const fence = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (!fence) return undefined;
  const start = fence[0].length;
  const rest = text.slice(start, start + farthest);
  const end = start + (/[\r\n]/.exec(rest)?.index ?? rest.length);
  return start <= offset && offset <= end && /^[\w-]*$/.test(text.slice(start, end))
    ? { start, end }
    : undefined;
}

/** Where the tag begins that the offset is in; `undefined` when it is in none. */
function openingBefore({ source, document }: Template, offset: number): number | undefined {
  const { open } = delimiters[document.syntax];
  const least = Math.max(document.body.start, offset - farthest);
  let at = lastBefore(source, open, offset);
  // Of three or more brackets the last two may open a tag only in a mustache file.
  if (at < least) return undefined;
  const before = tagAt(document, at);
  if (before && before.start < at && at < before.end) at = before.start;
  if (document.syntax === 'angle' && (source.at(at - 1) === '<' || source.at(at + 2) === '<'))
    return undefined;
  return backslashes(source, at, least) === 1 ? undefined : at;
}

/** Where `piece` was last, all of it before an offset and not too far; -1: nowhere. */
function lastBefore(source: Source, piece: string, offset: number): number {
  const from = Math.max(0, offset - farthest);
  const at = source.slice(from, offset).lastIndexOf(piece);
  return at < 0 ? -1 : from + at;
}

function backslashes(source: Source, at: number, least: number): number {
  let from = at;
  while (from > least && source.at(from - 1) === '\\') from--;
  return at - from;
}

function inTag(template: Template, open: number, offset: number): Cursor {
  const { source, document } = template;
  const marks = delimiters[document.syntax];
  const typed = readTyped(source.slice(open + 2, offset), marks);
  if (!typed) return { kind: 'text' };
  const { step, word } = typed;
  const end = wordEnd(source, offset);
  const closed = isClosed(source, end, marks);
  const halfClosed = closed ? undefined : halfCloser(source, open, end, marks);
  if (step.kind === 'string') return { ...inString(source, offset, step, word), halfClosed };
  const replace: Span = { start: offset - word.length, end };
  return cursorFor(template, open, step, { replace, prefix: word, closed, halfClosed });
}

type NameStep = Pick<Extract<Cursor, { kind: 'name' }>, 'kind' | 'place' | 'call' | 'given'>;
type Base = Pick<
  Extract<Cursor, { kind: 'close' }>,
  'replace' | 'prefix' | 'closed' | 'halfClosed'
>;

function inString(
  source: Source,
  offset: number,
  { kind, quote, place }: Extract<Step, { kind: 'string' }>,
  prefix: string,
): Extract<Cursor, { kind: 'string' }> {
  const rest = /^[^"'\r\n<>(){}=]*/.exec(source.slice(offset, offset + farthest))?.[0] ?? '';
  const closed = source.at(offset + rest.length) === quote;
  const end = closed ? offset + rest.length : offset;
  const replace = { start: offset - prefix.length, end };
  return { kind, replace, prefix, closed, quote, place };
}

function cursorFor(template: Template, open: number, step: Step, base: Base): Cursor {
  switch (step.kind) {
    case 'none':
      return { kind: 'none' };
    case 'close':
      return { ...base, kind: 'close', ...openBlock(template, open) };
    case 'partial':
    case 'inline':
      return { ...base, kind: step.kind };
    case 'partial-argument':
      return step.value === undefined
        ? { ...base, ...step }
        : nameCursor(template.source, base, { kind: 'name', place: 'argument', given: step });
    case 'name':
      return nameCursor(template.source, base, step);
    case 'string':
      return { kind: 'none' };
  }
}

function nameCursor(source: Source, base: Base, step: NameStep): Cursor {
  const { skip, ...word } = splitPath(base.prefix);
  const start = base.replace.start + skip;
  const bracket = word.bracketed ? bracketEnd(source, base.replace.end) : 0;
  return { ...base, ...step, ...word, replace: { start, end: base.replace.end + bracket } };
}

/** How much of `[odd key]` is still ahead. */
function bracketEnd(source: Source, offset: number): number {
  return /^[^\][\r\n<>]*\]/.exec(source.slice(offset, offset + 300))?.[0].length ?? 0;
}

/** The path typed so far, cut at its last separator. `skip`: characters before the last segment. */
function splitPath(word: string) {
  const data = word.startsWith('@');
  const path = data ? word.slice(1) : word;
  const { parts, last } = partsOf(path);
  const lead = /^\.{1,2}$/.test(path) ? '' : path.slice(0, last);
  const segments = lead === '' ? [] : parts;
  const owner = segments.filter((part) => part !== '' && part !== '..' && part !== 'this');
  return {
    owner,
    up: segments.filter((part) => part === '..').length,
    scoped: /^(?:\.|this\b)/.test(lead),
    data,
    prefix: path.slice(lead.length),
    bracketed: path[lead.length] === '[',
    skip: word.length - path.length + lead.length,
  };
}

/** The segments that a separator ends, and where the one begins that none does. */
function partsOf(path: string): { readonly parts: string[]; readonly last: number } {
  const parts: string[] = [];
  const piece = /\[([^\]]*)\][./]|(\.\.)[./]|([^./[]*)[./]/y;
  let last = 0;
  for (let match = piece.exec(path); match; match = piece.exec(path)) {
    parts.push(match[1] ?? match[2] ?? match[3] ?? '');
    last = piece.lastIndex;
  }
  return { parts, last };
}

const wordPart = /^[^\s!"#%-,./;->@[-^`{-~]*/;

/** The end of the name that the offset stands in. */
function wordEnd(source: Source, offset: number): number {
  const ahead = source.slice(offset, offset + farthest);
  return offset + (wordPart.exec(ahead)?.[0].length ?? 0);
}

/** Whether the tag is closed on this line. */
function isClosed(source: Source, from: number, { open, close }: Delimiters): boolean {
  const rest = source.slice(from, from + farthest);
  const line = rest.slice(0, /[\r\n]/.exec(rest)?.index ?? rest.length);
  const at = line.indexOf(close);
  const next = line.indexOf(open);
  return at >= 0 && (next < 0 || at < next);
}

/** Where half of the closing pair follows: not the end of an HTML tag that the line began before. */
function halfCloser(
  source: Source,
  tag: number,
  from: number,
  { open, close }: Delimiters,
): number | undefined {
  const [single, opener] = [close.slice(1), open.slice(1)];
  const at = from + (/^["') \t]*/.exec(source.slice(from, from + 100))?.[0].length ?? 0);
  if (source.slice(at, at + single.length) !== single) return undefined;
  const behind = source.slice(Math.max(0, tag - farthest), tag);
  const line = behind.slice(behind.lastIndexOf('\n') + 1);
  return line.lastIndexOf(opener) <= line.lastIndexOf(single) ? at : undefined;
}

/** The innermost block that is open where a closing tag begins. */
function openBlock(template: Template, at: number) {
  const { document } = template;
  const tag = tagAt(document, at);
  const closed = tag?.kind === 'close' && tag.start === at ? blockOf(document, tag) : undefined;
  const block = closed ?? branchAt(document, at)?.block;
  return block ? { block, name: block.name } : {};
}
