import {
  type Connection,
  type Disposable,
  type LinkedEditingRangeParams,
  type LinkedEditingRanges,
} from 'vscode-languageserver/node';
import type { Analysis } from '../analysis.ts';
import type { Documents } from '../documents.ts';
import type { Block, Span } from '../language/nodes.ts';
import type { Safely } from '../safely.ts';
import { contains, type Feature, rangeOf } from './feature.ts';
import { unquoted } from './frontMatterTargets.ts';
import { nameOfOpening } from './occurrences.ts';

/** What a block's name is made of, dots and slashes of a path included. */
const wordPattern = '[^\\s!"#%&\'()*+,;<=>@\\[\\\\\\]^`{|}~]+';

/** The names in the opening and the closing tag of a block change together. */
export class LinkedEditingRangeFeature implements Feature {
  readonly capabilities = { linkedEditingRangeProvider: true };
  readonly #documents: Documents;
  readonly #safely: Safely;

  constructor(documents: Documents, safely: Safely) {
    this.#documents = documents;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.languages.onLinkedEditingRange(
      this.#safely.later<LinkedEditingRangeParams, LinkedEditingRanges | null>(
        'linkedEditingRange',
        null,
        (params) => this.#ranges(params) ?? null,
      ),
    );
  }

  #ranges({
    textDocument: { uri },
    position,
  }: LinkedEditingRangeParams): LinkedEditingRanges | undefined {
    const document = this.#documents.get(uri);
    if (document === undefined) return undefined;
    const { analysis, textDocument } = document;
    const names = linkedAt(analysis, textDocument.offsetAt(position));
    return names && { ranges: names.map((span) => rangeOf(textDocument, span)), wordPattern };
  }
}

function linkedAt(analysis: Analysis, offset: number): readonly [Span, Span] | undefined {
  const [block] = analysis.blocksAt(offset);
  const names = block && namesOf(block, analysis.text);
  if (names === undefined || !names.some((name) => contains(name, offset))) return undefined;
  const [opening, closing] = names.map(({ start, end }) => analysis.text.slice(start, end));
  return opening === closing ? names : undefined;
}

function namesOf(block: Block, text: string): [Span, Span] | undefined {
  const { open, close } = block;
  // An inline partial is always closed by that word.
  if (close === undefined || open.kind === 'inline' || open.kind === 'malformed') return undefined;
  return [unquoted(nameOfOpening(block), text), unquoted(close.name, text)];
}
