/** Puts new tags into a tree where they change nothing of its structure. */
import type { Branch, Node, Tag } from './nodes.ts';
import { blockOf } from './places.ts';
import type { Anchor } from './positions.ts';
import { firstIndex } from './positions.ts';
import type { Rescan } from './rescan.ts';

/** More are parsed anew rather than put in one by one. */
const most = 1000;

/**
 * Changes the branch the edit lies in. False: the edit may change how tags pair, and nothing was done. `children` are
 * those at the top.
 */
export function graft(
  children: readonly Node[],
  { scan, removed, added, at: index }: Rescan,
): boolean {
  const previous = scan.tags[index - 1];
  if (added.length > most || removed.length > most) return false;
  if (!removed.every(isLeaf) || !added.every(isLeaf)) return false;
  const [first] = removed;
  const place = first ? { branch: first.parent } : placeAfter(children, previous);
  if (!place) return false;
  const level = (place.branch?.children ?? children) as Node[];
  const at = first
    ? level.indexOf(first as Node)
    : firstIndex(level, ({ start }) => start > (previous?.start ?? -1));
  if (at < 0) return false;
  level.splice(at, removed.length, ...(added as readonly Node[]));
  for (const tag of added) (tag as unknown as Anchor).parent = place.branch;
  return true;
}

/** Opens, divides and closes nothing, and cannot be a problem of structure. */
function isLeaf(tag: Tag): boolean {
  switch (tag.kind) {
    case 'value':
    case 'partial':
    case 'comment':
    case 'escape':
    case 'suspect':
      return true;
    case 'raw':
      return tag.close !== undefined;
    case 'malformed':
      return tag.opens === undefined;
    case 'open':
    case 'inline':
    case 'partial-open':
    case 'else':
    case 'close':
      return false;
  }
}

/** The branch that a tag would stand in right behind another. */
function placeAfter(
  children: readonly Node[],
  previous: Tag | undefined,
): { readonly branch: Branch | undefined } | undefined {
  if (!previous || isLeaf(previous) || previous.kind === 'close')
    return { branch: previous?.parent };
  const branch = blockOf({ children }, previous)?.branches.find(({ tag }) => tag === previous);
  return branch && { branch };
}
