/** Templates to include, and what they have to be given. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';
import { type Candidate, closing, type CursorOf, escaped } from './candidates.ts';

interface PartialName {
  readonly name: string;
  /** Absent for one that the template defines itself. */
  readonly template?: TemplateFile;
}

/** What `<<> …>>` can name here: inline partials of the template, then the other templates of the folder. */
export function partialNames(analysis: Analysis, folder: FolderIndex): PartialName[] {
  const others = [...folder.all()].filter(({ uri }) => uri !== analysis.uri);
  return [
    ...analysis.inlinePartials.map((name) => ({ name })),
    ...others.map((template) => ({ name: template.analysis.slug, template })),
  ];
}

/** With more, only those are offered that what is typed can become: a list of thousands takes its time. */
const many = 100;

/** The letters of one in the order of the other, as editors filter. */
function canBecome(typed: string, name: string): boolean {
  let at = 0;
  for (const letter of typed.toLowerCase()) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** After `<<>`, or with the `>` still to come. `typed`: what stands before the cursor. */
export function partialCandidates(
  analysis: Analysis,
  { replace, closed }: { readonly replace: { readonly start: number }; readonly closed: boolean },
  folder: FolderIndex,
  sigil = '',
  typed = '',
): Candidate[] {
  const end = closed ? '' : closing(analysis);
  const space = sigil !== '' || analysis.source.at(replace.start - 1) === '>' ? ' ' : '';
  const all = partialNames(analysis, folder);
  const names = all.length > many ? all.filter(({ name }) => canBecome(typed, name)) : all;
  return names.map(({ name, template }) => ({
    label: `${sigil}${space}${name}`.trimStart(),
    kind: 'partial',
    ...aboutPartial(name, template),
    filter: sigil === '' ? name : `${sigil} ${name}`,
    text: `${sigil}${space}${name}${end}`,
    snippet: [
      escaped(`${sigil}${space}${name}`),
      ...neededBy(template, analysis),
      escaped(end),
    ].join(''),
    rank: template === undefined ? 6.9 : 7,
  }));
}

function aboutPartial(name: string, template: TemplateFile | undefined): Partial<Candidate> {
  if (template === undefined) return { detail: 'defined in this template' };
  const description = template.analysis.frontMatter?.settings.description;
  return {
    ...(description === undefined ? {} : { detail: description }),
    subject: { about: 'partial', slug: name },
  };
}

/** A tab stop for each required variable that the caller does not have. */
function neededBy(template: TemplateFile | undefined, analysis: Analysis): string[] {
  const needed = template?.analysis.frontMatter?.variables.filter(({ required }) => required) ?? [];
  return needed
    .map(({ name }) => name)
    .filter((name) => !isVariable(analysis, name))
    .map((name, i) => ` ${escaped(name)}=\${${i + 1}:${escaped(name)}}`);
}

/** A partial sees the variables of its caller; only what the caller does not have must be given. */
function isVariable(analysis: Analysis, name: string): boolean {
  return analysis.frontMatter?.variables.some((variable) => variable.name === name) === true;
}

/** Among the arguments of a partial: its variables that are not given yet, what must be given first. */
export function partialArgumentCandidates(
  analysis: Analysis,
  { slug, given }: CursorOf<'partial-argument'>,
  folder: FolderIndex,
): Candidate[] {
  const variables = folder.bySlug(slug)?.analysis.variables ?? [];
  return variables
    .filter(({ name }) => !given.includes(name))
    .map(({ name, declaration }) => {
      const required = declaration?.required !== false;
      const had = isVariable(analysis, name);
      const need = !required ? ', optional' : had ? ', else as it is here' : ', required';
      return {
        label: `${name}=`,
        kind: 'argument',
        detail: `${declaration?.type ?? 'any'}${need}`,
        ...(declaration?.description === undefined
          ? {}
          : { documentation: declaration.description }),
        rank: !required ? 2 : had ? 1 : 0,
      };
    });
}
