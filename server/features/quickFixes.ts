/** What can be done about each problem, as edits. */
import type { TemplateFile } from '../folderIndex.ts';
import type { Span } from '../language/nodes.ts';
import type { Problem, ProblemOf } from '../language/problems.ts';
import { closing, opening } from './candidates.ts';
import { addKey, declare, type Edit } from './frontMatterEdits.ts';
import { sampleFixes } from './sampleFixes.ts';

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one that is most likely meant. */
  readonly preferred?: boolean;
  /** Slug of a template to create. */
  readonly creates?: string;
}

export function fixesFor(problem: Problem, template: TemplateFile): Fix[] {
  switch (problem.code) {
    case 'unclosed-block':
      return [...closeBlock(problem, template), escape(problem.span, template)];
    case 'stray-close':
    case 'stray-else':
    case 'double-else':
      return [remove(problem.span), escape(problem.span, template)];
    case 'mismatch':
      return mismatch(problem, template);
    case 'malformed-tag':
      return [...insertion(problem), escape(problem.span, template)];
    case 'unknown-helper':
      return [...renames(problem), escape(problem.span, template)];
    case 'unknown-partial':
      return [...renames(problem), create(problem.name), escape(problem.span, template)];
    case 'undeclared-variable':
      return undeclared(problem, template);
    case 'unknown-property':
      return [...upwards(problem), ...renames(problem)];
    case 'shadowed-by-helper':
      return [replace('Write', problem.span, `this.${problem.name}`)];
    case 'unused-variable':
      return [{ title: `Remove “${problem.name}”`, edits: [deletion(problem.entry)] }];
    case 'missing-variable':
      return sampleFixes(problem, template);
    case 'maybe-tag':
    case 'padded-tag':
    case 'triple':
      return [{ ...replace('Write', problem.span, problem.replacement), preferred: true }];
    case 'mustache-in-angle':
      return mustache(problem, template);
    case 'schema':
      return schema(problem, template);
    default:
      // The others need a person: what is meant cannot be guessed.
      return [];
  }
}

const deletion = (span: Span): Edit => ({ span, text: '' });
const at = (offset: number, text: string): Edit => ({ span: { start: offset, end: offset }, text });

function remove(span: Span): Fix {
  return { title: 'Remove this tag', edits: [deletion(span)], preferred: true };
}

function replace(verb: string, span: Span, text: string): Fix {
  return { title: `${verb} “${text}”`, edits: [{ span, text }] };
}

/** A backslash before the tag that the span lies in. */
function escape(span: Span, { text, analysis }: TemplateFile): Fix {
  const start = text.lastIndexOf(opening(analysis), span.start);
  return { title: 'Make it text', edits: [at(Math.max(start, 0), '\\')] };
}

function renames(problem: Problem & { readonly suggestions: readonly string[] }): Fix[] {
  return problem.suggestions.map((name, i) => ({
    ...replace('Change to', problem.span, name),
    preferred: i === 0,
  }));
}

function closeBlock(problem: ProblemOf<'unclosed-block'>, template: TemplateFile): Fix[] {
  const { analysis, text } = template;
  const tag = `${opening(analysis)}/${problem.name}${closing(analysis)}`;
  const end = problem.block?.end ?? text.length;
  const written = alone(problem.block?.open ?? problem.span, text)
    ? `${text[end - 1] === '\n' ? '' : '\n'}${tag}${end === text.length ? '' : '\n'}`
    : tag;
  return [{ title: `Close with ${tag}`, edits: [at(end, written)], preferred: true }];
}

/** Nothing else is on its line. */
function alone({ start, end }: Span, text: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const after = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  return `${before}${after}`.trim() === '';
}

function mismatch(problem: ProblemOf<'mismatch'>, template: TemplateFile): Fix[] {
  const tag = `${opening(template.analysis)}/${problem.expected}${closing(template.analysis)}`;
  return [
    { ...replace('Change to', problem.span, tag), preferred: true },
    remove(problem.span),
    escape(problem.span, template),
  ];
}

function insertion({ insert, insertAt = 0, span }: ProblemOf<'malformed-tag'>): Fix[] {
  if (insert === undefined) return [];
  const edits = [at(span.start + insertAt, insert)];
  return [{ title: `Insert “${insert}”`, edits, preferred: true }];
}

function create(slug: string): Fix {
  return { title: `Create the template “${slug}”`, edits: [], creates: slug };
}

function undeclared(problem: ProblemOf<'undeclared-variable'>, template: TemplateFile): Fix[] {
  const { name, type } = problem;
  const { variables } = template.analysis;
  const uses = variables.find((variable) => variable.name === name)?.uses ?? [];
  const others = template.analysis.problems.filter(
    (other) => other.code === 'undeclared-variable' && other.name !== name,
  );
  const named = new Map<string, string>([[name, type]]);
  for (const other of others)
    if (other.code === 'undeclared-variable') named.set(other.name, other.type);
  return [
    ...renames(problem),
    {
      title: `Declare “${name}”`,
      edits: [declare(template, [[name, type]])],
      preferred: problem.suggestions.length === 0,
    },
    ...(named.size > 1
      ? [{ title: `Declare all ${named.size} variables`, edits: [declare(template, [...named])] }]
      : []),
    escape(problem.span, template),
    ...(uses.length > 1
      ? [
          {
            title: `Make every “${name}” text`,
            edits: uses.flatMap(({ segment }) => escape(segment, template).edits),
          },
        ]
      : []),
  ];
}

function upwards({ up, name, span }: ProblemOf<'unknown-property'>): Fix[] {
  return up === true ? [{ ...replace('Write', span, `../${name}`), preferred: true }] : [];
}

/** The whole file is written one way or the other; a half of each is never meant. */
function mustache({ span }: ProblemOf<'mustache-in-angle'>, template: TemplateFile): Fix[] {
  const { document } = template.analysis;
  const all = document.tags.filter((tag) => tag.kind === 'suspect' && tag.slip === 'mustache');
  const convert = ({ start, end }: Span): Edit => {
    const inner = template.text.slice(start, end).replace(/^\{{2,3}[ \t]*|[ \t]*\}{2,3}$/g, '');
    return { span: { start, end }, text: `<<${inner}>>` };
  };
  return [
    { title: 'Write this tag with << >>', edits: [convert(span)], preferred: true },
    ...(all.length > 1 ? [{ title: 'Write all tags with << >>', edits: all.map(convert) }] : []),
    { title: 'Add “syntax: mustache”', edits: [addKey(template, 'syntax: mustache')] },
  ];
}

function schema(problem: ProblemOf<'schema'>, template: TemplateFile): Fix[] {
  if (problem.slip === 'missing-key') {
    const line = `${problem.name}: ${titleOf(template)}`;
    const edits = [addKey(template, line)];
    return [{ title: `Add “${line}”`, edits, preferred: true }];
  }
  return renames(problem);
}

/** “Code Review” for code_review.prompt. */
function titleOf({ analysis }: TemplateFile): string {
  const words = analysis.slug.split(/[-_]/).filter(Boolean);
  return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join(' ') || 'Prompt';
}
