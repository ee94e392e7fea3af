/** Writes a template with the other brackets, so that it renders the same. */
import { delimiters } from './lexer.ts';
import type { RawTag, Span, Suspect, SyntaxStyle, Tag } from './nodes.ts';
import { scan } from './scanner.ts';

/** A stretch of a text that must not be read as what it looks like, and how that is said. */
interface Guard {
  readonly from: number;
  /** Absent: a backslash before `from`. Otherwise what is up to here is put into `raw`. */
  readonly to?: number;
}

interface Text extends Span {
  readonly kind: 'text';
  /** As it renders: without the backslashes that only guard. */
  readonly text: string;
  guards: Guard[];
}

interface Piece extends Span {
  readonly kind: 'tag';
  readonly tag: Exclude<Tag, Suspect>;
  /** Between the brackets. */
  readonly inner: string;
  /** Of a raw block: what follows its opening tag. */
  readonly rest: string;
  /** Written with `&`, which allows what a plain tag does not. */
  loose: boolean;
}

type Part = Text | Piece;

/** A piece of the old text and what takes its place. */
interface Rewritten {
  readonly span: Span;
  readonly text: string;
}

/** Each round guards whatever the one before left or brought about. */
const mostRounds = 12;

/**
 * What changes in a body in the other syntax. `undefined`: there is no way to write it so.
 * @param start where the body of the text begins
 */
export function convertBody(
  text: string,
  start: number,
  tags: readonly Tag[],
  to: SyntaxStyle,
): readonly Rewritten[] | undefined {
  const parts = partsOf(text, start, tags, to);
  if (parts === undefined) return undefined;
  for (let round = 0; round < mostRounds; round++) {
    const written = parts.map((part, index) => writtenAs(part, parts[index + 1], to));
    const mended = mend(parts, written, to);
    if (mended === 'impossible') return undefined;
    if (mended === 'something') continue;
    return parts
      .map(({ start: from, end }, index) => ({
        span: { start: from, end },
        text: written[index] ?? '',
      }))
      .filter((one) => text.slice(one.span.start, one.span.end) !== one.text);
  }
  return undefined;
}

function partsOf(
  text: string,
  bodyStart: number,
  tags: readonly Tag[],
  to: SyntaxStyle,
): Part[] | undefined {
  const parts: Part[] = [];
  let pending = '';
  let [start, from] = [bodyStart, bodyStart];
  for (const tag of tags) {
    if (tag.kind === 'suspect') continue;
    if (tag.kind === 'malformed') return undefined;
    pending += text.slice(from, tag.start);
    from = tag.end;
    if (tag.kind === 'escape') continue;
    parts.push(textPart(start, tag.start, pending, to));
    const rest = tag.kind === 'raw' ? rawRest(text, tag, to) : '';
    const inner = innerOf(text, tag, to);
    parts.push({ kind: 'tag', start: tag.start, end: from, tag, inner, rest, loose: false });
    pending = '';
    start = from;
  }
  const last = pending + text.slice(from);
  parts.push(textPart(start, text.length, last, to));
  return parts;
}

const escapeLike: Readonly<Record<SyntaxStyle, RegExp>> = {
  angle: /<*\\+<<(?!<)/g,
  mustache: /\{*\\+\{\{\{?(?!\{)/g,
};

/** A backslash that is meant must not be taken for one that guards. */
function textPart(start: number, end: number, text: string, to: SyntaxStyle): Text {
  const guards = [...text.matchAll(escapeLike[to])].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
  return { kind: 'text', start, end, text, guards };
}

/** What lies between the brackets, without the space that only one of the syntaxes allows. */
function innerOf(text: string, tag: Exclude<Tag, Suspect>, to: SyntaxStyle): string {
  const { start, end } = tag.kind === 'raw' ? tag.open : tag;
  const width = text.startsWith('{{{', start) ? 3 : 2;
  const written = text.slice(start + width, end - width);
  if (tag.kind === 'comment') return commentFor(written, to);
  if (tag.kind !== 'value' && tag.kind !== 'else') return written;
  const [left, right] = [tag.stripBefore ? '~' : '', tag.stripAfter ? '~' : ''];
  return left + written.slice(left.length, written.length - right.length).trim() + right;
}

const apart: Readonly<Record<SyntaxStyle, RegExp>> = { angle: />(?=>)/g, mustache: /\}(?=\})/g };

/** Nothing in a comment may close it. What it says is not rendered, so that a space does no harm. */
function commentFor(inner: string, to: SyntaxStyle): string {
  const { close } = delimiters[to];
  const [, left = '', body = '', right = ''] = /^(~?)([^]*?)(~?)$/.exec(inner) ?? [];
  if (body.startsWith('!--') && body.endsWith('--') && body.length > 4) {
    const safe = body.slice(3, -2).replaceAll(`--${close}`, `-- ${close}`);
    return `${left}!--${safe.replaceAll(`--~${close}`, `-- ~${close}`)}--${right}`;
  }
  return left + body.replace(/^!--/, '! --').replaceAll(apart[to], '$& ') + right;
}

function rawRest(text: string, tag: RawTag, to: SyntaxStyle): string {
  const inside = text.slice(tag.content.start, tag.content.end);
  if (tag.close === undefined) return inside;
  const { open, close } = delimiters[to];
  const [before, after] = [tag.closeStripBefore ? '~' : '', tag.closeStripAfter ? '~' : ''];
  return `${inside}${open}${before}/raw${after}${close}`;
}

function writtenAs(part: Part, next: Part | undefined, to: SyntaxStyle): string {
  if (part.kind === 'tag') return tagText(part, to);
  const text = guarded(part, to);
  // Of the backslashes before a tag one is dropped.
  return next?.kind === 'tag' && text.endsWith('\\') ? `${text}\\` : text;
}

function tagText({ inner, rest, loose }: Piece, to: SyntaxStyle): string {
  const { open, close } = delimiters[to];
  const strip = loose && inner.startsWith('~') ? '~' : '';
  const mark = loose ? '&' : '';
  return `${open}${strip}${mark}${inner.slice(strip.length)}${close}${rest}`;
}

function guarded({ text, guards }: Text, to: SyntaxStyle): string {
  let made = '';
  let from = 0;
  for (const guard of guards) {
    made += text.slice(from, guard.from) + before(guard, to);
    if (guard.to !== undefined) made += text.slice(guard.from, guard.to) + rawClose(to);
    from = guard.to ?? guard.from;
  }
  return made + text.slice(from);
}

const before = ({ to }: Guard, style: SyntaxStyle): string =>
  to === undefined ? '\\' : `${delimiters[style].open}#raw${delimiters[style].close}`;
const rawClose = (style: SyntaxStyle): string =>
  `${delimiters[style].open}/raw${delimiters[style].close}`;

type Mended = 'nothing' | 'something' | 'impossible';

/** Compares the tags that would be read with those that are meant. */
function mend(parts: readonly Part[], written: readonly string[], to: SyntaxStyle): Mended {
  const read = scan(written.join(''), to, 0).tags.filter(
    ({ kind }) => kind !== 'suspect' && kind !== 'escape',
  );
  let mended: Mended = 'nothing';
  let [at, start] = [0, 0];
  for (const [index, part] of parts.entries()) {
    const end = start + (written[index]?.length ?? 0);
    while ((read[at]?.start ?? end) < start) at++;
    if (part.kind === 'tag') {
      if (isMeant(part, read[at], start, end)) at++;
      else if (loosen(part, parts[index - 1], to)) mended = 'something';
      else return 'impossible';
    } else {
      const { guards } = part;
      for (let tag = read[at]; tag !== undefined && tag.start < end; tag = read[++at]) {
        const from = sourceOffset(guards, tag.start - start, to);
        if (from === undefined || !guard(part, from)) continue;
        mended = 'something';
        // What this one has swallowed is looked at in the next round.
        if (tag.end > end) return mended;
      }
    }
    start = end;
  }
  return mended;
}

function isMeant({ tag }: Piece, read: Tag | undefined, start: number, end: number): boolean {
  if (read?.kind !== tag.kind || read.start !== start) return false;
  return read.end === end;
}

/** The text before it must not run into the tag; then a value has another way to be written. */
function loosen(part: Piece, prior: Part | undefined, to: SyntaxStyle): boolean {
  const bracket = delimiters[to].open[0] ?? '';
  if (prior?.kind === 'text' && prior.text.endsWith(bracket)) {
    const { length } = prior.text;
    const from = length - (/[\\<{]*$/.exec(prior.text)?.[0].length ?? 0);
    if (put(prior, { from, to: length })) return true;
  }
  if (part.tag.kind !== 'value' || part.loose || /^~?&/.test(part.inner)) return false;
  part.loose = true;
  return true;
}

/** False: it is a guard already. */
function guard(part: Text, from: number): boolean {
  const tried = part.guards.some((one) => one.from === from);
  if (!tried && part.text[from - 1] !== '\\') return put(part, { from });
  const { length } = /[\\<{]*$/.exec(part.text.slice(0, from))?.[0] ?? '';
  return put(part, { from: from - length, to: Math.min(from + 2, part.text.length) });
}

/** One that reaches further takes the place of those within it. */
function put(part: Text, added: Guard): boolean {
  const end = added.to ?? added.from;
  if (part.guards.some(({ from, to = from }) => from <= added.from && end <= to && to > from)) {
    return false;
  }
  const kept = part.guards.filter(({ from, to = from }) => to < added.from || from > end);
  part.guards = [...kept, added].sort((a, b) => a.from - b.from);
  return true;
}

/** From the written text to what it stands for; `undefined` within what only guards. */
function sourceOffset(
  guards: readonly Guard[],
  offset: number,
  style: SyntaxStyle,
): number | undefined {
  let shift = 0;
  for (const one of guards) {
    const opening = one.from + shift;
    if (offset < opening) break;
    shift += before(one, style).length;
    if (one.to === undefined) continue;
    const closed = one.to + shift + rawClose(style).length;
    if (offset < closed) return undefined;
    shift += rawClose(style).length;
  }
  return offset - shift;
}
