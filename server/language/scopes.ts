/** Which names mean what at a place in the body. */
import type { Block, BlockParam, Path, Segment } from './nodes.ts';
import type { Declaration, Shape } from './frontMatter.ts';

/** A block parameter in scope, with what it stands for when that is known. */
export interface ScopeParam {
  readonly param: BlockParam;
  readonly block: Block;
  /** `undefined`: not known. The index parameter of `each` is an integer. */
  readonly shape?: Shape;
}

/** What names mean at one place. */
export interface Scope {
  /** Innermost first. */
  readonly blocks: readonly Block[];
  /** Innermost first; a shadowed one is left out. */
  readonly params: readonly ScopeParam[];
  /**
   * What a plain name is looked up on. `root`: the variables. `shape`: a member of that value, inside `each`, `with`
   * or a section over something declared. `opaque`: inside one over something that is not known.
   */
  readonly context:
    | { readonly kind: 'root' }
    | { readonly kind: 'shape'; readonly shape: Shape }
    | { readonly kind: 'opaque' };
  /** Data variables besides the global ones: `index`, `key`, `first`, `last` inside `each`; without the `@`. */
  readonly data: readonly string[];
}

/** What a path stands for. */
export type Meaning =
  /** The root variable, declared or not; `shape` is what the whole path stands for, when known. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly declaration?: Declaration;
      readonly root: Segment;
      readonly shape?: Shape;
    }
  /** Its first segment is a block parameter. */
  | { readonly kind: 'param'; readonly param: ScopeParam; readonly shape?: Shape }
  /** A member of the innermost `each`, `with` or section (`owner` is the value's shape, when known). */
  | { readonly kind: 'member'; readonly owner?: Shape; readonly shape?: Shape }
  /** `this`, `..`: the context itself. */
  | { readonly kind: 'context'; readonly shape?: Shape }
  | { readonly kind: 'data'; readonly name: string; readonly known: boolean };

/** A place where a variable is used. */
export interface VariableUse {
  readonly name: string;
  /** The segment that is the variable's name. */
  readonly segment: Segment;
  readonly path: Path;
}
