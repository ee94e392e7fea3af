/** From `<< >>` to `{{ }}` and back, for a whole template. */
import { CodeActionKind } from 'vscode-languageserver/node';
import type { TemplateFile } from '../../folderIndex.ts';
import { convertBody } from '../../language/convert.ts';
import { addKey, type Edit, removal } from '../frontMatterEdits.ts';
import type { Action, Place } from './action.ts';
import { deletion } from './fix.ts';

export function convertSyntax({ file, asked, selection }: Place): Action[] {
  const { document, frontMatter } = file.analysis;
  const entry = frontMatter?.entries.find(({ key }) => key === 'syntax');
  const here =
    entry !== undefined &&
    entry.keySpan.start <= selection.start &&
    selection.start <= entry.valueSpan.end;
  // A client that only looks whether there is something is not told of it everywhere.
  if ((!asked && !here) || frontMatter?.closed === false) return [];
  const to = document.syntax === 'angle' ? 'mustache' : 'angle';
  const body = convertBody(file.text, document.body.start, document.tags, to);
  if (body === undefined) return [];
  const marks = to === 'angle' ? '<< >>' : '{{ }}';
  return [
    {
      title: `Convert the whole prompt to ${marks}`,
      kind: CodeActionKind.RefactorRewrite,
      change: () => ({
        edits: [setSyntax(file, to), ...body].map((edit) => ({ ...edit, file })),
      }),
    },
  ];
}

function setSyntax(file: TemplateFile, to: 'angle' | 'mustache'): Edit {
  const { analysis, text } = file;
  const { frontMatter } = analysis;
  const entry = frontMatter?.entries.find(({ key }) => key === 'syntax');
  if (frontMatter === undefined || entry === undefined) return addKey(file, 'syntax: mustache');
  if (to === 'mustache') return { span: entry.valueSpan, text: 'mustache' };
  const whole = removal(text, { start: entry.keySpan.start, end: entry.valueSpan.end });
  const { yaml, span } = frontMatter;
  const rest = text.slice(yaml.start, whole.start) + text.slice(whole.end, yaml.end);
  // A front matter that says nothing is not needed, unless something else would be taken for one.
  const needed = rest.trim() !== '' || text.startsWith('---', span.end);
  return deletion(needed ? whole : span);
}
