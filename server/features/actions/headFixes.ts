/** What can be done about problems with what the front matter says. */
import type { FolderIndex, TemplateFile } from '../../folderIndex.ts';
import type { Span } from '../../language/nodes.ts';
import type { ProblemOf } from '../../language/problems.ts';

import type { Declaration } from '../../language/values.ts';
import { addKey, contentEnd, type Edit, indentAt, removal } from '../frontMatterEdits.ts';
import { keyText } from '../frontMatterShapes.ts';
import { declarationOf } from '../frontMatterTargets.ts';
import { removeValue } from '../sampleEdits.ts';
import { betterValues } from './betterValue.ts';
import { deletion, escape, type Fix, insertion, renames, replace } from './fix.ts';
import { titleOf } from './newPartial.ts';

export function duplicateSlug(
  { name, span }: ProblemOf<'duplicate-slug'>,
  file: TemplateFile,
  folder: FolderIndex,
): Fix[] {
  const { analysis } = file;
  const taken = new Set([...folder.all()].map((one) => one.analysis.slug));
  let count = 2;
  while (taken.has(`${name}-${count}`)) count++;
  const slug = `${name}-${count}`;
  const written = analysis.frontMatter?.entries.some(({ key }) => key === 'slug') === true;
  const edit = written ? { span, text: slug } : addKey(file, `slug: ${slug}`);
  return [{ title: `Use the slug “${slug}”`, edits: [edit], preferred: true }];
}

export function cycle({ span }: ProblemOf<'partial-cycle'>, file: TemplateFile): Fix[] {
  const tag = file.analysis.tagAt(span.start);
  const remove = { title: 'Remove this call', edits: tag === undefined ? [] : [deletion(tag)] };
  return tag?.kind === 'partial' ? [remove, ...escape(span, file)] : escape(span, file);
}

export function unknownProperty(problem: ProblemOf<'unknown-property'>, file: TemplateFile): Fix[] {
  const { up, name, span } = problem;
  const upwards = up === true ? [{ ...replace('Write', span, `../${name}`), preferred: true }] : [];
  return [...upwards, ...renames(problem), ...declareMember(problem, file)];
}

function declareMember(
  { name, owner, span }: ProblemOf<'unknown-property'>,
  file: TemplateFile,
): Fix[] {
  const { analysis, text } = file;
  const path = analysis.expressionAt(span.start);
  const last = path?.kind === 'path' ? ownerOf(path, span, analysis) : undefined;
  const beside = last?.properties?.at(-1);
  if (last === undefined || beside === undefined) return [];
  const end = contentEnd(text, beside.span);
  const line = text.slice(text.lastIndexOf('\n', beside.nameSpan.start) + 1, beside.nameSpan.start);
  const entry = `${keyText(name)}: string`;
  const added = line.trim() === '' ? `\n${indentAt(text, end)}` : ', ';
  const glue = line.trim() === '' ? `\n${line}${entry}` : added + entry;
  return [{ title: `Declare “${name}” in “${owner}”`, edits: [insertion(end, glue)] }];
}

type Paths = Extract<ReturnType<TemplateFile['analysis']['expressionAt']>, { kind: 'path' }>;

/** The declaration of what the member should be one of, where its members are declared. */
function ownerOf(
  path: Paths,
  span: Span,
  analysis: TemplateFile['analysis'],
): Declaration | undefined {
  const meaning = analysis.meaningOf(path);
  if (meaning.kind !== 'variable') return undefined;
  let at: Declaration | undefined = meaning.declaration;
  for (const segment of path.segments.slice(path.data ? 2 : 1)) {
    if (segment.start === span.start) return at;
    at = declarationOf(at?.properties?.find(({ name }) => name === segment.name));
  }
  return undefined;
}

/** Another type where the variable is declared. */
export function typeMismatch(problem: ProblemOf<'type-mismatch'>, file: TemplateFile): Fix[] {
  const { analysis, text } = file;
  const path = analysis.expressionAt(problem.span.start);
  if (path?.kind !== 'path') return [];
  const meaning = analysis.meaningOf(path);
  const declared = declarationOf('shape' in meaning ? meaning.shape : undefined);
  if (declared === undefined) return [];
  const entry = text.slice(declared.nameSpan.end, declared.span.end);
  const written = new RegExp(`^(["']?:\\s+(?:\\{\\s*)?(?:type:\\s+)?)${declared.type}\\b`).exec(
    entry,
  );
  if (written === null) return [];
  const start = declared.nameSpan.end + (written[1]?.length ?? 0);
  const span = { start, end: start + declared.type.length };
  const { expected } = problem;
  return [
    { title: `Declare “${declared.name}” as ${expected}`, edits: [{ span, text: expected }] },
  ];
}

export function unusedVariable({ name }: ProblemOf<'unused-variable'>, file: TemplateFile): Fix[] {
  const names = file.analysis.problems.flatMap((one) =>
    one.code === 'unused-variable' ? [one.name] : [],
  );
  const all = `Remove all ${names.length} unused variables`;
  return [
    { title: `Remove “${name}”`, edits: removeVariables(file, [name]), preferred: true },
    ...(names.length > 1 ? [{ title: all, edits: removeVariables(file, names) }] : []),
  ];
}

/** Their declarations and their values in samples and tests. */
function removeVariables(file: TemplateFile, names: readonly string[]): Edit[] {
  const { analysis, text } = file;
  const { entries = [], variables = [], samples = [] } = analysis.frontMatter ?? {};
  const going = variables.filter((variable) => names.includes(variable.name));
  const whole = entries.find(({ key }) => key === 'variables');
  const spans =
    going.length === variables.length && whole !== undefined
      ? [removal(text, { start: whole.keySpan.start, end: whole.valueSpan.end })]
      : going.map(({ span }) => removal(text, span));
  const values = samples.flatMap((sample) =>
    names.flatMap((name) => removeValue(file, sample, [name]) ?? []),
  );
  return [...united(spans).map(deletion), ...values];
}

/** Neighbours within braces share a comma. */
function united(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last === undefined || last.end < span.start) found.push(span);
    else found[found.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return found;
}

export function yamlFixes({ span, message }: ProblemOf<'yaml-syntax'>, file: TemplateFile): Fix[] {
  const { text, analysis } = file;
  const { frontMatter } = analysis;
  if (frontMatter?.closed === false) {
    const { end } = frontMatter.yaml;
    const written = `${text[end - 1] === '\n' ? '' : '\n'}---\n`;
    return [
      {
        title: 'Close the front matter with ---',
        edits: [insertion(end, written)],
        preferred: true,
      },
    ];
  }
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(lineStart))?.[0] ?? '';
  if (/^ *\t/.test(line)) return [spaces(file)];
  if (message.includes('there twice')) return [{ ...remove(text, lineStart, line) }];
  const value = /^(\s*(?:- )?[\w-]+:[ \t]+)([^"'[{|>&*!#%@`\s].*?)[ \t]*$/.exec(line);
  const [, key = '', written = ''] = value ?? [];
  if (!/:(?:\s|$)/.test(written)) return [];
  const start = lineStart + key.length;
  const edit = { span: { start, end: start + written.length }, text: JSON.stringify(written) };
  return [{ title: 'Put the text into quotes', edits: [edit], preferred: true }];
}

function remove(text: string, start: number, line: string): Fix {
  const end = start + line.length;
  return { title: 'Remove this line', edits: [deletion(removal(text, { start, end }))] };
}

/** Two for each tab. */
function spaces({ text, analysis }: TemplateFile): Fix {
  const { start, end } = analysis.frontMatter?.yaml ?? analysis.document.body;
  const found = [...text.slice(start, end).matchAll(/^[ \t]*\t[ \t]*/gm)];
  const edits = found.map(({ index, 0: tabs }) => ({
    span: { start: start + index, end: start + index + tabs.length },
    text: tabs.replaceAll('\t', '  '),
  }));
  return { title: 'Indent with spaces', edits, preferred: true };
}

export function schemaFixes(problem: ProblemOf<'schema'>, file: TemplateFile): Fix[] {
  switch (problem.slip) {
    case 'missing-key': {
      const line = `${problem.name}: ${titleOf(file.analysis.slug)}`;
      return [{ title: `Add “${line}”`, edits: [addKey(file, line)], preferred: true, safe: true }];
    }
    case 'unknown-key':
      return [
        ...renames(problem).map((fix) => ({ ...fix, safe: problem.suggestions.length === 1 })),
        ...ownKey(problem, file),
        ...removeKey(problem.span, file),
      ];
    case 'wrong-type':
    case 'wrong-value':
      return [
        ...renames(problem),
        ...betterValues(problem, file),
        ...removeKey(problem.span, file),
      ];
    case 'read-only':
      return removeKey(problem.span, file);
  }
}

/** Keys of one's own begin with `x-`. */
function ownKey({ name, span }: ProblemOf<'schema'>, { analysis }: TemplateFile): Fix[] {
  const top = analysis.frontMatter?.entries.some(({ keySpan }) => keySpan.start === span.start);
  return top === true ? [replace('Keep it as', span, `x-${name}`)] : [];
}

/** The most the model takes, or the key taken away. */
export function modelConflict(problem: ProblemOf<'model-conflict'>, file: TemplateFile): Fix[] {
  const { better, name, span } = problem;
  const lower = better === undefined ? [] : [replace('Use', span, String(better))];
  return name === 'model' ? [] : [...lower, ...removeKey(span, file)];
}

/** A top-level key that the span lies in. */
function removeKey(span: Span, { analysis, text }: TemplateFile): Fix[] {
  const entry = analysis.frontMatter?.entries.find(
    ({ keySpan, valueSpan }) =>
      keySpan.start <= span.start && span.end <= Math.max(keySpan.end, valueSpan.end),
  );
  const isWhole = entry?.keySpan.start === span.start || entry?.valueSpan.start === span.start;
  if (entry === undefined || !isWhole) return [];
  const whole = {
    start: entry.keySpan.start,
    end: Math.max(entry.keySpan.end, entry.valueSpan.end),
  };
  return [{ title: `Remove “${entry.key}”`, edits: [deletion(removal(text, whole))] }];
}
