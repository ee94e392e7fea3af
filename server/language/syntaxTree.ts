/** Small makers of Handlebars syntax nodes. Positions are never shown, so all nodes share one. */

export const loc: hbs.AST.SourceLocation = {
  source: '',
  start: { line: 1, column: 0 },
  end: { line: 1, column: 0 },
};

export interface Strip {
  readonly stripBefore: boolean;
  readonly stripAfter: boolean;
}

/** Names of our own helpers begin with a character no author can write. */
export const internal = {
  /** A path's value, or what stands for a missing one. */
  read: '#read',
  /** The same for a path that begins in the context. */
  member: '#member',
  /** The same, as text. */
  value: '#value',
  /** A value as text. */
  show: '#show',
  /** A block over a value. */
  section: '#section',
  /** The same, where its inverse stands before its `else`. */
  absent: '#absent',
  /** The same with an `else if`, which goes into nothing. */
  lacking: '#lacking',
  /** A value without the mark of a missing one. */
  plain: '#plain',
  /** The slug of a partial that is named by an expression. */
  choose: '#choose',
  /** A text between marks that tell where it comes from. */
  mark: '#mark',
} as const;

export function path(
  parts: string[],
  depth = 0,
  data = false,
  scoped = false,
): hbs.AST.PathExpression {
  return { type: 'PathExpression', data, depth, parts, original: scoped ? 'this' : 'x', loc };
}

export function named(name: string): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}

export function hash(pairs: [string, hbs.AST.Expression][] = []): hbs.AST.Hash {
  return {
    type: 'Hash',
    loc,
    pairs: pairs.map(([key, value]) => ({ type: 'HashPair', key, value, loc })),
  };
}

export function call(
  name: string,
  params: hbs.AST.Expression[],
  pairs = hash(),
): hbs.AST.SubExpression {
  return { type: 'SubExpression', path: named(name), params, hash: pairs, loc };
}

export function text(value: string): hbs.AST.StringLiteral {
  return { type: 'StringLiteral', value, original: value, loc };
}

export function numeral(value: number): hbs.AST.NumberLiteral {
  return { type: 'NumberLiteral', value, original: value, loc };
}

export function literal(value: string | number | boolean | null | undefined): hbs.AST.Expression {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      return numeral(value);
    case 'boolean': {
      const made: hbs.AST.BooleanLiteral = { type: 'BooleanLiteral', value, original: value, loc };
      return made;
    }
    default:
      return { type: value === null ? 'NullLiteral' : 'UndefinedLiteral', loc };
  }
}

export function strip(tag: Strip): hbs.AST.StripFlags {
  return { open: tag.stripBefore, close: tag.stripAfter };
}

export function program(body: hbs.AST.Statement[], blockParams: string[] = []): hbs.AST.Program {
  return { type: 'Program', body, blockParams, loc };
}

export function content(value: string): hbs.AST.ContentStatement {
  // The published type of `original` is wrong: it is the text.
  const original = value as unknown as hbs.AST.StripFlags;
  return { type: 'ContentStatement', value, original, loc };
}

export function comment(tag: Strip): hbs.AST.CommentStatement {
  return { type: 'CommentStatement', value: '', strip: strip(tag), loc };
}

export function mustache(inner: hbs.AST.SubExpression, tag: Strip): hbs.AST.MustacheStatement {
  const { path, params, hash } = inner;
  return { type: 'MustacheStatement', path, params, hash, escaped: false, strip: strip(tag), loc };
}

/** A block statement. `middle`: the `else` between `program` and `inverse`. */
export function block(
  { path, params, hash }: hbs.AST.SubExpression,
  program: hbs.AST.Program | undefined,
  inverse: hbs.AST.Program | undefined,
  open: Strip,
  middle: Strip | undefined,
  close: Strip,
): hbs.AST.Statement {
  const strips = {
    openStrip: strip(open),
    inverseStrip: middle && strip(middle),
    closeStrip: strip(close),
  };
  const made = { type: 'BlockStatement', path, params, hash, program, inverse, ...strips };
  return { ...made, loc: loc };
}
