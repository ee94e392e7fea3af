import type { Analysis } from '../analysis.ts';
import type { FolderIndex } from '../folderIndex.ts';
import type { KnownNames } from '../knownNames.ts';
import type { Cursor } from '../language/cursor.ts';
import type { ModelTable } from '../language/modelTable.ts';
import type { Span } from '../language/nodes.ts';
import {
  blockCandidates,
  closeCandidates,
  continuing,
  elseCandidates,
  inlineCandidate,
  sectionCandidates,
} from './blockCandidates.ts';
import {
  argumentCandidates,
  literalCandidates,
  paramCandidates,
  stringCandidates,
  variableOf,
} from './argumentCandidates.ts';
import type { Candidate, NameCursor } from './candidates.ts';
import { keyCandidates } from './frontMatterCandidates.ts';
import { valueCandidates } from './frontMatterValues.ts';
import { helperCandidates } from './helperCandidates.ts';
import { nameCandidates } from './nameCandidates.ts';
import { partialArgumentCandidates, partialCandidates } from './partialCandidates.ts';

/** What candidates come from besides the template itself. */
export interface Surroundings {
  readonly folder: FolderIndex;
  readonly known: KnownNames;
  readonly models: ModelTable | undefined;
}

/** Everything that may be written at the cursor. */
export function candidatesAt(
  analysis: Analysis,
  cursor: Cursor,
  offset: number,
  { folder, known, models }: Surroundings,
): Candidate[] {
  switch (cursor.kind) {
    case 'text':
    case 'none':
      return [];
    case 'name':
      return atName(analysis, cursor, offset, folder);
    case 'close':
      return closeCandidates(analysis, cursor);
    case 'partial':
      return partialCandidates(analysis, cursor, folder, '', typedBefore(analysis, cursor, offset));
    case 'partial-argument':
      return partialArgumentCandidates(analysis, cursor, folder);
    case 'inline':
      return [inlineCandidate(analysis, cursor, '')];
    case 'string':
      return stringCandidates(analysis, cursor, offset, folder);
    case 'key':
      return keyCandidates(analysis, cursor);
    case 'value-of':
      return valueCandidates(analysis, cursor, { others: folder.all(), known, models });
  }
}

function typedBefore(
  { source }: Analysis,
  { replace }: { readonly replace: Span },
  offset: number,
): string {
  return source.slice(replace.start, Math.max(replace.start, offset));
}

function atName(
  analysis: Analysis,
  cursor: NameCursor,
  offset: number,
  folder: FolderIndex,
): Candidate[] {
  const plain = cursor.owner.length === 0 && cursor.up === 0 && !cursor.scoped && !cursor.data;
  const names = () => nameCandidates(analysis, cursor, offset);
  if (!plain || cursor.bracketed) return names();
  switch (cursor.place) {
    case 'value':
      return [
        ...names(),
        ...helperCandidates(analysis, cursor),
        ...continuing(analysis, cursor, offset),
        ...blockCandidates(analysis, cursor),
        ...partialCandidates(analysis, cursor, folder, '>', typedBefore(analysis, cursor, offset)),
      ];
    case 'block':
      return [
        ...blockCandidates(analysis, cursor),
        inlineCandidate(analysis, cursor, '*'),
        ...sectionCandidates(analysis),
      ];
    case 'else':
      return elseCandidates(cursor);
    case 'argument':
      return [
        ...literalCandidates(cursor.given && variableOf(folder, cursor.given)),
        ...argumentCandidates(analysis, cursor, offset),
      ];
    case 'as':
    case 'param':
      return paramCandidates(analysis, cursor);
    case 'callee':
      return helperCandidates(analysis, cursor);
  }
}
