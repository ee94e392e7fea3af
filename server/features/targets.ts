/** What stands at a place: the one answer that hover, definition, references, highlights and rename build on. */
import type { Analysis } from '../analysis.ts';
import type {
  Block,
  BlockParam,
  Call,
  Expression,
  InlineTag,
  NamedArgument,
  Path,
  Span,
  Tag,
} from '../language/nodes.ts';
import { actionOf, type CallPlace } from '../language/calls.ts';
import type { Choice } from '../language/schema.ts';
import type { Declaration } from '../language/values.ts';
import { contains } from './feature.ts';
import { frontMatterTarget, unquoted } from './frontMatterTargets.ts';
import { upTo } from './tagWalk.ts';
import { syntaxAt, type SyntaxTopic } from './syntaxTargets.ts';

export type Target =
  | { readonly kind: 'variable'; readonly name: string; readonly span: Span }
  /** A member of a value: `path` reaches up to it. */
  | { readonly kind: 'member'; readonly path: Path; readonly span: Span }
  | {
      readonly kind: 'param';
      readonly param: BlockParam;
      readonly block: Block;
      readonly span: Span;
    }
  | { readonly kind: 'data'; readonly name: string; readonly span: Span }
  | { readonly kind: 'helper'; readonly name: string; readonly span: Span }
  | { readonly kind: 'partial'; readonly slug: string; readonly span: Span }
  /** A named argument of a partial: a variable of that template. */
  | { readonly kind: 'argument'; readonly slug: string; readonly name: string; readonly span: Span }
  /** `else` or the name of a closing tag. */
  | { readonly kind: 'block'; readonly block: Block; readonly span: Span }
  /** The name of a sample. */
  | { readonly kind: 'sample'; readonly name: string; readonly span: Span }
  /** A partial that the template defines itself. */
  | { readonly kind: 'inline'; readonly name: string; readonly tag: InlineTag; readonly span: Span }
  /** A member of a variable where the front matter declares it. */
  | { readonly kind: 'property'; readonly declaration: Declaration; readonly span: Span }
  | { readonly kind: 'key'; readonly path: readonly (string | number)[]; readonly span: Span }
  /** One of the few values a key can have. */
  | {
      readonly kind: 'choice';
      readonly path: readonly (string | number)[];
      readonly choice: Choice;
      readonly span: Span;
    }
  /** The id of a model in the front matter. */
  | { readonly kind: 'model'; readonly id: string; readonly span: Span }
  /** A mark of the language. */
  | { readonly kind: 'syntax'; readonly topic: SyntaxTopic; readonly span: Span };

export function targetAt(analysis: Analysis, offset: number): Target | undefined {
  const { frontMatter, document } = analysis;
  if (frontMatter !== undefined && offset < document.body.start) {
    return frontMatterTarget(analysis, offset);
  }
  const tag = analysis.tagAt(offset);
  return (
    tag && (inTag(analysis, tag, offset) ?? ofPath(analysis, offset) ?? mark(analysis, tag, offset))
  );
}

function mark(analysis: Analysis, tag: Tag, offset: number): Target | undefined {
  const found = syntaxAt(analysis, tag, offset);
  return found && { kind: 'syntax', ...found };
}

/** What a tag says besides paths: partials, their arguments, helpers, block parameters and names of blocks. */
function inTag(analysis: Analysis, tag: Tag, offset: number): Target | undefined {
  switch (tag.kind) {
    case 'partial':
    case 'partial-open':
      return (
        inPartial(analysis, tag, offset) ??
        inCalls([...tag.positional, ...values(tag.named)], offset)
      );
    case 'open':
      return inParams(analysis, tag.params, offset) ?? inCall(tag.call, offset, 'block');
    case 'else':
      if (tag.call === undefined) return blockTarget(analysis, tag);
      return inParams(analysis, tag.params, offset) ?? inCall(tag.call, offset, 'block');
    case 'value':
      return inCall(tag.call, offset, 'tag');
    case 'close':
      return blockTarget(analysis, tag, tag.name);
    case 'inline':
      return contains(tag.nameSpan, offset) ? inlineTarget(tag, tag.nameSpan, analysis) : undefined;
    case 'comment':
    case 'raw':
    case 'escape':
    case 'malformed':
    case 'suspect':
      return undefined;
  }
}

function inlineTarget(tag: InlineTag, span: Span, { text }: Analysis): Target {
  return { kind: 'inline', name: tag.name, tag, span: unquoted(span, text) };
}

function inPartial(
  analysis: Analysis,
  tag: Extract<Tag, { kind: 'partial' | 'partial-open' }>,
  offset: number,
): Target | undefined {
  const { target, named } = tag;
  if (target.name === undefined) return inCalls([target.expression], offset);
  if (contains(target, offset)) {
    const inline = inlineNamed(analysis, target.name);
    if (inline !== undefined) return inlineTarget(inline, target, analysis);
    const span = unquoted(target, analysis.text);
    return { kind: 'partial', slug: target.name, span };
  }
  const argument = named.find(({ nameSpan }) => contains(nameSpan, offset));
  const slug = target.name;
  return argument && { kind: 'argument', slug, name: argument.name, span: argument.nameSpan };
}

/** The inline partial of that name, which goes before a template with the same slug. */
function inlineNamed({ document }: Analysis, name: string): InlineTag | undefined {
  return document.tags.find((tag) => tag.kind === 'inline' && tag.name === name) as
    | InlineTag
    | undefined;
}

function inParams(
  analysis: Analysis,
  params: readonly BlockParam[],
  offset: number,
): Target | undefined {
  const param = params.find((one) => contains(one, offset));
  const block = analysis.blocksAt(offset).find(({ branches }) => {
    return branches.some(({ tag }) => 'params' in tag && tag.params === params);
  });
  return param && block && { kind: 'param', param, block, span: param };
}

/** A helper's name, in the call or in one inside it. */
function inCall(call: Call, offset: number, place: CallPlace): Target | undefined {
  const { callee, positional, named } = call;
  const { kind } = actionOf(call, place);
  if (kind !== 'value' && kind !== 'section' && contains(callee, offset)) {
    return { kind: 'helper', name: callee.text, span: callee };
  }
  return inCalls([...positional, ...values(named)], offset);
}

function inCalls(
  expressions: readonly (Expression | undefined)[],
  offset: number,
): Target | undefined {
  const inner = expressions.find((one) => one?.kind === 'call' && contains(one, offset));
  return inner?.kind === 'call' ? inCall(inner, offset, 'nested') : undefined;
}

function values(named: readonly NamedArgument[]): Expression[] {
  return named.map(({ value }) => value);
}

function blockTarget(analysis: Analysis, tag: Tag, span: Span = tag): Target | undefined {
  const block = analysis
    .blocksAt(tag.start)
    .find(({ close, branches }) => close === tag || branches.some((branch) => branch.tag === tag));
  return block && { kind: 'block', block, span };
}

function ofPath(analysis: Analysis, offset: number): Target | undefined {
  const path = analysis.expressionAt(offset);
  if (path?.kind !== 'path') return undefined;
  const at = path.segments.findIndex((segment) => contains(segment, offset));
  const segment = path.segments[at];
  if (segment === undefined) return undefined;
  const meaning = analysis.meaningOf(path);
  if (path.data && at === 0) return { kind: 'data', name: segment.name, span: segment };
  if (meaning.kind === 'variable' && segment === meaning.root) {
    return { kind: 'variable', name: meaning.name, span: segment };
  }
  if (meaning.kind === 'param' && at === 0) {
    const { param, block } = meaning.param;
    return { kind: 'param', param, block, span: segment };
  }
  return {
    kind: 'member',
    path: upTo(path, at),
    span: segment,
  };
}
