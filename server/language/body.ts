/** The part of a template below its front matter: its tags, their tree, and what they say together. */
import type { Edit } from './difference.ts';
import { graft } from './graft.ts';
import { Ledger } from './ledger.ts';
import type { Document, SyntaxStyle } from './nodes.ts';
import type { Tree } from './parser.ts';
import { parse } from './parser.ts';
import type { Problem } from './problems.ts';
import { rescan } from './rescan.ts';
import type { Scan } from './scanner.ts';
import { scan } from './scanner.ts';
import type { Source } from './source.ts';
import type { Surroundings } from './tagCheck.ts';
import type { End } from './tree.ts';

/** Everything a body is made of. */
interface Parts {
  readonly scan: Scan;
  readonly tree: Tree;
  readonly end: End;
  readonly ledger?: Ledger;
}

export class Body {
  readonly document: Document;
  readonly #parts: Parts;
  readonly #surroundings: Surroundings;
  #ledger: Ledger | undefined;

  /** `start` is the offset of the body's first character. */
  static read(source: Source, syntax: SyntaxStyle, start: number, around: Surroundings): Body {
    const found = scan(source.toString(), syntax, start);
    return new Body(source, syntax, start, around, parsed(found, source.length));
  }

  private constructor(
    source: Source,
    syntax: SyntaxStyle,
    start: number,
    surroundings: Surroundings,
    parts: Parts,
  ) {
    const { tags } = parts.scan;
    const body = { start, end: source.length };
    const { children } = parts.tree;
    this.document = {
      get text() {
        return source.toString();
      },
      syntax,
      body,
      tags,
      children,
    };
    this.#parts = parts;
    this.#surroundings = surroundings;
    this.#ledger = parts.ledger;
  }

  /** The body after an edit. It takes over what the edit left alone, so this one cannot be used any more. */
  edited(source: Source, start: number, edit: Edit, around: Surroundings): Body {
    const { syntax } = this.document;
    const { tree, end } = this.#parts;
    const change = rescan(this.#parts.scan, source, syntax, start, edit);
    end.offset = source.length;
    if (!graft(tree.children, change)) {
      return new Body(source, syntax, start, around, parsed(change.scan, source.length));
    }
    const ledger = around === this.#surroundings ? this.#ledger : undefined;
    ledger?.replace(change.at, change.removed, change.added);
    return new Body(source, syntax, start, around, { scan: change.scan, tree, end, ledger });
  }

  /** Blocks that do not open, close or nest as they should. */
  get structureProblems(): readonly Problem[] {
    return this.#parts.tree.problems;
  }

  get ledger(): Ledger {
    return (this.#ledger ??= new Ledger(this.document.tags, this.#surroundings));
  }
}

function parsed(found: Scan, length: number): Parts {
  const end = { offset: length };
  return { scan: found, tree: parse(found.tags, end), end };
}
