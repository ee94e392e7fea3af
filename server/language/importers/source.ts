/** Reading files of other tools. */
import { parseDocument } from 'yaml';
import type { Value } from '../values.ts';
import { isRecord } from '../declarations.ts';
import type { Imported, Loss } from './draft.ts';

export interface SourceFile {
  /** With its ending. */
  readonly fileName: string;
  readonly text: string;
}

/** One other tool. */
export interface Importer {
  /** As the tool calls itself. */
  readonly tool: string;
  fits(source: SourceFile): boolean;
  /** One file may hold several prompts. */
  read(source: SourceFile): Imported[];
}

export type Data = Readonly<Record<string, Value>>;

/** YAML or JSON as plain data; `undefined` when it cannot be read. */
export function readData(text: string): Value | undefined {
  try {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length > 0) return undefined;
    const data: unknown = document.toJS({ maxAliasCount: 100 });
    return JSON.parse(JSON.stringify(data ?? null)) as Value;
  } catch {
    return undefined;
  }
}

export function record(value: Value | undefined): Data {
  return isRecord(value) ? value : {};
}

export function list(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function text(value: Value | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** The front matter of a file, and what follows it. `line`: of the first line of the body, from 1. */
export function split(source: string): { head: Data; body: string; line: number } {
  const found = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^---[ \t]*(?:\r?\n|$))/m.exec(source);
  if (!found || found.index > 0) return { head: {}, body: source, line: 1 };
  const line = found[0].split('\n').length;
  return { head: record(readData(found[1] ?? '')), body: source.slice(found[0].length), line };
}

/** The file's name without folders and any of its endings. */
export function stem(fileName: string): string {
  return (fileName.split(/[\\/]/).at(-1) ?? '').replace(/(?<=.)\.[\s\S]*$/, '');
}

/** A name as a slug has it. */
export function slugFor(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'prompt';
}

/** “Code Review” for `code_review`. */
export function titleFor(name: string): string {
  const words = name.split(/[-_\s]+/).filter(Boolean);
  return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join(' ') || 'Prompt';
}

export function lineOf(source: string, key: string): number | undefined {
  const lines = source.split('\n');
  const at = lines.findIndex((line) =>
    new RegExp(`^\\s*(?:- )?["']?${escapeRegExp(key)}["']?\\s*:`).test(line),
  );
  return at < 0 ? undefined : at + 1;
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** One loss for each key that nothing was made of. */
export function leftOver(
  data: Data,
  known: readonly string[],
  source: string,
  prefix = '',
): Loss[] {
  return Object.keys(data)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const line = lineOf(source, key);
      const reason = 'There is nothing like it here.';
      return { key: prefix + key, reason, ...(line !== undefined && { line }) };
    });
}
