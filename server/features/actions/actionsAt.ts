/** Everything that can be done at a place. */
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Problem } from '../../language/problems.ts';
import { contains } from '../feature.ts';
import { fixesFor } from '../quickFixes.ts';
import { generateSample } from '../sampleFixes.ts';
import type { Action, Place } from './action.ts';
import { convertSyntax } from './convertSyntax.ts';
import { extractPartial } from './extractPartial.ts';
import { extractVariable } from './extractVariable.ts';
import { fixAlike, fixAll, fixAllKind } from './fixAll.ts';
import { sortAsSource, sortHere, sortKind } from './sortVariables.ts';
import { toggleEscape } from './toggleEscape.ts';
import { wraps } from './wrap.ts';

/** More than anybody chooses from. */
const mostProblems = 20;

interface Source {
  /** The kinds of its actions, or what these begin with. */
  readonly kind: string;
  readonly actions: (place: Place) => readonly Action[];
}

const sources: readonly Source[] = [
  { kind: CodeActionKind.QuickFix, actions: quickFixes },
  { kind: CodeActionKind.RefactorExtract, actions: extractVariable },
  { kind: CodeActionKind.RefactorExtract, actions: extractPartial },
  { kind: CodeActionKind.RefactorRewrite, actions: wraps },
  { kind: CodeActionKind.RefactorRewrite, actions: toggleEscape },
  { kind: CodeActionKind.RefactorRewrite, actions: convertSyntax },
  { kind: CodeActionKind.RefactorRewrite, actions: sortHere },
  { kind: CodeActionKind.RefactorRewrite, actions: samples },
  { kind: sortKind, actions: sortAsSource },
  { kind: fixAllKind, actions: fixAll },
];

/** `only`: the kinds that are wanted; one stands for all below it. */
export function actionsAt(place: Place, only: readonly string[] | undefined): Action[] {
  if (place.file.analysis.dialect !== undefined) return [];
  return sources
    .filter(({ kind }) => wants(only, kind))
    .flatMap(({ actions }) => actions(place))
    .filter(({ kind }) => wants(only, kind));
}

/** Source actions are for those who ask for them by name, such as on save. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  if (only === undefined) return !kind.startsWith('source.');
  return only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
}

function quickFixes(place: Place): Action[] {
  const { file, selection } = place;
  const { start, end } = selection;
  const near = file.analysis.problems.filter(
    ({ span }) => contains(span, start) || (start <= span.start && span.start <= end),
  );
  const seen = new Set<string>();
  return near.slice(0, mostProblems).flatMap((problem) => {
    const alike = seen.has(problem.code) ? [] : fixAlike(problem, place);
    seen.add(problem.code);
    return [...fixes(problem, place), ...alike];
  });
}

function fixes(problem: Problem, { file, folder, createsFiles }: Place): Action[] {
  return fixesFor(problem, file, folder)
    .filter(({ creates }) => creates === undefined || createsFiles)
    .map(({ title, preferred, edits, creates }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      preferred,
      fixes: [problem],
      change: () => ({ edits: edits.map((edit) => ({ ...edit, file })), creates }),
    }));
}

/** Where values are the matter: a sample with made-up ones. Elsewhere a light bulb would say nothing. */
function samples({ file, selection }: Place): Action[] {
  const { frontMatter, variables } = file.analysis;
  const entry = frontMatter?.entries.findLast(({ keySpan }) => keySpan.start <= selection.start);
  const end = Math.max(entry?.keySpan.end ?? 0, entry?.valueSpan.end ?? 0);
  const aboutValues =
    entry !== undefined &&
    ['variables', 'samples', 'tests'].includes(entry.key) &&
    selection.start <= (entry.key === 'variables' ? entry.keySpan.end : end);
  if (!aboutValues || variables.length === 0) return [];
  const { name, edit } = generateSample(file);
  return [
    {
      title: `Generate the sample “${name}”`,
      kind: CodeActionKind.RefactorRewrite,
      change: () => ({ edits: [{ ...edit, file }] }),
    },
  ];
}
