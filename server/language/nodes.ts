/**
 * The syntax tree of a `.prompt` file. All positions are UTF-16 offsets into the whole document, half open.
 *
 * The scanner finds a flat list of tags; whatever lies between them is text and has no node. The parser pairs the
 * tags to blocks. Spans are live: when a document is analysed again after an edit, unchanged tags are kept and
 * moved, so never store a span's numbers beside a document version and never use an old version's tree.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

// ------------------------------------------------------------------------------------------------- expressions

/** One name of a path; for `[odd key]` the span includes the brackets and `name` does not. */
export interface Segment extends Span {
  readonly name: string;
}

/** `name`, `user.name`, `../x`, `this.x`, `@index`, `[odd key]`. */
export interface Path extends Span {
  readonly kind: 'path';
  /** `@index`: a data variable; the first segment is its name without `@`. */
  readonly data: boolean;
  /** How many leading `..`. */
  readonly up: number;
  /** Begins with `this`, `.` or `..`: never a helper and never a block parameter. */
  readonly scoped: boolean;
  /** Without leading `this`, `.` and `..`; empty for `<<this>>` and `<<..>>`. */
  readonly segments: readonly Segment[];
  /** As written. */
  readonly text: string;
}

export interface Literal extends Span {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null | undefined;
}

export interface NamedArgument extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** A callee and what it is given. `<<name>>` is a call without arguments, which always means the variable. */
export interface Call extends Span {
  readonly kind: 'call';
  readonly callee: Path;
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
}

/** A `call` among expressions is one in parentheses; its span includes them. */
export type Expression = Path | Literal | Call;

/** A name between bars: `as |item index|`. */
export interface BlockParam extends Span {
  readonly name: string;
}

// -------------------------------------------------------------------------------------------------------- tags

/** What every tag has. */
interface Placed extends Span {
  /** The branch it stands in; `undefined` at the top. */
  readonly parent?: Branch;
}

interface TagBase extends Placed {
  /** `<<~` */
  readonly stripBefore: boolean;
  /** `~>>` */
  readonly stripAfter: boolean;
}

/** `<<x>>`, `<<helper a k=v>>`, `<<&x>>`. */
export interface ValueTag extends TagBase {
  readonly kind: 'value';
  readonly call: Call;
}

/** `<<#call as |a b|>>`, or with `^` an inverse block. */
interface OpenTag extends TagBase {
  readonly kind: 'open';
  readonly sigil: '#' | '^';
  readonly call: Call;
  readonly params: readonly BlockParam[];
}

/** `<<#*inline "name">>` */
export interface InlineTag extends TagBase {
  readonly kind: 'inline';
  readonly name: string;
  readonly nameSpan: Span;
}

/** What `<<> …>>` names: a slug (`name` set) or, in parentheses, an expression that yields one. */
export interface PartialName extends Span {
  /** Unquoted; `@partial-block` included. */
  readonly name?: string;
  readonly expression?: Call;
}

/** `<<> slug k=v>>` */
export interface PartialTag extends TagBase {
  readonly kind: 'partial';
  readonly target: PartialName;
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
}

/** `<<#> layout k=v>>`: a partial with a body. */
export interface PartialOpenTag extends TagBase {
  readonly kind: 'partial-open';
  readonly target: PartialName;
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
}

/** `<<else>>`, `<<^>>`, `<<else if x as |y|>>`. */
export interface ElseTag extends TagBase {
  readonly kind: 'else';
  readonly call?: Call;
  readonly params: readonly BlockParam[];
}

/** `<</name>>` */
export interface CloseTag extends TagBase {
  readonly kind: 'close';
  readonly name: Path;
}

/** `<<! … >>` and `<<!-- … -->>`. */
interface CommentTag extends TagBase {
  readonly kind: 'comment';
  readonly content: Span;
}

/** `<<#raw>> … <</raw>>` as one unit: what is inside is not scanned. */
export interface RawTag extends TagBase {
  readonly kind: 'raw';
  readonly open: Span;
  readonly content: Span;
  /** `undefined`: not closed. */
  readonly close?: Span;
  readonly closeStripBefore: boolean;
  readonly closeStripAfter: boolean;
}

/** The backslash before `<<` that is dropped. The span is that one character. */
export interface EscapeTag extends Placed {
  readonly kind: 'escape';
}

/** Certainly meant as a tag, but not one. The text up to the end of the span. */
export interface MalformedTag extends Placed {
  readonly kind: 'malformed';
  /** What to say: an unfinished tag, or a path that cannot be. */
  readonly reason: 'unfinished' | 'expression' | 'path' | 'inline' | 'nested';
  /** `<<#name …`: what a `<</name>>` may close. */
  readonly opens?: string;
}

/** Text that looks like a tag with a slip. It is text; reported only when `name` is declared or a helper. */
export interface Suspect extends Placed {
  readonly kind: 'suspect';
  /** `<<name>` · `<< name >>` · `<<<name>>>` · `{{name}}` in a `<< >>` file. */
  readonly slip: 'maybe' | 'padded' | 'triple' | 'mustache';
  readonly name: string;
}

export type Tag =
  | ValueTag
  | OpenTag
  | InlineTag
  | PartialTag
  | PartialOpenTag
  | ElseTag
  | CloseTag
  | CommentTag
  | RawTag
  | EscapeTag
  | MalformedTag
  | Suspect;

export type OpeningTag = OpenTag | InlineTag | PartialOpenTag | MalformedTag;

// -------------------------------------------------------------------------------------------------------- tree

/** The part of a block after its opening tag or one of its `else` tags. */
export interface Branch {
  readonly tag: OpeningTag | ElseTag;
  readonly block: Block;
  readonly children: readonly Node[];
  /** What lies between the branch's tag and the next one. */
  readonly body: Span;
}

/** From an opening tag to its close; an unclosed block ends where its parent does. */
export interface Block extends Span {
  readonly kind: 'block';
  readonly open: OpeningTag;
  /** As a close tag must spell it. */
  readonly name: string;
  /** At least one; `else` and `else if` add one each, in order. */
  readonly branches: readonly Branch[];
  readonly close?: CloseTag;
  /** The branch this block is a child of; `undefined` at the top. */
  readonly parent?: Branch;
}

/** Close and else tags are children only where they are stray. */
export type Node = Block | Exclude<Tag, OpeningTag> | MalformedTag;

export type SyntaxStyle = 'angle' | 'mustache';

export interface Document {
  readonly text: string;
  readonly syntax: SyntaxStyle;
  /** After the front matter (and the byte-order mark). */
  readonly body: Span;
  /** Every tag in order of position. */
  readonly tags: readonly Tag[];
  readonly children: readonly Node[];
}
