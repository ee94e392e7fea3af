/** Many fixes at once. */
import type { Problem } from '../../language/problems.ts';
import { fixesFor } from '../quickFixes.ts';
import type { Edit } from '../frontMatterEdits.ts';
import type { Action, Place } from './action.ts';
import type { Fix } from './fix.ts';

export const fixAllKind = 'source.fixAll.promptWorkbench';

/** Nobody reads more problems of one kind, or undoes so many by hand. */
const most = 1000;

/** The safe fixes of the whole template. */
export function fixAll({ file, folder }: Place): Action[] {
  const { problems } = file.analysis;
  const safe = () =>
    gathered(problems, (problem) => fixesFor(problem, file, folder).find((fix) => fix.safe));
  if (safe().length === 0) return [];
  return [
    {
      title: 'Fix all that can be fixed safely',
      kind: fixAllKind,
      change: () => ({ edits: safe().map((edit) => ({ ...edit, file })) }),
    },
  ];
}

/** The preferred fix of every problem with the same code. */
export function fixAlike(problem: Problem, { file, folder }: Place): Action[] {
  const alike = file.analysis.problems.filter(({ code }) => code === problem.code);
  // These have words of their own for all of them at once.
  if (alike.length < 2 || hasOwn.has(problem.code)) return [];
  const edits = () => gathered(alike, (one) => preferred(fixesFor(one, file, folder)));
  const fixable = alike.filter((one) => preferred(fixesFor(one, file, folder)) !== undefined);
  if (fixable.length < 2 || !fixable.includes(problem)) return [];
  return [
    {
      title: `Fix all ${fixable.length} problems of this kind`,
      kind: 'quickfix',
      fixes: fixable,
      change: () => ({ edits: edits().map((edit) => ({ ...edit, file })) }),
    },
  ];
}

const hasOwn: ReadonlySet<string> = new Set([
  'undeclared-variable',
  'unused-variable',
  'mustache-in-angle',
  'duplicate-slug',
  'missing-variable',
]);

function preferred(fixes: readonly Fix[]): Fix | undefined {
  return fixes.find((fix) => fix.preferred === true && fix.creates === undefined);
}

/** Edits that do not touch each other, the first ones going before others. */
function gathered(
  problems: readonly Problem[],
  choose: (problem: Problem) => Fix | undefined,
): Edit[] {
  const found: Edit[] = [];
  for (const problem of problems.slice(0, most)) {
    const edits = choose(problem)?.edits ?? [];
    if (edits.every((edit) => !found.some((other) => touches(edit, other)))) found.push(...edits);
  }
  return found;
}

function touches(a: Edit, b: Edit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
