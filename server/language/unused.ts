/** Declared variables that nothing uses, neither the body nor a partial. */
import type { Library } from './links.ts';
import { reachable } from './links.ts';
import type { Problem } from './problems.ts';
import type { Template } from './template.ts';

export function unusedVariables(template: Template, library: Library): Problem[] {
  const partials = [...reachable(template, library).values()];
  return [...template.declarations.values()]
    .filter(({ name }) => ![template, ...partials].some((one) => one.isUsed(name)))
    .map(({ name, nameSpan, span }) => ({
      code: 'unused-variable',
      severity: 'hint',
      span: nameSpan,
      name,
      entry: wholeLines(template.text, span),
      message: `“${name}” is declared but not used.`,
    }));
}

/** The entry with its indentation and line break, when it has its lines to itself. */
function wholeLines(text: string, span: { readonly start: number; readonly end: number }) {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  if (text.slice(lineStart, span.start).trim() !== '') return span;
  const lineEnd = text.indexOf('\n', span.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  return text.slice(span.end, end).trim() === '' ? { start: lineStart, end } : span;
}
