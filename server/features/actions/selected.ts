/** What an author has selected of the body, when it is a whole: no half of a tag and no half of a block. */
import type { Analysis } from '../../analysis.ts';
import type { Span, Tag } from '../../language/nodes.ts';
import type { Scope } from '../../language/scopes.ts';
import type { Place } from './action.ts';

export interface Selected {
  /** Without blank space around it, or whole lines where nothing else stands in them. */
  readonly span: Span;
  /** Always without blank space around it. */
  readonly trimmed: Span;
  readonly lines: boolean;
  readonly text: string;
  readonly tags: readonly Tag[];
  /** What names mean around it. */
  readonly scope: Scope;
}

export function selectedPart({ file, selection }: Place): Selected | undefined {
  const { analysis, text } = file;
  const trimmed = trim(text, selection);
  if (trimmed === undefined || trimmed.start < analysis.document.body.start) return undefined;
  // What is written there instead would run into a bracket.
  const { start, end } = trimmed;
  if (/[<{]/.test(text[start - 1] ?? '') || /^(?:<<|\{\{)/.test(text.slice(end - 1, end + 1)))
    return undefined;
  const tags = wholeTags(analysis, trimmed);
  if (tags === undefined || !tags.every((tag) => isClosedWithin(tag, analysis, trimmed)))
    return undefined;
  const whole = wholeLines(text, trimmed, analysis.document.body.start);
  const span = whole ?? trimmed;
  return {
    span,
    trimmed,
    lines: whole !== undefined,
    text: text.slice(span.start, span.end),
    tags,
    scope: analysis.scopeAt(trimmed.start),
  };
}

function trim(text: string, { start, end }: Span): Span | undefined {
  const piece = text.slice(start, end);
  if (piece.trim() === '') return undefined;
  const from = start + piece.length - piece.trimStart().length;
  return { start: from, end: from + piece.trim().length };
}

/** `undefined`: one of them reaches out of the span. */
function wholeTags(
  { document: { tags } }: Analysis,
  { start, end }: Span,
): readonly Tag[] | undefined {
  const touched = tags.filter(
    (tag) => tag.kind !== 'suspect' && tag.start < end && tag.end > start,
  );
  const whole = touched.every((tag) => tag.start >= start && tag.end <= end);
  // What is escaped begins with its backslash.
  const escaped = tags.some(
    (tag) => tag.kind === 'escape' && (tag.end === start || tag.end === end),
  );
  return whole && !escaped ? touched : undefined;
}

function isClosedWithin(tag: Tag, analysis: Analysis, { start, end }: Span): boolean {
  if (tag.kind === 'malformed' || tag.kind === 'inline') return false;
  if (tag.kind === 'raw') return tag.close !== undefined;
  const dividing = ['open', 'partial-open', 'else', 'close'].includes(tag.kind);
  if (!dividing) return true;
  const [block] = analysis.blocksAt(tag.start);
  return block?.close !== undefined && block.start >= start && block.end <= end;
}

/** With the line break of the last one; `undefined`: there is something else in the first or the last. */
function wholeLines(text: string, { start, end }: Span, from: number): Span | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, from);
  const lineEnd = text.indexOf('\n', end);
  const last = lineEnd < 0 ? text.length : lineEnd + 1;
  const blank = (text.slice(lineStart, start) + text.slice(end, last)).trim() === '';
  return blank ? { start: lineStart, end: last } : undefined;
}
