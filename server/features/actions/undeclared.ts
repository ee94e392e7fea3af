/** Variables that are used and not declared. */
import type { TemplateFile } from '../../folderIndex.ts';
import { guessedTypes } from '../../language/guess.ts';
import type { ProblemOf } from '../../language/problems.ts';
import { declare, type Edit } from '../frontMatterEdits.ts';
import { escape, escapes, type Fix, renames } from './fix.ts';

export function undeclared(problem: ProblemOf<'undeclared-variable'>, file: TemplateFile): Fix[] {
  const { name, suggestions, span } = problem;
  const { problems, variables } = file.analysis;
  const types = [...guessedTypes(problems)];
  const own = types.filter(([one]) => one === name);
  const uses = variables.find((variable) => variable.name === name)?.uses ?? [];
  const respelled = suggestions.slice(0, 1).flatMap((better) => respell(problem, better, uses));
  return [
    ...renames(problem, file),
    ...respelled,
    {
      title: `Declare “${name}”`,
      edits: [declare(file, own)],
      preferred: suggestions.length === 0,
    },
    ...(types.length > 1
      ? [{ title: `Declare all ${types.length} variables`, edits: [declare(file, types)] }]
      : []),
    ...escape(span, file),
    ...escapeAll(problem, file, uses),
  ];
}

type Uses = TemplateFile['analysis']['variables'][number]['uses'];

function respell({ name }: ProblemOf<'undeclared-variable'>, better: string, uses: Uses): Fix[] {
  if (uses.length < 2) return [];
  const edits = uses.map(({ segment: { start, end } }) => ({ span: { start, end }, text: better }));
  return [{ title: `Change every “${name}” to “${better}”`, edits }];
}

function escapeAll(
  { name }: ProblemOf<'undeclared-variable'>,
  file: TemplateFile,
  uses: Uses,
): Fix[] {
  if (uses.length < 2) return [];
  const edits = new Map<number, Edit>();
  for (const { segment } of uses) {
    for (const edit of escapes(segment, file)) edits.set(edit.span.start, edit);
  }
  return edits.size < 2 ? [] : [{ title: `Make every “${name}” text`, edits: [...edits.values()] }];
}
