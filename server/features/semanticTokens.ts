import {
  type Connection,
  type Disposable,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
  SemanticTokenTypes,
} from 'vscode-languageserver/node';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Path, Span, Tag } from '../language/nodes.ts';
import type { Meaning } from '../language/scopes.ts';
import type { Safely } from '../safely.ts';
import { disposeAll, type Feature } from './feature.ts';
import { helpersIn, pathsIn } from './tagWalk.ts';

const types = [
  SemanticTokenTypes.variable,
  SemanticTokenTypes.parameter,
  SemanticTokenTypes.property,
  SemanticTokenTypes.namespace,
  SemanticTokenTypes.function,
] as const;
/** `undeclared` is our own: a theme may tell such variables apart. */
const modifiers = ['declaration', 'undeclared'] as const;
type TokenType = (typeof types)[number];
type Modifier = (typeof modifiers)[number];

/** A client that sees all of a larger document at once asks by range, or does without. */
const mostTags = 10_000;

interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifier?: Modifier;
}

/** What only an analysis knows: which names are declared variables, which are block parameters. */
export class SemanticTokensFeature implements Feature {
  readonly capabilities = {
    semanticTokensProvider: {
      legend: { tokenTypes: [...types], tokenModifiers: [...modifiers] },
      full: true,
      range: true,
    },
  };
  readonly #documents: Documents;
  readonly #safely: Safely;

  constructor(documents: Documents, safely: Safely) {
    this.#documents = documents;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    const none: SemanticTokens = { data: [] };
    return disposeAll(
      connection.languages.semanticTokens.on(
        this.#safely.later('semanticTokens', none, (params: SemanticTokensParams) => {
          const document = this.#documents.get(params.textDocument.uri);
          if (document === undefined) return none;
          const { body, tags } = document.analysis.document;
          return tags.length > mostTags ? none : encoded(document, body);
        }),
      ),
      connection.languages.semanticTokens.onRange(
        this.#safely.later('semanticTokens', none, (params: SemanticTokensRangeParams) => {
          const document = this.#documents.get(params.textDocument.uri);
          if (document === undefined) return none;
          const start = document.textDocument.offsetAt(params.range.start);
          const end = document.textDocument.offsetAt(params.range.end);
          return encoded(document, { start, end });
        }),
      ),
    );
  }
}

function encoded({ analysis, textDocument }: OpenDocument, { start, end }: Span): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  const { tags } = analysis.document;
  for (let i = firstAfter(tags, start); i < tags.length; i++) {
    const tag = tags[i];
    if (tag === undefined || tag.start > end) break;
    const found = [...tokensIn(tag, (path) => analysis.meaningOf(path))];
    for (const { span, type, modifier } of found.sort((a, b) => a.span.start - b.span.start)) {
      const { line, character } = textDocument.positionAt(span.start);
      const length = span.end - span.start;
      const bits = modifier === undefined ? 0 : 1 << modifiers.indexOf(modifier);
      builder.push(line, character, length, types.indexOf(type), bits);
    }
  }
  return builder.build();
}

/** The first tag that ends behind the offset. */
function firstAfter(tags: readonly Tag[], offset: number): number {
  let [low, high] = [0, tags.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* tokensIn(tag: Tag, meaningOf: (path: Path) => Meaning): Iterable<Token> {
  if ('params' in tag) {
    for (const span of tag.params) {
      yield { span, type: SemanticTokenTypes.parameter, modifier: 'declaration' };
    }
  }
  if ('target' in tag && tag.target.name !== undefined) {
    yield { span: tag.target, type: SemanticTokenTypes.namespace };
  }
  for (const span of helpersIn(tag)) yield { span, type: SemanticTokenTypes.function };
  for (const path of pathsIn(tag)) {
    const [first, ...others] = path.segments;
    if (first === undefined || path.data) continue;
    yield { span: first, ...typeOf(meaningOf(path)) };
    for (const span of others) yield { span, type: SemanticTokenTypes.property };
  }
}

function typeOf(meaning: Meaning): Omit<Token, 'span'> {
  switch (meaning.kind) {
    case 'param':
      return { type: SemanticTokenTypes.parameter };
    case 'variable':
      return {
        type: SemanticTokenTypes.variable,
        ...(meaning.declaration === undefined ? { modifier: 'undeclared' } : {}),
      };
    case 'member':
    case 'context':
    case 'data':
      return { type: SemanticTokenTypes.property };
  }
}
