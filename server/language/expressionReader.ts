/** Reads paths, values and calls: the part of the grammar inside a tag. Every method answers `undefined` on failure. */
import { Lexer } from './lexer.ts';
import type { BlockParam, Call, Expression, Literal, NamedArgument, Path } from './nodes.ts';
import { Anchor, CallNode, NamedSpan, PathNode, anchored } from './positions.ts';

const deepest = 100;

/** Why a tag could not be read, when it is more than "not a tag". */
type Failure = 'path' | 'nested' | undefined;

interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
}

const nothing: Arguments = { positional: [], named: [] };

const words: ReadonlyMap<string, Literal['value']> = new Map<string, Literal['value']>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

export class ExpressionReader extends Lexer {
  /** The tag being read: what positions count from. */
  protected anchor = new Anchor(0);
  protected failure: Failure = undefined;
  #depth = 0;

  /** Forgets the last tag and begins one at `start`. */
  protected begin(start: number): void {
    this.anchor = new Anchor(start);
    this.failure = undefined;
    this.#depth = 0;
    this.pos = start;
    this.reach = start;
  }

  protected path(): Path | undefined {
    const start = this.pos;
    const data = this.eat('@');
    const segments: NamedSpan[] = [];
    let up = 0;
    let scoped = false;
    do {
      const from = this.pos;
      const quoted = this.at('[');
      const name = quoted ? this.bracketed() : this.#segment();
      if (name === undefined) return undefined;
      if (!quoted && (name === '..' || name === '.' || name === 'this')) {
        if (segments.length > 0) this.failure = 'path';
        scoped = true;
        if (name === '..') up++;
      } else segments.push(new NamedSpan(this.anchor, from, this.pos, name));
    } while (this.#separator());
    if (this.failure || (data && segments.length === 0)) return undefined;
    const text = this.written(start);
    return new PathNode(this.anchor, start, this.pos, data, up, scoped, segments, text);
  }

  #segment(): string | undefined {
    if (this.code() !== 0x2e) return this.id();
    return this.eat('..') ? '..' : (this.eat('.'), '.');
  }

  #separator(): boolean {
    return this.eat('.') || this.eat('/');
  }

  /** Positional and named arguments, up to whatever is not one. */
  protected arguments(): Arguments | undefined {
    let spaced = this.space();
    if (this.#ends()) return nothing;
    const positional: Expression[] = [];
    const named: NamedArgument[] = [];
    do {
      if (!spaced && !this.at('(')) return undefined;
      const name = this.#argumentName();
      const value = this.#value();
      if (!value) return undefined;
      if (name) {
        const fields = { name: name.name, nameSpan: name, value };
        named.push(anchored(this.anchor, name.start, value.end, fields));
      } else positional.push(value);
      spaced = this.space();
    } while (!this.#ends());
    return { positional, named };
  }

  /** At what may follow arguments: the close of the tag or of a parenthesis, or `as |`. */
  #ends(): boolean {
    if (this.at(')') || this.atClose()) return true;
    return this.at('as') && /^as\s+\|/.test(this.text.slice(this.pos, this.pos + 40));
  }

  protected atClose(): boolean {
    return this.at(this.marks.close) || this.at(this.marks.strippedClose);
  }

  #argumentName(): NamedSpan | undefined {
    const start = this.pos;
    const name = this.id();
    const end = this.pos;
    if (name !== undefined) {
      this.space();
      if (this.eat('=')) {
        this.space();
        return new NamedSpan(this.anchor, start, end, name);
      }
    }
    this.pos = start;
    return undefined;
  }

  #value(): Expression | undefined {
    const start = this.pos;
    if (this.at('(')) return this.parenthesised();
    const literal = this.string() ?? this.number();
    if (literal !== undefined) return this.#literal(start, literal);
    const path = this.path();
    if (path && !path.data && words.has(path.text)) {
      return this.#literal(start, words.get(path.text));
    }
    return path;
  }

  #literal(start: number, value: Literal['value']): Literal {
    return anchored(this.anchor, start, this.pos, { kind: 'literal' as const, value });
  }

  protected parenthesised(): Call | undefined {
    const start = this.pos;
    if (!this.eat('(')) return undefined;
    if (this.#depth >= deepest) {
      this.failure = 'nested';
      return undefined;
    }
    this.#depth++;
    this.space();
    const call = this.call();
    this.#depth--;
    if (!call || !this.eat(')')) return undefined;
    return new CallNode(this.anchor, start, this.pos, call.callee, call.positional, call.named);
  }

  protected call(): Call | undefined {
    const start = this.pos;
    const callee = this.path();
    const end = this.pos;
    const given = callee && this.arguments();
    if (!given) return undefined;
    const last = Math.max(end, given.positional.at(-1)?.end ?? 0, given.named.at(-1)?.end ?? 0);
    return new CallNode(this.anchor, start, last, callee, given.positional, given.named);
  }

  /** `as |a b|`; none is an empty list. */
  protected blockParams(): BlockParam[] | undefined {
    const params: BlockParam[] = [];
    if (!this.#ends() || !this.eat('as')) return params;
    this.space();
    this.eat('|');
    for (;;) {
      this.space();
      const start = this.pos;
      const name = this.id();
      if (name === undefined) break;
      params.push(new NamedSpan(this.anchor, start, this.pos, name));
    }
    return params.length > 0 && this.eat('|') ? params : undefined;
  }
}
