/** What is being typed at an offset, also where the text is not (yet) a tag. */
import type { Block, Span } from './nodes.ts';

/** Every kind but `text`: `replace` is what a completion replaces, `prefix` its text up to the cursor. */
interface Typed {
  readonly replace: Span;
  readonly prefix: string;
  /** What already follows `replace`: a closing pair (with its `~`), so that an edit need not add one. */
  readonly closed: boolean;
  /** Where one bracket of the closing pair waits, as an editor leaves it that closes brackets by itself. */
  readonly halfClosed?: number;
}

/** The call whose argument is typed. */
export interface TypedCall {
  readonly name: string;
  /** How many positional arguments stand before it. */
  readonly index: number;
  /** It opens a block, or follows an `else`; else a tag of its own, or in parentheses. */
  readonly opens: boolean;
  /** The first positional argument, as written. */
  readonly first?: string;
  /** The named argument whose value is typed. */
  readonly named?: string;
}

/** What the text between quotes is for. */
export type StringPlace =
  | { readonly kind: 'partial' }
  | { readonly kind: 'partial-argument'; readonly slug: string; readonly value: string }
  | { readonly kind: 'argument'; readonly call: TypedCall };

export type Cursor =
  | { readonly kind: 'text' }
  /** In a comment or a verbatim block, or where only the author knows what comes. */
  | { readonly kind: 'none' }
  /** Between quotes; `replace` lies within them, and `closed` means that the quote after it is there. */
  | (Typed & {
      readonly kind: 'string';
      readonly quote: '"' | "'";
      readonly place: StringPlace;
    })
  /** A name that may be a variable or a helper: `<<us|`, `<<user.na|`, `<<#if a|`, `<<upper na|`, `(up|`. */
  | (Typed & {
      readonly kind: 'name';
      /**
       * `value`: right after `<<`; `block`: after `<<#`/`<<^`; `else`: after `<<else `; `callee`: after `(`; `as`:
       * after the `as` of a block; `param`: after the bar that follows it.
       */
      readonly place: 'value' | 'block' | 'else' | 'argument' | 'callee' | 'as' | 'param';
      /** Segments typed before the one under the cursor: `user.address.|` gives `user`, `address`. */
      readonly owner: readonly string[];
      readonly up: number;
      readonly scoped: boolean;
      /** After an `@`. */
      readonly data: boolean;
      /** In a `[`, which is part of `replace`, as is the `]`. */
      readonly bracketed: boolean;
      readonly call?: TypedCall;
      /** The argument of a partial whose value is typed. */
      readonly given?: { readonly slug: string; readonly value?: string };
    })
  /** After `<</`: `block` is the innermost open one. */
  | (Typed & { readonly kind: 'close'; readonly block?: Block; readonly name?: string })
  /** After `<<>` or `<<#>`. */
  | (Typed & { readonly kind: 'partial' })
  /** After `<<#*`. */
  | (Typed & { readonly kind: 'inline' })
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
      /** Between braces. */
      readonly flow: boolean;
    }
  /** `path` ends with the key whose value this is. */
  | {
      readonly kind: 'value-of';
      readonly path: readonly (string | number)[];
      readonly replace: Span;
      readonly prefix: string;
    };
