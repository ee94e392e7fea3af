import {
  type Connection,
  type Disposable,
  LSPErrorCodes,
  ResponseError,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensEdit,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver/node';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Safely } from '../safely.ts';
import { disposeAll, type Feature, spanOf } from './feature.ts';
import { Encoding, type Words } from './tokenEncoding.ts';
import { tokenModifiers, tokenTypes } from './tokens.ts';

/** What a client has of a document, by the id it names. */
interface Given {
  readonly resultId: string;
  readonly data: readonly number[];
}

/** What only an analysis knows: which names are declared variables, which are block parameters. */
export class SemanticTokensFeature implements Feature {
  readonly capabilities = {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  };
  readonly #documents: Documents;
  readonly #safely: Safely;
  readonly #words: Words = new WeakMap();
  readonly #given = new Map<string, Given>();
  #results = 0;

  constructor(documents: Documents, safely: Safely) {
    this.#documents = documents;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    const none: SemanticTokens = { data: [] };
    const { semanticTokens } = connection.languages;
    return disposeAll(
      this.#documents.onClosed((uri) => this.#given.delete(uri)),
      semanticTokens.on(
        this.#safely.later('semanticTokens', none, (params: SemanticTokensParams) =>
          this.#full(params.textDocument.uri),
        ),
      ),
      semanticTokens.onDelta(
        this.#safely.later<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>(
          'semanticTokens',
          none,
          (params) => this.#delta(params),
        ),
      ),
      semanticTokens.onRange(
        this.#safely.later('semanticTokens', none, (params: SemanticTokensRangeParams) => {
          const document = this.#documents.get(params.textDocument.uri);
          if (document === undefined) return none;
          const { start, end } = spanOf(document.textDocument, params.range);
          const encoding = new Encoding(document, this.#words);
          encoding.add(start, end);
          return { data: encoding.data };
        }),
      ),
    );
  }

  async #full(uri: string): Promise<SemanticTokens> {
    const document = this.#documents.get(uri);
    if (document === undefined) return { data: [] };
    const data = await this.#whole(document);
    const resultId = String(++this.#results);
    this.#given.set(uri, { resultId, data });
    return { resultId, data };
  }

  /** Piece by piece, so that nobody who types waits for a large document. */
  async #whole(document: OpenDocument): Promise<number[]> {
    const { version } = document;
    const encoding = new Encoding(document, this.#words);
    const { tags } = document.analysis.document;
    for (let at = 0; at < tags.length; at += piece) {
      if (at > 0) await this.#safely.idle();
      if (document.version !== version) {
        throw new ResponseError<never>(LSPErrorCodes.ContentModified, 'The document has changed.');
      }
      encoding.addTags(at, at + piece);
    }
    return encoding.data;
  }

  async #delta({ textDocument: { uri }, previousResultId }: SemanticTokensDeltaParams) {
    const before = this.#given.get(uri);
    const now = await this.#full(uri);
    if (before === undefined || before.resultId !== previousResultId) return now;
    return { resultId: now.resultId, edits: difference(before.data, now.data) };
  }
}

/** Tags that are coloured in one go. */
const piece = 2000;

/** The one edit between what is the same before and after it. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const deleteCount = before.length - tail - start;
  const data = after.slice(start, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
