import type { Analysis } from '../analysis.ts';
import type { FolderIndex } from '../folderIndex.ts';
import type { Cursor } from '../language/cursor.ts';
import {
  blockCandidates,
  closeCandidates,
  continuing,
  elseCandidates,
  sectionCandidates,
} from './blockCandidates.ts';
import type { Candidate, NameCursor } from './candidates.ts';
import { keyCandidates, valueCandidates } from './frontMatterCandidates.ts';
import { helperCandidates } from './helperCandidates.ts';
import { nameCandidates } from './nameCandidates.ts';
import { partialArgumentCandidates, partialCandidates } from './partialCandidates.ts';

/** Everything that may be written at the cursor. */
export function candidatesAt(
  analysis: Analysis,
  cursor: Cursor,
  offset: number,
  folder: FolderIndex,
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
      return partialCandidates(analysis, cursor, folder);
    case 'partial-argument':
      return partialArgumentCandidates(analysis, cursor, offset, folder);
    case 'key':
      return keyCandidates(analysis, cursor);
    case 'value-of':
      return valueCandidates(analysis, cursor, folder.all());
  }
}

function atName(
  analysis: Analysis,
  cursor: NameCursor,
  offset: number,
  folder: FolderIndex,
): Candidate[] {
  const plain = cursor.owner.length === 0 && cursor.up === 0 && !cursor.scoped && !cursor.data;
  const names = () => nameCandidates(analysis, cursor, offset);
  if (!plain) return names();
  switch (cursor.place) {
    case 'value':
      return [
        ...names(),
        ...helperCandidates(analysis, cursor),
        ...continuing(analysis, cursor, offset),
        ...blockCandidates(analysis, cursor),
        ...partialCandidates(analysis, cursor, folder, '>'),
      ];
    case 'block':
      return [...blockCandidates(analysis, cursor), ...sectionCandidates(analysis)];
    case 'else':
      return elseCandidates(cursor);
    case 'argument':
      return [...names(), ...helperCandidates(analysis, cursor)];
    case 'callee':
      return helperCandidates(analysis, cursor);
  }
}
