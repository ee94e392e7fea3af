/**
 * One document's meaning at one version, computed piece by piece when asked. The features of the language server
 * are built on this and on nothing below it.
 */
import type { Cursor } from './language/cursor.ts';
import type { Context, Declaration, FrontMatter } from './language/frontMatter.ts';
import type { Block, Document, Expression, Node, Path, Span, Tag } from './language/nodes.ts';
import type { Problem } from './language/problems.ts';
import type { Meaning, Scope, VariableUse } from './language/scopes.ts';
import type { DescribeResult } from './protocol.ts';

/** What an analysis needs to know of the other templates of its workspace folder. */
export interface Neighbours {
  /** The source text of the template with this slug; `undefined` when there is none. */
  partial(slug: string): string | undefined;
  /** Every slug there is, for did-you-mean, completion and partials named by an expression. */
  slugs(): readonly string[];
  /** URIs of other templates that have the same slug. */
  rivals(slug: string, uri: string): readonly string[];
  /** Changes whenever an answer of the above may have changed. */
  readonly generation: number;
}

/** A markdown heading of the body outside tags: `span` is its line, `section` reaches to the next of its level. */
export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly span: Span;
  readonly section: Span;
}

/** A variable of the template: declared, used, or both. */
export interface Variable {
  readonly name: string;
  readonly declaration?: Declaration;
  /** In the body, in order. Uses in partials are not among them. */
  readonly uses: readonly VariableUse[];
}

export interface Analysis {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly document: Document;
  /** `undefined`: the file begins without `---`. */
  readonly frontMatter: FrontMatter | undefined;
  /** In order of position. Asks the neighbours; kept until their generation changes. */
  readonly problems: readonly Problem[];
  readonly hasErrors: boolean;
  /** Declared ones in their order, then others in order of first use. */
  readonly variables: readonly Variable[];
  readonly headings: readonly Heading[];
  /** The slug the front matter or else the file name gives. */
  readonly slug: string;

  /** The tag that contains the offset (start and end included; the one to the right wins). */
  tagAt(offset: number): Tag | undefined;
  /** The innermost expression at the offset: a path, a literal or a call. */
  expressionAt(offset: number): Expression | undefined;
  /** The innermost block or tag that contains the offset. */
  nodeAt(offset: number): Node | undefined;
  /** Enclosing blocks, innermost first. */
  blocksAt(offset: number): readonly Block[];
  /** What is being typed there. */
  cursorAt(offset: number): Cursor;
  scopeAt(offset: number): Scope;
  /** What a path of this document stands for. */
  meaningOf(path: Path): Meaning;
  describe(): DescribeResult;
  /** What a render of it needs, for `RenderHost.render`. */
  renderInput(context: Context): RenderInput;
}

/** Everything a render worker needs; plain data. */
export interface RenderInput {
  readonly text: string;
  /** Sources of the partials it may call, by slug. */
  readonly partials: Readonly<Record<string, string>>;
  readonly context: Context;
}
