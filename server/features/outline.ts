/** What a template consists of, as a tree: front matter, keys, variables, roles, blocks and headings. */
import type { Analysis, Heading } from '../analysis.ts';
import type { Entry, FrontMatter } from '../language/frontMatter.ts';
import type { Declaration } from '../language/values.ts';
import type { Block, Node, Span } from '../language/nodes.ts';

export type PartKind =
  | 'front-matter'
  | 'key'
  | 'variable'
  | 'heading'
  | 'role'
  | 'loop'
  | 'condition'
  | 'inline'
  | 'partial'
  | 'section';

/** `name` is what is shown, `span` all of it, `selection` the piece of it that names it. */
export interface Part {
  readonly name: string;
  readonly detail?: string;
  readonly kind: PartKind;
  readonly span: Span;
  readonly selection: Span;
  readonly children: Part[];
}

export function outline(analysis: Analysis): Part[] {
  const { frontMatter } = analysis;
  const head = frontMatter === undefined ? [] : [frontMatterPart(frontMatter)];
  return [...head, ...nest([...blockParts(analysis), ...analysis.headings.map(headingPart)])];
}

function frontMatterPart(frontMatter: FrontMatter): Part {
  const { span } = frontMatter;
  return {
    name: 'Front matter',
    kind: 'front-matter',
    span,
    selection: { start: span.start, end: Math.min(span.start + 3, span.end) },
    children: frontMatter.entries.map((entry) => keyPart(entry, frontMatter)),
  };
}

function keyPart({ key, keySpan, valueSpan, value }: Entry, { variables }: FrontMatter): Part {
  return {
    name: key,
    ...(typeof value === 'string' || typeof value === 'number' ? { detail: `${value}` } : {}),
    kind: 'key',
    span: { start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end) },
    selection: keySpan,
    children: key === 'variables' ? variables.map(variablePart) : [],
  };
}

function variablePart({ name, type, span, nameSpan }: Declaration): Part {
  return { name, detail: type, kind: 'variable', span, selection: nameSpan, children: [] };
}

function headingPart({ title, span, section }: Heading): Part {
  return { name: title || '#', kind: 'heading', span: section, selection: span, children: [] };
}

function* blockParts({ document, text }: Analysis): Iterable<Part> {
  const waiting: Node[][] = [[...document.children]];
  for (let nodes = waiting.pop(); nodes !== undefined; nodes = waiting.pop()) {
    for (const node of nodes) {
      if (node.kind !== 'block') continue;
      yield blockPart(node, text);
      for (const { children } of node.branches) waiting.push([...children]);
    }
  }
}

const kinds: Readonly<Record<string, PartKind>> = {
  system: 'role',
  user: 'role',
  assistant: 'role',
  each: 'loop',
  if: 'condition',
  unless: 'condition',
};

function blockPart(block: Block, text: string): Part {
  const { open } = block;
  const written = text.slice(open.start, open.end).replaceAll(/\s+/g, ' ');
  const inner = /^(?:<<|\{\{)~?[#^]?[*>]?\s*(.*?)\s*~?(?:>>|\}\})?$/.exec(written)?.[1];
  const own = Object.hasOwn(kinds, block.name) ? kinds[block.name] : undefined;
  return {
    name: inner || block.name || written,
    kind:
      open.kind === 'inline'
        ? 'inline'
        : open.kind === 'partial-open'
          ? 'partial'
          : (own ?? 'section'),
    span: block,
    selection: open,
    children: [],
  };
}

/** A heading's section ends where the block ends that it is in, and where a block begins that goes on after it. */
function nest(parts: Part[]): Part[] {
  const top: Part[] = [];
  const open: Part[] = [];
  parts.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  for (const part of parts) {
    while (isOver(open.at(-1), part)) open.pop();
    const parent = open.at(-1);
    const end = Math.min(part.span.end, parent?.span.end ?? part.span.end);
    const placed = {
      ...part,
      span: { start: part.span.start, end: Math.max(end, part.selection.end) },
    };
    (parent?.children ?? top).push(placed);
    open.push(placed);
  }
  return top;
}

function isOver(before: Part | undefined, part: Part): boolean {
  if (before === undefined) return false;
  if (before.span.end <= part.span.start) return true;
  return before.kind === 'heading' && part.kind !== 'heading' && part.span.end > before.span.end;
}
