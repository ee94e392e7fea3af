/** A template on its way from another tool's file to one of ours. */
import { stringify } from 'yaml';
import type { Tag } from '../nodes.ts';
import { scan } from '../scanner.ts';
import { Template } from '../template.ts';
import type { Value } from '../values.ts';

/** Something of the original that the new template does not have. */
export interface Loss {
  /** The key, tag or text in question. */
  readonly key: string;
  readonly reason: string;
  /** In the original, from 1. */
  readonly line?: number;
}

export interface Imported {
  /** A name for the file, without ending. */
  readonly name: string;
  /** The text of the new template. */
  readonly text: string;
  readonly losses: readonly Loss[];
}

/** Text that stays as it is, or a tag by what stands between its brackets (`from`: as the original has it). */
export type Piece = string | { readonly tag: string; readonly from: string; readonly line: number };

export interface Draft {
  readonly name: string;
  /** Front matter in order; what is `undefined` is left out. */
  readonly head: Readonly<Record<string, Value | undefined>>;
  readonly body: readonly Piece[];
  readonly losses: readonly Loss[];
}

type Style = 'angle' | 'mustache';

const brackets = { angle: ['<<', '>>'], mustache: ['{{', '}}'] } as const;
/** Each round turns at least one tag that would be an error into text. */
const mostRounds = 50;

/** Writes a draft down. Tags that would be errors become text, and the losses say so. */
export function finish(draft: Draft): Imported {
  const losses = [...draft.losses];
  let pieces = draft.body;
  for (let round = 0; round < mostRounds; round++) {
    const written = write(pieces, draft.head);
    const errors = Template.read(written.text).problems.filter(
      ({ severity }) => severity === 'error',
    );
    const bad = new Map<Piece, string>();
    for (const { span, message } of errors) {
      const at = written.tags.findLast(({ start }) => start <= span.start);
      if (at && !bad.has(at.piece)) bad.set(at.piece, message);
    }
    if (bad.size === 0) return { name: draft.name, text: declared(pieces, draft.head), losses };
    pieces = pieces.map((piece) => {
      const message = bad.get(piece);
      if (message === undefined || typeof piece === 'string') return piece;
      losses.push({ key: piece.from, reason: `Kept as text. ${message}`, line: piece.line });
      return piece.from;
    });
  }
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.from)).join('');
  losses.push({ key: 'body', reason: 'Its tags could not be understood and are kept as text.' });
  return { name: draft.name, text: declared([text], draft.head), losses };
}

/** With a declaration of every variable that is used. */
function declared(pieces: readonly Piece[], head: Draft['head']): string {
  const first = write(pieces, head).text;
  const missing = new Map<string, Value>();
  for (const problem of Template.read(first).problems) {
    if (problem.code !== 'undeclared-variable') continue;
    const known = missing.get(problem.name);
    if (known === undefined || known === 'string') missing.set(problem.name, problem.type);
  }
  if (missing.size === 0) return first;
  const given = head['variables'];
  const known = typeof given === 'object' && !Array.isArray(given) ? given : {};
  const variables = { ...known, ...Object.fromEntries(missing) };
  return write(pieces, { ...head, variables }).text;
}

interface Written {
  readonly text: string;
  readonly tags: readonly { readonly piece: Piece; readonly start: number }[];
}

/** In our own brackets, or where the text around would break those, in braces. */
function write(pieces: readonly Piece[], head: Draft['head']): Written {
  const plain = writeIn('angle', pieces, head);
  // What quotes another tool's tags must not be taken for a file of that tool.
  const taken = Template.read(plain.text).dialect !== undefined;
  const angle = taken ? writeIn('angle', pieces, { ...head, syntax: 'angle' }) : plain;
  if (angle.exact) return angle;
  const mustache = writeIn('mustache', pieces, { ...head, syntax: 'mustache' });
  return mustache.exact ? mustache : angle;
}

function writeIn(style: Style, pieces: readonly Piece[], head: Draft['head']) {
  const [open, close] = brackets[style];
  const yaml = frontMatter(head);
  let text = yaml;
  let endsEscaped = false;
  const tags: { piece: Piece; start: number }[] = [];
  for (const piece of joined(pieces)) {
    if (typeof piece === 'string') {
      const made = escaped(piece, style);
      text += made.text;
      endsEscaped = made.endsEscaped;
    } else {
      text = ready(text, style, endsEscaped);
      endsEscaped = false;
      tags.push({ piece, start: text.length });
      text += `${open}${piece.tag}${close}`;
    }
  }
  const found = scan(text, style, yaml.length)
    .tags.filter(({ kind }) => !['escape', 'suspect', 'raw'].includes(kind))
    .map(({ start }) => start);
  const exact = found.join() === tags.map(({ start }) => start).join();
  return { text, tags, exact };
}

function frontMatter(head: Draft['head']): string {
  const entries = Object.entries(head).filter(([, value]) => !isNothing(value));
  return `---\n${stringify(Object.fromEntries(entries), { lineWidth: 0, aliasDuplicateObjects: false })}---\n`;
}

function isNothing(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Texts that follow each other are one: a tag may begin in the one and end in the other. */
function joined(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = [];
  for (const piece of pieces) {
    const last = made.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') made[made.length - 1] = last + piece;
    else made.push(piece);
  }
  return made;
}

/** The text so that it is no tag. `endsEscaped`: it ends with a pair that has a backslash of ours before it. */
function escaped(text: string, style: Style): { text: string; endsEscaped: boolean } {
  const [open, close] = brackets[style];
  let made = '';
  let from = 0;
  let endsEscaped = false;
  for (let tag = firstTag(text, style, from); tag; tag = firstTag(text, style, from)) {
    const between = text.slice(from, tag.start);
    endsEscaped &&= between === '';
    made += between;
    if (tag.kind === 'escape' || made.endsWith('\\')) {
      // A backslash before a tag would be taken away: all of it is put where nothing is.
      const end = text.indexOf(close, tag.start);
      const stop = end < 0 ? text.length : end + close.length;
      made = withRaw(made, text.slice(tag.start, stop), style, endsEscaped);
      from = stop;
      endsEscaped = false;
    } else {
      // What follows the pair is looked at again: it is no longer inside of this tag.
      made += `\\${open}`;
      from = tag.start + open.length;
      endsEscaped = true;
    }
  }
  const rest = text.slice(from);
  return { text: made + rest, endsEscaped: endsEscaped && rest === '' };
}

function firstTag(text: string, style: Style, from: number): Tag | undefined {
  const isTag = ({ kind }: Tag): boolean => kind !== 'suspect';
  return scan(text, style, from, isTag).tags.find(isTag);
}

/** Brackets and backslashes at the end of what is before would count with those of the tag that follows. */
function withRaw(before: string, content: string, style: Style, endsEscaped: boolean): string {
  const [open, close] = brackets[style];
  const run = endRun(before, style);
  // A backslash that makes the pair text is not needed inside.
  const ours = endsEscaped ? 1 : 0;
  const rest = doubled(before.slice(0, before.length - run.length - ours));
  return `${rest}${open}#raw${close}${run}${content}${open}/raw${close}`;
}

/** What may stand right before a tag. */
function ready(text: string, style: Style, endsEscaped: boolean): string {
  return endRun(text, style) === '' ? doubled(text) : withRaw(text, '', style, endsEscaped);
}

function endRun(text: string, style: Style): string {
  return (style === 'angle' ? /<+$/ : /\{+$/).exec(text)?.[0] ?? '';
}

/** Of two backslashes before a tag one is dropped. */
function doubled(text: string): string {
  return text.endsWith('\\') ? `${text}\\` : text;
}
