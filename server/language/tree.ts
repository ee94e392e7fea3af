/** The nodes the parser makes of tags. They take their positions from the tags, so they move with them. */
import type { Block, Branch, CloseTag, ElseTag, Node, OpeningTag, Span } from './nodes.ts';

/** Where something ends that nothing closes: the end of the document, which moves with edits. */
export interface End {
  offset: number;
}

export class BranchNode implements Branch {
  readonly tag: OpeningTag | ElseTag;
  readonly block: BlockNode;
  readonly children: Node[] = [];
  readonly body: Span;
  readonly index: number;

  constructor(tag: OpeningTag | ElseTag, block: BlockNode, index: number) {
    this.index = index;
    this.tag = tag;
    this.block = block;
    this.body = new BodySpan(this);
  }
}

class BodySpan implements Span {
  readonly #branch: BranchNode;

  constructor(branch: BranchNode) {
    this.#branch = branch;
  }

  get start(): number {
    return this.#branch.tag.end;
  }

  get end(): number {
    const { block, index } = this.#branch;
    const next = block.branches[index + 1];
    return next?.tag.start ?? block.close?.start ?? block.end;
  }
}

export class BlockNode implements Block {
  readonly kind = 'block';
  readonly open: OpeningTag;
  readonly name: string;
  readonly branches: BranchNode[];
  readonly parent: BranchNode | undefined;
  close: CloseTag | undefined = undefined;
  readonly #limit: End;
  /** How much deeper what is in its last branch lies: every `else if` goes one level down. */
  levels = 1;
  /** The tag that ended it without closing it. */
  stopper: Span | undefined = undefined;

  constructor(open: OpeningTag, name: string, parent: BranchNode | undefined, limit: End) {
    this.open = open;
    this.name = name;
    this.parent = parent;
    this.#limit = limit;
    this.branches = [new BranchNode(open, this, 0)];
  }

  get start(): number {
    return this.open.start;
  }

  get end(): number {
    return this.close?.end ?? this.stopper?.start ?? this.#limit.offset;
  }

  addBranch(tag: ElseTag): void {
    if (tag.call) this.levels++;
    this.branches.push(new BranchNode(tag, this, this.branches.length));
  }

  get last(): BranchNode {
    return this.branches.at(-1) as BranchNode;
  }
}
