/** What a call does: the one place where validation, scopes and rendering decide it. */
import type { Helper } from './helpers.ts';
import { helper } from './helpers.ts';
import type { Branch, Call, Path } from './nodes.ts';

export type Action =
  /** The value of a path: `<<name>>`. Without arguments a name is always the variable, also when it is a helper's. */
  | { readonly kind: 'value'; readonly path: Path }
  /** A block over a value: repeated for a list, left out when false, entered otherwise. */
  | { readonly kind: 'section'; readonly path: Path }
  | { readonly kind: 'helper'; readonly helper: Helper }
  /** A helper that exists only as a block, called without one. */
  | { readonly kind: 'needs-block'; readonly helper: Helper }
  | { readonly kind: 'unknown'; readonly path: Path };

/** `tag`: `<<call>>` · `block`: `<<#call>>`, `<<^call>>`, `<<else call>>` · `nested`: `(call)`. */
export type CallPlace = 'tag' | 'block' | 'nested';

export function isBare({ positional, named }: Call): boolean {
  return positional.length + named.length === 0;
}

export function actionOf(call: Call, place: CallPlace): Action {
  const path = call.callee;
  const known = helper(path);
  const bare = isBare(call);
  if (known && known.kind !== 'value') {
    if (place === 'block') return { kind: 'helper', helper: known };
    return bare && place === 'tag'
      ? { kind: 'value', path }
      : { kind: 'needs-block', helper: known };
  }
  if (bare && place === 'tag') return { kind: 'value', path };
  if (bare && place === 'block') return { kind: 'section', path };
  return known ? { kind: 'helper', helper: known } : { kind: 'unknown', path };
}

/**
 * The call whose subject is the context of a branch. Of an inverse block that is its `else`: `<<^x>>` stands where
 * there is no `x` to go into. `undefined`: the branch has the context around its block.
 */
export function enteringCall({ block, tag }: Branch): Call | undefined {
  if (tag.kind === 'open') return tag.sigil === '^' ? undefined : tag.call;
  if (tag.kind !== 'else') return undefined;
  if (tag.call) return tag.call;
  const { branches, open } = block;
  const inverse = open.kind === 'open' && open.sigil === '^' && branches[1]?.tag === tag;
  return inverse ? open.call : undefined;
}
