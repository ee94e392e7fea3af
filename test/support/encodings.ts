/** The same places for clients that count characters in other units than UTF-16. */
import type { Position } from 'vscode-languageserver-protocol';
import type { PositionEncoding } from '../../server/positionEncoding.ts';

const encodings: Readonly<Record<PositionEncoding, (text: string) => number>> = {
  'utf-8': (text) => Buffer.byteLength(text),
  'utf-16': (text) => text.length,
  'utf-32': (text) => Array.from(text).length,
};

/** By Node's own means, not by ours. */
export function lengthOf(text: string, encoding: PositionEncoding): number {
  return encodings[encoding](text);
}

const lineOf = (text: string, line: number) => text.split(/\r\n|\r|\n/)[line] ?? '';

export function inEncoding(at: Position, text: string, encoding: PositionEncoding): Position {
  const before = lineOf(text, at.line).slice(0, at.character);
  return { line: at.line, character: lengthOf(before, encoding) };
}

/** @throws when the place is not between two characters of its line */
export function fromEncoding(at: Position, text: string, encoding: PositionEncoding): Position {
  const line = lineOf(text, at.line);
  for (let character = 0; character <= line.length; character++) {
    if (lengthOf(line.slice(0, character), encoding) !== at.character) continue;
    if (encoding !== 'utf-16' && /[\uD800-\uDBFF]$/.test(line.slice(0, character))) continue;
    return { line: at.line, character };
  }
  throw new Error(`${JSON.stringify(at)} is no place in “${line}” in ${encoding}`);
}

const isPosition = (value: object): value is Position => 'line' in value && 'character' in value;

/** Every position in an answer changed; `uri` is that of the document the answer is about, where it names no other. */
export function mapPositions(
  value: unknown,
  uri: string,
  change: (at: Position, uri: string) => Position,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => mapPositions(one, uri, change));
  if (isPosition(value)) return change(value, uri);
  const own = uriIn(value) ?? uri;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const changes = key === 'changes' && typeof inner === 'object' && inner !== null;
      return [key, changes ? mapByUri(inner, change) : mapPositions(inner, own, change)];
    }),
  );
}

function mapByUri(edits: object, change: (at: Position, uri: string) => Position): unknown {
  const entries = Object.entries(edits);
  return Object.fromEntries(entries.map(([uri, own]) => [uri, mapPositions(own, uri, change)]));
}

function uriIn(value: object): string | undefined {
  if ('targetUri' in value && typeof value.targetUri === 'string') return value.targetUri;
  if ('uri' in value && typeof value.uri === 'string') return value.uri;
  if (!('textDocument' in value)) return undefined;
  const inner = value.textDocument;
  return typeof inner === 'object' && inner !== null ? uriIn(inner) : undefined;
}

/** Where semantic tokens begin and how long they are: five numbers each, counted from the one before. */
export function tokenPlaces(data: readonly number[]): (Position & { readonly length: number })[] {
  const places: (Position & { readonly length: number })[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const down = data[at] ?? 0;
    line += down;
    character = (down > 0 ? 0 : character) + (data[at + 1] ?? 0);
    places.push({ line, character, length: data[at + 2] ?? 0 });
  }
  return places;
}
