/** Puts declarations in the order of their names. Comments stay with what they stand above. */
import { CodeActionKind } from 'vscode-languageserver/node';
import type { TemplateFile } from '../../folderIndex.ts';
import { contentEnd, type Edit, reordered } from '../frontMatterEdits.ts';
import type { Action, Place } from './action.ts';

export const sortKind = 'source.sortVariables.promptWorkbench';

export function sortAsSource({ file }: Place): Action[] {
  return actions(file, sortKind);
}

/** For a cursor among the variables. */
export function sortHere({ file, selection }: Place): Action[] {
  const entry = file.analysis.frontMatter?.entries.find(({ key }) => key === 'variables');
  const { start } = selection;
  const inside =
    entry !== undefined && entry.keySpan.start <= start && start <= entry.valueSpan.end;
  return inside ? actions(file, CodeActionKind.RefactorRewrite) : [];
}

function actions(file: TemplateFile, kind: string): Action[] {
  const edit = sorting(file);
  if (edit === undefined) return [];
  return [{ title: 'Sort variables', kind, change: () => ({ edits: [{ ...edit, file }] }) }];
}

/** `undefined`: they are in order, or their order matters. */
function sorting({ analysis, text }: TemplateFile): Edit | undefined {
  const variables = analysis.frontMatter?.variables ?? [];
  const [first] = variables;
  const last = variables.at(-1);
  if (first === undefined || last === undefined || first === last) return undefined;
  const order = [...variables].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sorted = order.every((one, i) => one === variables[i]);
  const span = { start: first.span.start, end: contentEnd(text, last.span) };
  // An alias must come after what it stands for.
  if (sorted || /(?:^|[\s,:[{])[&*][\w-]/.test(text.slice(span.start, span.end))) return undefined;
  const lineStart = text.lastIndexOf('\n', first.nameSpan.start - 1) + 1;
  const block = text.slice(lineStart, first.nameSpan.start).trim() === '';
  return block ? sortedLines(text, variables, order) : sortedFlow(text, variables, order);
}

type Variables = NonNullable<TemplateFile['analysis']['frontMatter']>['variables'];

function sortedLines(text: string, variables: Variables, order: Variables): Edit {
  const from = commentsAbove(text, variables[0]?.nameSpan.start ?? 0);
  return reordered(text, from, variables, order, ({ span }) => span);
}

/** The start of the comment lines directly above the line of an offset, or of that line. */
function commentsAbove(text: string, offset: number): number {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (above >= start || !/^[ \t]+#/.test(text.slice(above, start))) return start;
    start = above;
  }
}

function sortedFlow(text: string, variables: Variables, order: Variables): Edit | undefined {
  const written = (variable: Variables[number]) =>
    text.slice(variable.span.start, contentEnd(text, variable.span));
  let made = '';
  let from = variables[0]?.span.start ?? 0;
  const start = from;
  for (const [i, variable] of variables.entries()) {
    const between = text.slice(from, variable.span.start);
    if (between.includes('#')) return undefined;
    made += between + written(order[i] ?? variable);
    from = contentEnd(text, variable.span);
  }
  return { span: { start, end: from }, text: made };
}
