/** Markdown headings of a body. */
import type { Document, Span } from './nodes.ts';
import { tagAt } from './places.ts';

export interface Heading {
  readonly level: number;
  readonly title: string;
  /** Its line, without the line break. */
  readonly span: Span;
  /** Up to the next heading of its level or above. */
  readonly section: Span;
}

const line = /^(?:(`{3,}|~{3,}).*|(#{1,6})[ \t]+(\S.*))$/gm;

/** In order; none inside tags or fenced code. */
export function headingsOf(document: Document): readonly Heading[] {
  const found: {
    level: number;
    title: string;
    span: Span;
    section: { start: number; end: number };
  }[] = [];
  const open: (typeof found)[number][] = [];
  let fence: string | undefined;
  const pattern = new RegExp(line);
  pattern.lastIndex = document.body.start;
  for (let match = pattern.exec(document.text); match; match = pattern.exec(document.text)) {
    const [whole, ticks, marks, title] = match;
    if (ticks) {
      if (fence === undefined) fence = ticks;
      else if (whole.trim().startsWith(fence)) fence = undefined;
    } else if (marks && title && fence === undefined && !inTag(document, match.index)) {
      const start = match.index;
      const heading = {
        level: marks.length,
        title: withoutMarks(title),
        span: { start, end: start + whole.trimEnd().length },
        section: { start, end: document.body.end },
      };
      while (open.length > 0 && (open.at(-1)?.level ?? 0) >= heading.level) {
        const before = open.pop();
        if (before) before.section.end = start;
      }
      open.push(heading);
      found.push(heading);
    }
  }
  return found;
}

function inTag(document: Document, offset: number): boolean {
  const tag = tagAt(document, offset);
  return tag !== undefined && tag.start < offset && offset < tag.end;
}

/** Marks may also close a heading: `## Title ##`. */
function withoutMarks(title: string): string {
  const trimmed = title.trimEnd();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '#') end--;
  return /[ \t]/.test(trimmed[end - 1] ?? '') ? trimmed.slice(0, end).trimEnd() : trimmed;
}
