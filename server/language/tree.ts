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

  constructor(tag: OpeningTag | ElseTag, block: BlockNode) {
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
    const { block } = this.#branch;
    const next = block.branches[block.branches.indexOf(this.#branch) + 1];
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
  /** The tag that ended it without closing it. */
  stopper: Span | undefined = undefined;

  constructor(open: OpeningTag, name: string, parent: BranchNode | undefined, limit: End) {
    this.open = open;
    this.name = name;
    this.parent = parent;
    this.#limit = limit;
    this.branches = [new BranchNode(open, this)];
  }

  get start(): number {
    return this.open.start;
  }

  get end(): number {
    return this.close?.end ?? this.stopper?.start ?? this.#limit.offset;
  }

  addBranch(tag: ElseTag): void {
    this.branches.push(new BranchNode(tag, this));
  }

  get last(): BranchNode {
    return this.branches.at(-1) as BranchNode;
  }
}
