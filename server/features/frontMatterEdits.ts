/** Edits of the front matter that leave everything else in it as the author wrote it. */
import type { TemplateFile } from '../folderIndex.ts';
import type { Span } from '../language/nodes.ts';

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

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

/** Declares variables by name and type, after those that are declared. */
export function declare(
  template: TemplateFile,
  variables: readonly (readonly [name: string, type: string])[],
): Edit {
  const { analysis, text } = template;
  const declared = analysis.frontMatter?.variables ?? [];
  const entry = analysis.frontMatter?.entries.find(({ key }) => key === 'variables');
  const lines = (indent: string) =>
    variables.map(([name, type]) => `${indent}${keyText(name)}: ${type}`).join('\n');
  const last = declared.at(-1);
  if (entry === undefined) return addKey(template, `variables:\n${lines('  ')}`);
  if (last === undefined) {
    return {
      span: { start: entry.keySpan.end + 1, end: entry.valueSpan.end },
      text: `\n${lines('  ')}`,
    };
  }
  if (text[entry.valueSpan.start] === '{') {
    const flow = variables.map(([name, type]) => `, ${keyText(name)}: ${type}`).join('');
    return insert(last.span.end, flow);
  }
  const contentEnd = last.span.start + text.slice(last.span.start, last.span.end).trimEnd().length;
  return insert(contentEnd, `\n${lines(indentAt(text, last.nameSpan.start))}`);
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** A key as YAML reads it back. */
function keyText(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? name : JSON.stringify(name);
}
