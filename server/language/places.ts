/** Finds what is at an offset of a document. */
import type { Block, Branch, Document, Expression, Node, Span, Tag } from './nodes.ts';
import { firstIndex } from './positions.ts';

/** The tag that contains the offset, both ends included; of two that touch, the one to the right. */
export function tagAt({ tags }: Document, offset: number): Tag | undefined {
  const tag = tags[firstIndex(tags, ({ start }) => start > offset) - 1];
  return tag && tag.end >= offset ? tag : undefined;
}

/** The innermost branch whose body contains the offset, both ends included. */
export function branchAt({ children }: Document, offset: number): Branch | undefined {
  let found: Branch | undefined;
  let level: readonly Node[] = children;
  for (;;) {
    const node = level[firstIndex(level, ({ start }) => start >= offset) - 1];
    if (node?.kind !== 'block' || node.end < offset) return found;
    const branch = node.branches.find(({ body }) => body.start <= offset && offset <= body.end);
    if (!branch) return found;
    found = branch;
    level = branch.children;
  }
}

/** Blocks that contain the offset, innermost first. One whose own tags contain it counts. */
export function blocksAt(document: Document, offset: number): readonly Block[] {
  const blocks: Block[] = [];
  const tag = tagAt(document, offset);
  const own = tag && blockOf(document, tag);
  if (own) blocks.push(own);
  for (let at = own ? own.parent : branchAt(document, offset); at; at = at.block.parent) {
    blocks.push(at.block);
  }
  return blocks;
}

/** The block a tag opens, divides or closes. */
export function blockOf({ children }: Pick<Document, 'children'>, tag: Tag): Block | undefined {
  if (!['open', 'inline', 'partial-open', 'malformed', 'else', 'close'].includes(tag.kind)) {
    return undefined;
  }
  const level = tag.parent?.children ?? children;
  const node = level[firstIndex(level, ({ start }) => start > tag.start) - 1];
  return node?.kind === 'block' ? node : undefined;
}

/** The innermost block or tag at the offset. */
export function nodeAt(document: Document, offset: number): Node | undefined {
  const tag = tagAt(document, offset);
  if (!tag) return branchAt(document, offset)?.block;
  const block = blockOf(document, tag);
  return block ?? (tag as Node);
}

/** The expressions a tag holds, outermost. */
function expressionsOf(tag: Tag): readonly Expression[] {
  switch (tag.kind) {
    case 'value':
    case 'open':
      return [tag.call];
    case 'else':
      return tag.call ? [tag.call] : [];
    case 'close':
      return [tag.name];
    case 'partial':
    case 'partial-open':
      return [
        ...(tag.target.expression ? [tag.target.expression] : []),
        ...tag.positional,
        ...tag.named.map(({ value }) => value),
      ];
    case 'inline':
    case 'comment':
    case 'raw':
    case 'escape':
    case 'malformed':
    case 'suspect':
      return [];
  }
}

/** The innermost expression at the offset, both ends included. */
export function expressionAt(document: Document, offset: number): Expression | undefined {
  const tag = tagAt(document, offset);
  if (!tag) return undefined;
  let found: Expression | undefined;
  let level = expressionsOf(tag);
  for (;;) {
    const inner = level.findLast((expression) => touches(expression, offset));
    if (!inner) return found;
    found = inner;
    if (inner.kind !== 'call') return found;
    level = [inner.callee, ...inner.positional, ...inner.named.map(({ value }) => value)];
  }
}

function touches({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
