/** Makes the Handlebars syntax tree of a template without errors. Each call makes a fresh one. */
import type { Action } from './calls.ts';
import { actionOf } from './calls.ts';
import type { Helper } from './helpers.ts';
import type { PartialCall } from './ledger.ts';
import type { Block, Branch, Call, Expression, Node, Path, Span } from './nodes.ts';
import type { ElseTag, PartialName, RawTag, ValueTag } from './nodes.ts';
import type { Use } from './references.ts';
import { References } from './references.ts';
import type { Reference } from './references.ts';
import * as syntax from './syntaxTree.ts';
import { internal } from './syntaxTree.ts';
import type { Template } from './template.ts';

/** Where texts and shown values stand in the template; a text lies in several pieces where escapes were dropped. */
export type Origins = Map<hbs.AST.Statement, readonly Span[]>;

/** `references` is filled with what the numbers given to the `read` helper stand for. */
export function buildSyntax(
  template: Template,
  references: Reference[],
  origins?: Origins,
): hbs.AST.Program {
  const { body, children } = template.document;
  const builder = new SyntaxBuilder(template, references, origins);
  return syntax.program(builder.statements(children, body.start, body.end, undefined));
}

const noStrip: syntax.Strip = { stripBefore: false, stripAfter: false };

class SyntaxBuilder {
  readonly #text: string;
  readonly #references: References;
  readonly #origins: Origins | undefined;

  constructor(template: Template, references: Reference[], origins: Origins | undefined) {
    this.#text = template.text;
    this.#references = new References(template, references);
    this.#origins = origins;
  }

  /** Text between two offsets, with what stands in it. */
  statements(
    nodes: readonly Node[],
    start: number,
    end: number,
    at: Branch | undefined,
  ): hbs.AST.Statement[] {
    const made: hbs.AST.Statement[] = [];
    let pieces: Span[] = [];
    let from = start;
    for (const node of nodes) {
      if (node.kind === 'suspect') continue;
      if (from < node.start) pieces.push({ start: from, end: node.start });
      from = node.end;
      const statement = node.kind === 'escape' ? undefined : this.#statement(node, at);
      if (!statement) continue;
      if (pieces.length > 0) made.push(this.#content(pieces));
      pieces = [];
      made.push(statement);
    }
    if (from < end) pieces.push({ start: from, end });
    if (pieces.length > 0) made.push(this.#content(pieces));
    return made;
  }

  #content(pieces: readonly Span[]): hbs.AST.Statement {
    const text = pieces.map(({ start, end }) => this.#text.slice(start, end)).join('');
    return this.#from(pieces, syntax.content(text));
  }

  #from<S extends hbs.AST.Statement>(pieces: readonly Span[], statement: S): S {
    this.#origins?.set(statement, pieces);
    return statement;
  }

  #statement(node: Node, at: Branch | undefined): hbs.AST.Statement | undefined {
    switch (node.kind) {
      case 'value':
        return this.#from([{ start: node.start, end: node.end }], this.#value(node, at));
      case 'comment':
        return syntax.comment(node);
      case 'partial':
        return this.#partial(node, at);
      case 'raw':
        return this.#raw(node);
      case 'block':
        return this.#block(node);
      case 'else':
      case 'close':
      case 'malformed':
      case 'escape':
      case 'suspect':
        return undefined;
    }
  }

  #value(tag: ValueTag, at: Branch | undefined): hbs.AST.MustacheStatement {
    const written = this.#text.slice(tag.start, tag.end);
    const action = actionOf(tag.call, 'tag');
    if (action.kind !== 'value')
      return this.#shown(written, this.#call(tag.call, action, at, 'value'), tag);
    const read = this.#read(action.path, at, 'value', written);
    if (read.path.original !== internal.member) return this.#shown(written, read, tag);
    return syntax.mustache(syntax.call(internal.value, read.params), tag);
  }

  #shown(written: string, value: hbs.AST.Expression, tag: ValueTag): hbs.AST.MustacheStatement {
    return syntax.mustache(syntax.call(internal.show, [syntax.text(written), value]), tag);
  }

  // --------------------------------------------------------------------------------------------- expressions

  #call(call: Call, action: Action, at: Branch | undefined, use: Use): hbs.AST.Expression {
    if (action.kind !== 'helper') return this.#read(call.callee, at, use);
    return syntax.call(
      action.helper.name,
      this.#positional(call, action.helper, at),
      this.#hash(call, at),
    );
  }

  #positional(
    { positional }: Pick<Call, 'positional'>,
    helper: Helper | undefined,
    at: Branch | undefined,
  ) {
    const use: Use = helper?.name === 'default' ? 'optional' : helper?.asks ? 'asked' : 'value';
    return positional.map((value, index) =>
      this.#expression(value, at, index === 0 || use === 'asked' ? use : 'value'),
    );
  }

  #hash({ named }: Pick<Call, 'named'>, at: Branch | undefined): hbs.AST.Hash {
    return syntax.hash(
      named.map(({ name, value }) => [name, this.#expression(value, at, 'value')]),
    );
  }

  #expression(value: Expression, at: Branch | undefined, use: Use): hbs.AST.Expression {
    switch (value.kind) {
      case 'literal':
        return syntax.literal(value.value);
      case 'path':
        return this.#read(value, at, use);
      case 'call':
        return this.#call(value, actionOf(value, 'nested'), at, use);
    }
  }

  /** `(#member number)` or `(#read number value root)`: the root only where a member of a declared variable is read. */
  #read(path: Path, at: Branch | undefined, use: Use, written?: string): hbs.AST.SubExpression {
    const reference = this.#references.add(path, at, use, written);
    const number = syntax.numeral(this.#references.list.length - 1);
    if (reference.plain) return syntax.call(internal.member, [number]);
    const params: hbs.AST.Expression[] = [number, this.#path(path)];
    if (reference.declaration && reference.members.length > 0) {
      params.push(this.#path(path, path.data ? 2 : 1));
    }
    return syntax.call(internal.read, params);
  }

  #path({ segments, up, data, scoped }: Path, length = segments.length): hbs.AST.PathExpression {
    const parts = segments.slice(0, length).map(({ name }) => name);
    return syntax.path(parts, up, data, scoped);
  }

  // -------------------------------------------------------------------------------------------------- blocks

  #raw(tag: RawTag): hbs.AST.Statement {
    const { start, end } = tag.content;
    const body = syntax.program([this.#content([{ start, end }])]);
    const close = { stripBefore: tag.closeStripBefore, stripAfter: tag.closeStripAfter };
    return syntax.block(syntax.call('raw', []), body, undefined, tag, undefined, close);
  }

  #block(node: Block): hbs.AST.Statement | undefined {
    const { open } = node;
    const [first] = node.branches;
    if (!first || open.kind === 'malformed') return undefined;
    const close = node.close ?? noStrip;
    if (open.kind === 'open') return this.#branch(node, 0, close);
    const body = this.#program(first, []);
    const strips = { openStrip: syntax.strip(open), closeStrip: syntax.strip(close) };
    if (open.kind === 'inline') {
      const params = [syntax.text(open.name)];
      const path = syntax.named('inline');
      const made = {
        type: 'DecoratorBlock',
        path,
        params,
        hash: syntax.hash(),
        program: body,
        ...strips,
      };
      return { ...made, loc: syntax.loc };
    }
    const call = this.#partialCall(open, node.parent);
    return {
      type: 'PartialBlockStatement',
      ...call,
      program: body,
      ...strips,
    } as hbs.AST.Statement;
  }

  /** One branch of a block; those after it are its inverse, as Handlebars chains them. */
  #branch(node: Block, index: number, close: syntax.Strip): hbs.AST.Statement | undefined {
    const branch = node.branches[index];
    const tag = branch?.tag;
    if (!branch || (tag?.kind !== 'open' && tag?.kind !== 'else') || !tag.call) return undefined;
    const next = node.branches[index + 1];
    const nextTag = next?.tag.kind === 'else' ? next.tag : undefined;
    const inverted = tag.kind === 'open' && tag.sigil === '^';
    const opening = this.#opening(
      tag.call,
      node.parent,
      inverted && (nextTag?.call ? internal.lacking : internal.absent),
    );
    const params = inverted ? [] : tag.params.map(({ name }) => name);
    const body = this.#program(branch, params);
    const inverse = next && nextTag && this.#inverse(node, index + 1, nextTag, close);
    // As in Handlebars: behind the first `else if` a branch ends as it begins.
    const closing = index <= 1 ? close : tag;
    const [first, second] = inverted ? [inverse, body] : [body, inverse];
    return syntax.block(opening, first, second, tag, nextTag, closing);
  }

  #inverse(node: Block, index: number, tag: ElseTag, close: syntax.Strip): hbs.AST.Program {
    const branch = node.branches[index];
    if (!tag.call) return branch ? this.#program(branch, []) : syntax.program([]);
    const chained = this.#branch(node, index, close);
    const program = syntax.program(chained ? [chained] : []);
    return Object.assign(program, { chained: true });
  }

  #program(branch: Branch, params: string[]): hbs.AST.Program {
    const { start, end } = branch.body;
    return syntax.program(this.statements(branch.children, start, end, branch), params);
  }

  /** The helper that runs a block. @param inverse the one for a value whose inverse comes first. */
  #opening(call: Call, at: Branch | undefined, inverse: string | false): hbs.AST.SubExpression {
    const action = actionOf(call, 'block');
    if (action.kind === 'helper' && action.helper.kind !== 'value') {
      return syntax.call(
        action.helper.name,
        this.#positional(call, action.helper, at),
        this.#hash(call, at),
      );
    }
    const value = this.#call(call, action, at, 'asked');
    return syntax.call(inverse || internal.section, [value]);
  }

  // ------------------------------------------------------------------------------------------------ partials

  /** One whose name may not be known is a block: an empty one stands in for what is not there. */
  #partial(tag: PartialCall, at: Branch | undefined): hbs.AST.Statement {
    const call = this.#partialCall(tag, at);
    const strip = syntax.strip(tag);
    if (tag.target.name !== '@partial-block') {
      return { type: 'PartialStatement', ...call, indent: '', strip } as hbs.AST.Statement;
    }
    const strips = { openStrip: strip, closeStrip: strip };
    const program = syntax.program([]);
    return { type: 'PartialBlockStatement', ...call, program, ...strips } as hbs.AST.Statement;
  }

  #partialCall(tag: PartialCall, at: Branch | undefined) {
    const params = tag.positional.map((value) => {
      if (value.kind === 'path') return this.#path(value);
      return syntax.call(internal.plain, [this.#expression(value, at, 'optional')]);
    });
    return {
      name: this.#partialName(tag.target, at),
      params,
      hash: this.#hash(tag, at),
      loc: syntax.loc,
    };
  }

  #partialName({ name, expression }: PartialName, at: Branch | undefined) {
    if (!expression) return syntax.named(name ?? '');
    const written = syntax.text(this.#text.slice(expression.start, expression.end));
    const value = this.#call(expression, actionOf(expression, 'nested'), at, 'value');
    return syntax.call(internal.choose, [written, value]);
  }
}
