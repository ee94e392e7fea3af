/**
 * Pairs tags to blocks. Never fails: a missing or wrong closing tag becomes a problem, and the tree goes on with the
 * most likely meaning.
 */
import type { CloseTag, ElseTag, Node, OpeningTag, RawTag, Tag } from './nodes.ts';
import type { Problem } from './problems.ts';
import type { Anchor } from './positions.ts';
import type { BranchNode } from './tree.ts';
import { BlockNode } from './tree.ts';
import type { End } from './tree.ts';

/** Blocks inside each other; deeper ones get one diagnostic and no nodes. */
const deepestNesting = 100;

export interface Tree {
  readonly children: Node[];
  /** Of structure: what does not open, close or nest as it should. */
  readonly problems: Problem[];
}

/** Names whose blocks have one branch only. */
const single = new Set(['system', 'user', 'assistant', 'raw']);

/** `end` is where blocks end that nothing closes. */
export function parse(tags: readonly Tag[], end: End): Tree {
  const parser = new Parser(end);
  for (const tag of tags) parser.add(tag);
  parser.finish();
  return parser;
}

function place(tag: Tag, parent: BranchNode | undefined): void {
  (tag as unknown as Anchor).parent = parent;
}

/** What a closing tag must spell. */
function nameOf(open: OpeningTag): string {
  switch (open.kind) {
    case 'open':
      return open.call.callee.text;
    case 'inline':
      return 'inline';
    case 'partial-open':
      return open.target.name ?? open.target.expression?.callee.text ?? '';
    case 'malformed':
      return open.opens ?? '';
  }
}

class Parser implements Tree {
  readonly children: Node[] = [];
  readonly problems: Problem[] = [];
  readonly #end: End;
  readonly #stack: BlockNode[] = [];
  /** Levels that are open. */
  #depth = 0;
  /** Blocks open beyond the deepest nesting, by name. */
  readonly #ghosts = new Map<string, number>();
  #tooDeep = false;
  readonly #mismatched = new Set<BlockNode>();

  constructor(end: End) {
    this.#end = end;
  }

  add(tag: Tag): void {
    place(tag, this.#branch());
    switch (tag.kind) {
      case 'open':
      case 'inline':
      case 'partial-open':
        return this.#open(tag);
      case 'malformed':
        return tag.opens === undefined ? this.#leaf(tag) : this.#open(tag);
      case 'close':
        return this.#close(tag);
      case 'else':
        return this.#else(tag);
      case 'raw':
        this.#raw(tag);
        return this.#leaf(tag);
      case 'value':
      case 'partial':
      case 'comment':
      case 'escape':
      case 'suspect':
        return this.#leaf(tag);
    }
  }

  finish(): void {
    for (const block of this.#stack) this.#unclosed(block);
  }

  #branch(): BranchNode | undefined {
    return this.#stack.at(-1)?.last;
  }

  #leaf(node: Node): void {
    (this.#branch()?.children ?? this.children).push(node);
  }

  #open(tag: OpeningTag): void {
    const name = nameOf(tag);
    if (this.#depth >= deepestNesting) {
      this.#ghosts.set(name, (this.#ghosts.get(name) ?? 0) + 1);
      this.#reportDepth(tag);
      return;
    }
    const block = new BlockNode(tag, name, this.#branch(), this.#end);
    this.#leaf(block);
    this.#stack.push(block);
    this.#depth++;
  }

  #reportDepth(span: OpeningTag | ElseTag): void {
    if (this.#tooDeep) return;
    this.#tooDeep = true;
    this.problems.push({
      code: 'too-deep',
      severity: 'error',
      span,
      message: `Blocks may be nested ${deepestNesting} deep, every “else if” counted. Move the inner ones to a partial.`,
    });
  }

  #close(tag: CloseTag): void {
    const name = tag.name.text;
    if (this.#ghosts.size > 0) return this.#closeGhost(name);
    const at = this.#stack.findLastIndex((block) => block.name === name);
    const block = this.#stack[at];
    if (!block) return this.#stray(tag);
    const closed = this.#stack.splice(at);
    for (const { levels } of closed) this.#depth -= levels;
    for (const inner of closed.slice(1)) {
      inner.stopper = tag;
      this.#unclosed(inner);
    }
    place(tag, block.parent);
    block.close = tag;
  }

  #closeGhost(name: string): void {
    const count = this.#ghosts.get(name);
    if (count === undefined) return;
    if (count > 1) this.#ghosts.set(name, count - 1);
    else this.#ghosts.delete(name);
  }

  #stray(tag: CloseTag): void {
    const name = tag.name.text;
    const block = this.#stack.at(-1);
    this.#leaf(tag);
    if (!block) {
      this.problems.push({
        code: 'stray-close',
        severity: 'error',
        span: tag,
        name,
        message: `Nothing is open that “${name}” could close. Remove this tag, or put a backslash before it to make it text.`,
      });
      return;
    }
    this.#mismatched.add(block);
    this.problems.push({
      code: 'mismatch',
      severity: 'error',
      span: tag,
      name,
      expected: block.name,
      block,
      message: `“${block.name}” is open here, but this closes “${name}”.`,
    });
  }

  #else(tag: ElseTag): void {
    if (this.#ghosts.size > 0) return;
    const block = this.#stack.at(-1);
    const kind = block?.open.kind;
    const takesElse =
      block && (kind === 'malformed' || (kind === 'open' && !single.has(block.name)));
    if (!takesElse) {
      this.#leaf(tag);
      this.problems.push({
        code: 'stray-else',
        severity: 'error',
        span: tag,
        message: block
          ? `A “${block.name}” block has no else.`
          : 'An else needs a block around it, such as if or each.',
      });
      return;
    }
    const previous = block.last.tag;
    if (previous.kind === 'else' && !previous.call) {
      this.problems.push({
        code: 'double-else',
        severity: 'error',
        span: tag,
        message: `This “${block.name}” block already has its else.`,
      });
    }
    place(tag, block.parent);
    if (tag.call && this.#depth >= deepestNesting) return this.#reportDepth(tag);
    if (tag.call) this.#depth++;
    block.addBranch(tag);
  }

  #unclosed(block: BlockNode): void {
    if (block.open.kind === 'malformed' || this.#mismatched.has(block)) return;
    this.problems.push({
      code: 'unclosed-block',
      severity: 'error',
      span: block.open,
      name: block.name,
      block,
      message: `This “${block.name}” block is not closed.`,
    });
  }

  #raw(tag: RawTag): void {
    if (tag.close) return;
    this.problems.push({
      code: 'unclosed-block',
      severity: 'error',
      span: tag.open,
      name: 'raw',
      message: 'This “raw” block is not closed.',
    });
  }
}
