import {
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageServer, uri } from './languageServer.ts';

/** A word that the server colours. Offsets of the text. */
export interface SemanticWord {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly modifiers: readonly string[];
}

/** What an editor makes of the numbers of the protocol. */
export function semanticWords(
  server: LanguageServer,
  text: string,
  data: readonly number[],
): SemanticWord[] {
  const { legend } = server.initialized.capabilities.semanticTokensProvider ?? {};
  const { tokenTypes = [], tokenModifiers = [] } = legend ?? {};
  const document = TextDocument.create('memory:text', 'prompt-template', 0, text);
  let [line, character] = [0, 0];
  const words: SemanticWord[] = [];
  for (let i = 0; i < data.length; i += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
    character = lines > 0 ? columns : character + columns;
    line += lines;
    const start = document.offsetAt({ line, character });
    const modifiers = tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    words.push({ start, end: start + length, type: tokenTypes[type] ?? '?', modifiers });
  }
  return words;
}

/** `user:variable`, `usr:variable:undeclared` */
export function spelled(text: string, words: readonly SemanticWord[]): string[] {
  return words.map(({ start, end, type, modifiers }) =>
    [text.slice(start, end), type, ...modifiers].join(':'),
  );
}

const textDocument = { uri };

export async function fullTokens(server: LanguageServer) {
  const answer = await server.ask(SemanticTokensRequest.type, { textDocument });
  return { resultId: answer?.resultId ?? '', data: answer?.data ?? [] };
}

export async function rangeTokens(server: LanguageServer, from: number, to: number) {
  const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
  const answer = await server.ask(SemanticTokensRangeRequest.type, { textDocument, range });
  return answer?.data ?? [];
}

export async function deltaTokens(server: LanguageServer, previousResultId: string) {
  return server.ask(SemanticTokensDeltaRequest.type, { textDocument, previousResultId });
}
