/** Finds out what is being typed: half-typed tags are text to the parser, so this looks at the text itself. */
import type { Cursor } from './cursor.ts';
import { frontMatterCursor } from './frontMatterCursor.ts';
import type { Delimiters } from './lexer.ts';
import { delimiters } from './lexer.ts';
import type { Span } from './nodes.ts';
import { blockOf, branchAt, tagAt } from './places.ts';
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
    return frontMatterCursor(template.text, frontMatter.yaml, offset);
  }
  const begun = frontMatter ? undefined : begunFrontMatter(template.text, offset);
  if (begun) return frontMatterCursor(template.text, begun, offset);
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

/** The first line after an opening fence that nothing closes yet. */
function begunFrontMatter(text: string, offset: number): Span | undefined {
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
function openingBefore({ text, document }: Template, offset: number): number | undefined {
  const { open } = delimiters[document.syntax];
  const least = Math.max(document.body.start, offset - farthest);
  let at = text.lastIndexOf(open, offset - open.length);
  // Of three or more brackets the last two may open a tag only in a mustache file.
  if (at < least) return undefined;
  const before = tagAt(document, at);
  if (before && before.start < at && at < before.end) at = before.start;
  if (document.syntax === 'angle' && (text[at - 1] === '<' || text[at + 2] === '<'))
    return undefined;
  return backslashes(text, at, least) === 1 ? undefined : at;
}

function backslashes(text: string, at: number, least: number): number {
  let from = at;
  while (from > least && text[from - 1] === '\\') from--;
  return at - from;
}

function inTag(template: Template, open: number, offset: number): Cursor {
  const { text, document } = template;
  const marks = delimiters[document.syntax];
  const typed = readTyped(text.slice(open + 2, offset), marks);
  if (!typed) return { kind: 'text' };
  const { step, word } = typed;
  const end = wordEnd(text, offset);
  const replace: Span = { start: offset - word.length, end };
  const base = { replace, prefix: word, closed: isClosed(text, end, marks) };
  return cursorFor(template, open, step, base);
}

type Base = { readonly replace: Span; readonly prefix: string; readonly closed: boolean };

function cursorFor(template: Template, open: number, step: Step, base: Base): Cursor {
  switch (step.kind) {
    case 'none':
      return { kind: 'none' };
    case 'close':
      return { ...base, kind: 'close', ...openBlock(template, open) };
    case 'partial':
      return { ...base, kind: 'partial' };
    case 'partial-argument':
      return { ...base, kind: 'partial-argument', slug: step.slug, given: step.given };
    case 'name': {
      const { place, call } = step;
      const word = splitPath(base.prefix);
      const replace = { start: base.replace.start + word.skip, end: base.replace.end };
      const { owner, up, scoped, data, prefix } = word;
      return { ...base, kind: 'name', place, call, replace, prefix, owner, up, scoped, data };
    }
  }
}

/** The path typed so far, cut at its last separator. `skip`: characters before the last segment. */
function splitPath(word: string) {
  const data = word.startsWith('@');
  const path = data ? word.slice(1) : word;
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1;
  const onlyDots = /^\.{1,2}$/.test(path);
  const lead = onlyDots ? '' : path.slice(0, cut);
  const segments = lead.split('/').flatMap((part) => (part === '..' ? ['..'] : part.split('.')));
  const owner = segments.filter((part) => part !== '' && part !== '..' && part !== 'this');
  return {
    owner,
    up: segments.filter((part) => part === '..').length,
    scoped: /^(?:\.|this\b)/.test(lead),
    data,
    prefix: path.slice(lead.length),
    skip: word.length - path.length + lead.length,
  };
}

const wordPart = /[^\s!"#%-,./;->@[-^`{-~]*/y;

/** The end of the name that the offset stands in. */
function wordEnd(text: string, offset: number): number {
  wordPart.lastIndex = offset;
  wordPart.test(text);
  return wordPart.lastIndex;
}

/** Whether the tag is closed on this line. */
function isClosed(text: string, from: number, { open, close }: Delimiters): boolean {
  const rest = text.slice(from, from + farthest);
  const line = rest.slice(0, /[\r\n]/.exec(rest)?.index ?? rest.length);
  const at = line.indexOf(close);
  const next = line.indexOf(open);
  return at >= 0 && (next < 0 || at < next);
}

/** The innermost block that is open where a closing tag begins. */
function openBlock(template: Template, at: number) {
  const { document } = template;
  const tag = tagAt(document, at);
  const closed = tag?.kind === 'close' && tag.start === at ? blockOf(document, tag) : undefined;
  const block = closed ?? branchAt(document, at)?.block;
  return block ? { block, name: block.name } : {};
}
