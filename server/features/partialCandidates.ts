/** Templates to include, and what they have to be given. */
import type { Analysis } from '../analysis.ts';
import type { FolderIndex } from '../folderIndex.ts';
import { type Candidate, closing, type CursorOf, escaped } from './candidates.ts';
import { nameCandidates } from './nameCandidates.ts';

/** After `<<>`, or with the `>` still to come. */
export function partialCandidates(
  analysis: Analysis,
  { replace, closed }: { readonly replace: { readonly start: number }; readonly closed: boolean },
  folder: FolderIndex,
  sigil = '',
): Candidate[] {
  const end = closed ? '' : closing(analysis);
  const space = sigil !== '' || analysis.text[replace.start - 1] === '>' ? ' ' : '';
  return [...folder.all()]
    .filter((template) => template.uri !== analysis.uri)
    .map((template) => {
      const { slug, frontMatter } = template.analysis;
      const description = frontMatter?.settings.description;
      const needed = frontMatter?.variables.filter(({ required }) => required) ?? [];
      const missing = needed.map(({ name }) => name).filter((name) => !isVariable(analysis, name));
      const given = missing.map((name, i) => ` ${escaped(name)}=\${${i + 1}:${escaped(name)}}`);
      return {
        label: `${sigil}${space}${slug}`.trimStart(),
        kind: 'partial',
        ...(description === undefined ? {} : { detail: description }),
        subject: { about: 'partial', slug },
        filter: sigil === '' ? slug : `${sigil} ${slug}`,
        text: `${sigil}${space}${slug}${end}`,
        snippet: `${escaped(`${sigil}${space}${slug}`)}${given.join('')}${escaped(end)}`,
        rank: 7,
      };
    });
}

/** A partial sees the variables of its caller; only what the caller does not have must be given. */
function isVariable(analysis: Analysis, name: string): boolean {
  return analysis.frontMatter?.variables.some((variable) => variable.name === name) === true;
}

/** Among the arguments of a partial: its variables that are not given yet, or right after a `=` a value. */
export function partialArgumentCandidates(
  analysis: Analysis,
  cursor: CursorOf<'partial-argument'>,
  offset: number,
  folder: FolderIndex,
): Candidate[] {
  if (analysis.text[cursor.replace.start - 1] === '=') {
    return nameCandidates(analysis, asArgument(cursor), offset);
  }
  const variables = folder.bySlug(cursor.slug)?.analysis.variables ?? [];
  return variables
    .filter(({ name }) => !cursor.given.includes(name))
    .map(({ name, declaration }) => {
      const required = declaration?.required !== false;
      return {
        label: `${name}=`,
        kind: 'argument',
        detail: `${declaration?.type ?? 'any'}${required ? ', required' : ''}`,
        ...(declaration?.description === undefined
          ? {}
          : { documentation: declaration.description }),
        rank: required ? 0 : 1,
      };
    });
}

function asArgument({ replace, prefix, closed }: CursorOf<'partial-argument'>): CursorOf<'name'> {
  const place = 'argument';
  return {
    kind: 'name',
    replace,
    prefix,
    closed,
    place,
    owner: [],
    up: 0,
    scoped: false,
    data: false,
  };
}
