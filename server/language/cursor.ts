/** What is being typed at an offset, also where the text is not (yet) a tag. */
import type { Block, Span } from './nodes.ts';

/** Every kind but `text`: `replace` is what a completion replaces, `prefix` its text up to the cursor. */
interface Typed {
  readonly replace: Span;
  readonly prefix: string;
  /** What already follows `replace`: a closing pair (with its `~`), so that an edit need not add one. */
  readonly closed: boolean;
}

export type Cursor =
  | { readonly kind: 'text' }
  /** In a comment, a string or a verbatim block. */
  | { readonly kind: 'none' }
  /** A name that may be a variable or a helper: `<<us|`, `<<user.na|`, `<<#if a|`, `<<upper na|`, `(up|`. */
  | (Typed & {
      readonly kind: 'name';
      /** `value`: right after `<<`; `block`: after `<<#`/`<<^`; `else`: after `<<else `; `callee`: after `(`. */
      readonly place: 'value' | 'block' | 'else' | 'argument' | 'callee';
      /** Segments typed before the one under the cursor: `user.address.|` gives `user`, `address`. */
      readonly owner: readonly string[];
      readonly up: number;
      readonly scoped: boolean;
      /** After an `@`. */
      readonly data: boolean;
      /** The call whose argument is typed. */
      readonly call?: { readonly name: string; readonly index: number };
    })
  /** After `<</`: `block` is the innermost open one. */
  | (Typed & { readonly kind: 'close'; readonly block?: Block; readonly name?: string })
  /** After `<<>` or `<<#>`. */
  | (Typed & { readonly kind: 'partial' })
  /** Among the arguments of a partial: a named argument or a value. */
  | (Typed & {
      readonly kind: 'partial-argument';
      readonly slug: string;
      readonly given: readonly string[];
    })
  | FrontMatterCursor;

/** In the front matter. `path`: the keys above, outermost first, numbers for list items. */
export type FrontMatterCursor =
  | {
      readonly kind: 'key';
      readonly path: readonly (string | number)[];
      readonly replace: Span;
      readonly prefix: string;
      /** A `:` already follows. */
      readonly closed: boolean;
      /** Keys the same map has besides this one. */
      readonly siblings: readonly string[];
      readonly indent: string;
    }
  /** `path` ends with the key whose value this is. */
  | {
      readonly kind: 'value-of';
      readonly path: readonly (string | number)[];
      readonly replace: Span;
      readonly prefix: string;
    };
