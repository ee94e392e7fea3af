/** Edits of the front matter that leave everything else in it as the author wrote it. */
import { stringify } from 'yaml';
import type { TemplateFile } from '../folderIndex.ts';
import type { Span } from '../language/nodes.ts';
import type { Value } from '../language/values.ts';
import { keyText } from './frontMatterShapes.ts';

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** What is said of a variable: the name of its type, or more. */
export type ShapeText = string | { readonly [key: string]: Value };

const insert = (offset: number, text: string): Edit => ({
  span: { start: offset, end: offset },
  text,
});

/** A top-level `key: value`, after the last one; a front matter around it when there is none. */
export function addKey({ analysis, text }: TemplateFile, line: string): Edit {
  const { frontMatter } = analysis;
  if (frontMatter === undefined) return insert(analysis.document.body.start, `---\n${line}\n---\n`);
  const { start, end } = frontMatter.yaml;
  const yaml = text.slice(start, end);
  const glue = yaml === '' || yaml.endsWith('\n') ? '' : '\n';
  return insert(end, `${glue}${line}\n`);
}

/** Declares variables, after those that are declared. */
export function declare(
  template: TemplateFile,
  variables: readonly (readonly [name: string, shape: ShapeText])[],
): Edit {
  const { analysis, text } = template;
  const declared = analysis.frontMatter?.variables ?? [];
  const entry = analysis.frontMatter?.entries.find(({ key }) => key === 'variables');
  const last = declared.at(-1);
  if (entry === undefined) return addKey(template, `variables:\n${declarations(variables, '  ')}`);
  if (last === undefined) {
    return {
      span: {
        start: entry.keySpan.end + 1,
        end: Math.max(entry.keySpan.end + 1, contentEnd(text, entry.valueSpan)),
      },
      text: `\n${declarations(variables, '  ')}`,
    };
  }
  if (text[entry.valueSpan.start] === '{') {
    const flow = variables.map(([name, shape]) => `, ${keyText(name)}: ${flowText(shape)}`);
    return insert(contentEnd(text, last.span), flow.join(''));
  }
  const indent = indentAt(text, last.nameSpan.start);
  return insert(contentEnd(text, last.span), `\n${declarations(variables, indent)}`);
}

/** Lines of `name: type`, without a line break at the end. */
export function declarations(
  variables: readonly (readonly [name: string, shape: ShapeText])[],
  indent: string,
): string {
  const lines = variables.map(([name, shape]) => {
    if (typeof shape === 'string') return `${indent}${keyText(name)}: ${shape}`;
    const yaml = stringify(shape, { lineWidth: 0 }).trimEnd();
    return `${indent}${keyText(name)}:\n${yaml.replaceAll(/^(?=.)/gm, `${indent}  `)}`;
  });
  return lines.join('\n');
}

function flowText(shape: ShapeText): string {
  if (typeof shape === 'string') return shape;
  const parts = Object.entries(shape).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `{ ${parts.join(', ')} }`;
}

/** What YAML counts to a block ends with its last line break. */
export function contentEnd(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** An entry with its lines, or within `{ }` with a comma beside it. */
export function removal(text: string, entry: Span): Span {
  const span = { start: entry.start, end: contentEnd(text, entry) };
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', span.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const before = text.slice(lineStart, span.start);
  const after = text.slice(span.end, end);
  if (before.trim() === '' && /^\s*(?:#.*)?\s*$/.test(after)) return { start: lineStart, end };
  const next = /^\s*,\s*/.exec(text.slice(span.end))?.[0].length;
  if (next !== undefined) return { start: span.start, end: span.end + next };
  const comma = /,?\s*$/.exec(text.slice(0, span.start))?.[0].length ?? 0;
  return before.includes(',') ? { start: span.start - comma, end: span.end } : span;
}

/**
 * Entries that have their lines to themselves in another order, each with what stands above it since the one before.
 * @param from where that of the first one begins
 */
export function reordered<T>(
  text: string,
  from: number,
  entries: readonly T[],
  order: readonly T[],
  spanOf: (entry: T) => Span,
): Edit {
  const newLine = /\r?\n/.exec(text)?.[0] ?? '\n';
  const chunks = new Map<T, string>();
  let at = from;
  for (const entry of entries) {
    const found = text.indexOf('\n', contentEnd(text, spanOf(entry)));
    const end = found < 0 ? text.length : found + 1;
    const chunk = text.slice(at, end);
    chunks.set(entry, chunk.endsWith('\n') ? chunk : `${chunk}${newLine}`);
    at = end;
  }
  const sorted = order.map((entry) => chunks.get(entry) ?? '').join('');
  const whole = text[at - 1] === '\n' ? sorted : sorted.slice(0, -newLine.length);
  return { span: { start: from, end: at }, text: whole };
}
