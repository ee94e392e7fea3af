/**
 * Brings a scan up to date after an edit, reading only from the last tag before it to the first unchanged one after
 * it. The tags behind that are the old ones, moved.
 */
import type { Edit } from './difference.ts';
import type { SyntaxStyle, Tag } from './nodes.ts';
import type { Anchor } from './positions.ts';
import { firstIndex, spliced } from './positions.ts';
import type { Attempt, Scan } from './scanner.ts';
import { scan } from './scanner.ts';
import type { Source } from './source.ts';

export interface Rescan {
  readonly scan: Scan;
  /** Tags that are no more; their positions are those of the old text. */
  readonly removed: readonly Tag[];
  /** Tags that took their place. */
  readonly added: readonly Tag[];
  /** The index of the first of them. */
  readonly at: number;
}

/** Uses up `before`. `bodyStart` is where tags may begin in the new text. */
export function rescan(
  before: Scan,
  source: Source,
  style: SyntaxStyle,
  bodyStart: number,
  edit: Edit,
): Rescan {
  const { tags, attempts } = before;
  const delta = edit.newEnd - edit.oldEnd;
  const keep = unaffected(before, edit);
  const restart = Math.max(endOf(tags[keep - 1]), bodyStart);
  const behind = firstIndex(tags, ({ start }) => start >= edit.oldEnd);
  const { fresh, found, next } = scanUntilOld(source, style, restart, edit, tags, behind);
  const resumed = found?.start ?? Number.POSITIVE_INFINITY;
  const added = found ? fresh.tags.slice(0, -1) : fresh.tags;
  move(tags as unknown as Anchor[], next, delta);
  const removed = tags.slice(keep, next);
  return {
    scan: {
      reach: fresh.reach,
      tags: spliced(tags, keep, next, added),
      attempts: resume(attempts, fresh.attempts, Math.min(restart, edit.start), resumed, delta),
    },
    removed,
    added,
    at: keep,
  };
}

interface Fresh {
  readonly fresh: Scan;
  /** The tag that is where an old one is; the last one of `fresh`. */
  readonly found: Tag | undefined;
  /** The index of the old one. */
  readonly next: number;
}

/** As much as an edit usually needs; behind it, as much as there is. */
const window = 1 << 13;

/** Scans from a place until the tags are the old ones again: first in a part of the text, then in more of it. */
function scanUntilOld(
  source: Source,
  style: SyntaxStyle,
  from: number,
  { newEnd, oldEnd }: Edit,
  tags: readonly Tag[],
  behind: number,
): Fresh {
  const delta = newEnd - oldEnd;
  for (let size = window; ; size *= 16) {
    const end = Math.min(source.length, newEnd + size);
    let next = behind;
    let found: Tag | undefined;
    const stop = (tag: Tag): boolean => {
      const place = tag.start - delta;
      while ((tags[next]?.start ?? Number.POSITIVE_INFINITY) < place) next++;
      const old = tags[next];
      if (tag.start >= newEnd && old?.start === place && old.kind === tag.kind) found = tag;
      return found !== undefined;
    };
    const fresh = scan(source.slice(from, end), style, 0, stop, from);
    if (end === source.length) return { fresh, found, next: found ? next : tags.length };
    if (found && fresh.reach + margin < end) return { fresh, found, next };
  }
}

/** What a run of brackets or a slip may have behind it that counts. */
const margin = 2_500;

/** Attempts before the place scanned anew, in it, and behind it. `until` is where that place begins in the old text. */
function resume(
  old: readonly Attempt[],
  fresh: readonly Attempt[],
  until: number,
  resumed: number,
  delta: number,
): Attempt[] {
  const before = old.filter(({ start }) => start < until);
  const later = old.filter(({ start }) => start >= resumed - delta);
  move(later, 0, delta);
  return [...before, ...fresh.filter(({ start }) => start < resumed), ...later];
}

/** How many tags come before everything that the edit may have changed. */
function unaffected({ tags, attempts }: Scan, edit: Edit): number {
  let from = edit.start;
  for (const { start, length } of attempts) {
    if (start < from && start + length >= edit.start) from = start;
  }
  const keep = firstIndex(tags, ({ end }) => end >= from);
  // A backslash counts with what follows it. One before that stands alone, or what it escapes would follow.
  return tags[keep - 1]?.kind === 'escape' ? keep - 1 : keep;
}

/** Where to go on after a tag that is kept. Of an escape that is kept last, the pair it escapes is text. */
function endOf(tag: Tag | undefined): number {
  if (tag === undefined) return 0;
  return tag.kind === 'escape' ? tag.end + 2 : tag.end;
}

function move(places: readonly (Attempt | Anchor)[], from: number, delta: number): void {
  if (delta === 0) return;
  for (let at = from; at < places.length; at++) {
    const place = places[at];
    if (place) place.start += delta;
  }
}
