/** Makes a variable of what is selected. */
import type { TemplateFile } from '../../folderIndex.ts';
import { CodeActionKind } from 'vscode-languageserver/node';

import type { Span } from '../../language/nodes.ts';
import type { Scope } from '../../language/scopes.ts';
import { closing, opening } from '../candidates.ts';
import type { Edit } from '../frontMatterEdits.ts';
import type { Action, Place } from './action.ts';
import { declareWithDefault, declareWithSample } from './declaring.ts';
import { freeName, nameFor } from './names.ts';
import { nameOffset } from './wrap.ts';
import { selectedPart } from './selected.ts';

interface Extractable {
  readonly span: Span;
  readonly value: string | number | boolean;
  /** How the value is referred to at its place. */
  write(name: string, at: Span): string | undefined;
  readonly others: readonly Span[];
}

export function extractVariable(place: Place): Action[] {
  const { file, selection } = place;
  if (selection.start === selection.end) return [];
  const found = literal(place) ?? plainText(place);
  if (found === undefined) return [];
  const { span, value, others } = found;
  const before = file.text.slice(file.text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const name = freeName(nameFor(String(value), before), place, file.analysis.scopeAt(span.start));
  const uses = (spans: readonly Span[]): Edit[] =>
    spans.flatMap((one) => {
      const text = found.write(name, one);
      return text === undefined ? [] : [{ span: one, text }];
    });
  if (uses([span]).length === 0) return [];
  const withDefault = declareWithDefault(file, name, value);
  const sampled = declareWithSample(file, name, value);
  const all = uses([span, ...others]);
  const action = (title: string, edits: readonly Edit[]): Action => ({
    title,
    kind: CodeActionKind.RefactorExtract,
    change: () => ({ edits: edits.map((edit) => ({ ...edit, file })) }),
    names: () => nameOffset(edits, span.start, name),
  });
  return [
    action(`Extract to the variable “${name}”`, [...uses([span]), withDefault]),
    ...(all.length > 1
      ? [action(`Extract all ${all.length} to the variable “${name}”`, [...all, withDefault])]
      : []),
    action(`Extract to the variable “${name}”, as a sample value`, [...uses([span]), ...sampled]),
  ];
}

/** A value that is given to a helper or a partial. */
function literal({ file, selection }: Place): Extractable | undefined {
  const { analysis } = file;
  const found = analysis.expressionAt(selection.start);
  if (found?.kind !== 'literal' || selection.end > found.end) return undefined;
  const { start, end, value } = found;
  if (value === undefined || value === null || value === '') return undefined;
  const write = (name: string, at: Span) => pathTo(name, analysis.scopeAt(at.start));
  return { span: { start, end }, value, write, others: [] };
}

function plainText(place: Place): Extractable | undefined {
  const { file } = place;
  const { analysis, text } = file;
  const part = selectedPart(place);
  if (part === undefined || part.tags.some(({ kind }) => kind !== 'escape')) return undefined;
  const span = part.trimmed;
  const written = text.slice(span.start, span.end);
  let value = '';
  let from = span.start;
  for (const { start, end } of part.tags) {
    value += text.slice(from, start);
    from = end;
  }
  value += text.slice(from, span.end);
  const write = (name: string, at: Span) => {
    const path = pathTo(name, analysis.scopeAt(at.start));
    return tagFor(path, at, file);
  };
  return { span, value, write, others: sameTexts(written, span, file) };
}

/** Where names are looked up on something else, `@root` leads to the variables. */
function pathTo(name: string, { context }: Scope): string {
  return context.kind === 'root' ? name : `@root.${name}`;
}

/** `undefined`: what stands before would run into the tag. */
function tagFor(
  path: string,
  { start }: Span,
  { text, analysis }: TemplateFile,
): string | undefined {
  const open = opening(analysis);
  const before = text[start - 1] ?? '';
  if (before === open[0]) return undefined;
  // Of the backslashes before a tag one is dropped.
  return `${before === '\\' ? '\\' : ''}${open}${path}${closing(analysis)}`;
}

/** The same words elsewhere in the body, outside of tags. */
function sameTexts(wanted: string, own: Span, { analysis, text }: TemplateFile): Span[] {
  const { tags, body } = analysis.document;
  const found: Span[] = [];
  const word = /[\p{L}\p{N}_]/u;
  const glued = (edge: string, beyond: string) => word.test(edge) && word.test(beyond);
  for (let at = text.indexOf(wanted, body.start); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const overlaps = at < own.end && end > own.start;
    const apart =
      !glued(wanted[0] ?? '', text[at - 1] ?? '') && !glued(wanted.at(-1) ?? '', text[end] ?? '');
    const free = tags.every(
      (tag) =>
        tag.kind === 'suspect' ||
        (tag.kind === 'escape' ? tag.end !== at : tag.end <= at || tag.start >= end),
    );
    if (!overlaps && apart && free && (found.at(-1)?.end ?? 0) <= at)
      found.push({ start: at, end });
  }
  return found;
}
