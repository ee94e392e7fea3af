/** Declared variables that nothing uses, neither the body nor a partial. */
import type { Library } from './links.ts';
import { reachable } from './links.ts';
import type { Problem } from './problems.ts';
import type { Template } from './template.ts';

export function unusedVariables(template: Template, library: Library): Problem[] {
  const used = new Set(template.uses.map(({ name }) => name));
  for (const partial of reachable(template, library).values()) {
    for (const { name } of partial.uses) used.add(name);
  }
  if (usesWhole(template)) return [];
  return [...template.declarations.values()]
    .filter(({ name }) => !used.has(name))
    .map(({ name, nameSpan, span }) => ({
      code: 'unused-variable',
      severity: 'hint',
      span: nameSpan,
      name,
      entry: wholeLines(template.text, span),
      message: `“${name}” is declared but not used.`,
    }));
}

/** `<<json this>>` or `<<json @root>>` at the top uses every variable. */
function usesWhole({ document, scopes }: Template): boolean {
  return document.tags.some((tag) => {
    if (tag.kind !== 'value') return false;
    const paths = [tag.call.callee, ...tag.call.positional];
    return paths.some((path) => {
      if (path.kind !== 'path') return false;
      if (path.data) return path.text === '@root';
      return path.segments.length === 0 && scopes.in(tag.parent).context.kind === 'root';
    });
  });
}

/** The entry with its indentation and line break, when it has its lines to itself. */
function wholeLines(text: string, span: { readonly start: number; readonly end: number }) {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  if (text.slice(lineStart, span.start).trim() !== '') return span;
  const lineEnd = text.indexOf('\n', span.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  return text.slice(span.end, end).trim() === '' ? { start: lineStart, end } : span;
}
