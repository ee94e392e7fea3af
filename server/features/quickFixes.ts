/** What can be done about each problem. */
import type { FolderIndex, TemplateFile } from '../folderIndex.ts';

import type { Problem, ProblemOf } from '../language/problems.ts';
import { escape, type Fix, renames } from './actions/fix.ts';
import {
  cycle,
  duplicateSlug,
  modelConflict,
  schemaFixes,
  unknownProperty,
  typeMismatch,
  unusedVariable,
  yamlFixes,
} from './actions/headFixes.ts';
import {
  closeBlock,
  malformed,
  mismatch,
  missingPartial,
  mustache,
  shadowed,
  stray,
  suspect,
  unwantedElse,
} from './actions/tagFixes.ts';
import { undeclared } from './actions/undeclared.ts';
import { sampleFixes } from './sampleFixes.ts';

export type { Fix } from './actions/fix.ts';

type Fixes<C extends Problem['code']> = (
  problem: ProblemOf<C>,
  file: TemplateFile,
  folder: FolderIndex,
) => Fix[];

const asText = ({ span }: Problem, file: TemplateFile): Fix[] => escape(span, file);
/** These need a person: what is meant cannot be guessed, or it is to be done elsewhere. */
const none = (): Fix[] => [];

const fixes: { readonly [C in Problem['code']]: Fixes<C> } = {
  'unclosed-block': (problem, file) => [...closeBlock(problem, file), ...asText(problem, file)],
  'stray-close': (problem, file) => [...stray(problem, file), ...asText(problem, file)],
  'stray-else': unwantedElse,
  'double-else': unwantedElse,
  mismatch: (problem, file) => [...mismatch(problem, file), ...asText(problem, file)],
  'malformed-tag': (problem, file) => [...malformed(problem, file), ...asText(problem, file)],
  'too-deep': asText,
  'unknown-helper': (problem, file) => [...renames(problem, file), ...asText(problem, file)],
  'unknown-partial': (problem, file, folder) => [
    ...renames(problem),
    ...missingPartial(problem, file, folder),
    ...asText(problem, file),
  ],
  'broken-partial': none,
  'partial-cycle': cycle,
  'reserved-name': (problem, file) =>
    problem.span.start < file.analysis.document.body.start ? [] : asText(problem, file),
  'duplicate-slug': duplicateSlug,
  'undeclared-variable': undeclared,
  'missing-variable': sampleFixes,
  'last-value': none,
  'unknown-property': unknownProperty,
  'type-mismatch': typeMismatch,
  'shadowed-by-helper': shadowed,
  'unused-variable': unusedVariable,
  'maybe-tag': suspect,
  'padded-tag': suspect,
  triple: suspect,
  'mustache-in-angle': mustache,
  'yaml-syntax': yamlFixes,
  schema: schemaFixes,
  'unknown-model': (problem) => renames(problem),
  'model-conflict': modelConflict,
  'render-failed': none,
  'other-dialect': none,
};

export function fixesFor(problem: Problem, file: TemplateFile, folder: FolderIndex): Fix[] {
  return (fixes[problem.code] as Fixes<Problem['code']>)(problem, file, folder);
}
