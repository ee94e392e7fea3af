/** YAML as a tree of plain values with document offsets, made by the `yaml` package; never throws. */
import type { Document, YAMLError } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Span } from './nodes.ts';
import type { Value } from './values.ts';

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export interface YamlNode extends Span {
  readonly kind: 'map' | 'list' | 'scalar';
  readonly value: Value;
  /** Of a map, in order; empty otherwise. */
  readonly entries: readonly YamlEntry[];
  /** Of a list; empty otherwise. */
  readonly items: readonly YamlNode[];
}

interface YamlMistake extends Span {
  readonly message: string;
}

export interface YamlTree {
  readonly root: YamlNode;
  readonly mistakes: readonly YamlMistake[];
}

/** Nodes a document may grow to by aliases, so that a few lines cannot fill the memory. */
const mostNodes = 200_000;
const deepest = 100;
const mostBrackets = 1000;

/** Reads the YAML between two offsets of a document. */
export function readYaml(text: string, span: Span): YamlTree {
  const source = text.slice(span.start, span.end);
  if (opensTooMuch(source)) {
    const message = 'Too many brackets are open.';
    return { root: node(span, 'map', {}), mistakes: [{ ...span, message }] };
  }
  try {
    const document = parseDocument(source, {
      prettyErrors: false,
      logLevel: 'silent',
      // Its own check compares every key with every other.
      uniqueKeys: false,
    });
    const reader = new Reader(document, span.start);
    const root = reader.read(document.contents, { start: span.start, end: span.start }, 0);
    const mistakes = document.errors.map((error) => mistakeOf(error, source, span.start));
    return { root, mistakes: [...mistakes, ...reader.mistakes] };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'This cannot be read.';
    return { root: node(span, 'scalar', null), mistakes: [{ ...span, message }] };
  }
}

/** The package takes the square of the depth for brackets in brackets. */
function opensTooMuch(source: string): boolean {
  let open = 0;
  for (const [bracket] of source.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (open > mostBrackets) return true;
  }
  return false;
}

function node(
  { start, end }: Span,
  kind: YamlNode['kind'],
  value: Value,
  entries: readonly YamlEntry[] = [],
  items: readonly YamlNode[] = [],
): YamlNode {
  return { start, end, kind, value, entries, items };
}

/** The package's words for the commonest slips suppose that one knows YAML's grammar. */
const words = new Map<string, string>([
  ['BLOCK_AS_IMPLICIT_KEY', 'Put a text that contains a colon into quotes'],
  ['TAB_AS_INDENT', 'Indent with spaces, not with tabs'],
]);

/** The package may point at the line break or behind the end: then the text before it is meant. */
function mistakeOf({ code, message, pos }: YAMLError, source: string, offset: number): YamlMistake {
  const [from, to] = pos;
  const visible = source.slice(from, to).trim() !== '';
  const word = /[\w-]*/y;
  word.lastIndex = Math.min(to, source.length);
  word.test(source);
  const end = visible ? word.lastIndex : source.slice(0, from).trimEnd().length;
  const start = visible ? from : source.lastIndexOf('\n', end - 1) + 1;
  const said = words.get(code) ?? message;
  const sentence = `${said.replace(/\s+/g, ' ').replace(/[.:]?$/, '')}.`;
  return { start: offset + start, end: offset + end, message: sentence };
}

class Reader {
  readonly mistakes: YamlMistake[] = [];
  readonly #document: Document.Parsed;
  readonly #offset: number;
  #count = 0;

  constructor(document: Document.Parsed, offset: number) {
    this.#document = document;
    this.#offset = offset;
  }

  read(from: unknown, fallback: Span, depth: number): YamlNode {
    const span = this.#span(from) ?? fallback;
    if (++this.#count > mostNodes || depth > deepest) {
      return this.#mistake(span, 'This is nested too deep or too large.');
    }
    if (isAlias(from)) return this.#alias(from, span, depth);
    if (isMap(from)) return this.#map(from.items, span, depth);
    if (isSeq(from)) {
      const items = from.items.map((item) => this.read(item, span, depth + 1));
      const values = items.map(({ value }) => value);
      return node(span, 'list', values, [], items);
    }
    return node(span, 'scalar', isScalar(from) ? plain(from.value) : null);
  }

  #alias(alias: { source: string }, span: Span, depth: number): YamlNode {
    const target = 'resolve' in alias ? this.#resolve(alias) : undefined;
    if (!target) return this.#mistake(span, `Nothing is named “&${alias.source}”.`);
    return { ...this.read(target, span, depth + 1), ...span };
  }

  #resolve(alias: unknown): unknown {
    return isAlias(alias) ? alias.resolve(this.#document) : undefined;
  }

  #map(pairs: readonly { key: unknown; value: unknown }[], span: Span, depth: number): YamlNode {
    const seen = new Set<string>();
    const entries = pairs.map(({ key, value }) => {
      const keySpan = this.#span(key) ?? span;
      const text = isScalar(key) ? keyText(key.value) : '';
      if (seen.has(text)) this.mistakes.push({ ...keySpan, message: `“${text}” is there twice.` });
      seen.add(text);
      const after = { start: keySpan.end, end: keySpan.end };
      return { key: text, keySpan, value: this.read(value, after, depth + 1) };
    });
    const values = entries.map(({ key, value }) => [key, value.value] as const);
    return node(span, 'map', Object.fromEntries(values), entries);
  }

  #span(from: unknown): Span | undefined {
    const range = isNode(from) ? from.range : undefined;
    return range ? { start: this.#offset + range[0], end: this.#offset + range[1] } : undefined;
  }

  #mistake(span: Span, message: string): YamlNode {
    if (this.mistakes.length === 0) this.mistakes.push({ ...span, message });
    return node(span, 'scalar', null);
  }
}

function keyText(value: unknown): string {
  const key = plain(value);
  return typeof key === 'string' ? key : JSON.stringify(key);
}

/** Only what JSON can hold. */
function plain(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'bigint' ? Number(value) : null;
}
