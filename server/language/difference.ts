/** Where two states of a text differ. */

export interface Edit {
  readonly start: number;
  /** The end of what was replaced, in the old text. */
  readonly oldEnd: number;
  /** The end of what replaced it, in the new text. */
  readonly newEnd: number;
}

/** Pieces are compared whole: much faster than one character after the other. */
const piece = 1 << 16;

/** The smallest replacement that makes `after` of `before`; `undefined` when they are the same. */
export function difference(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  const start = common(shorter, (at, size) => {
    return before.slice(at, at + size) === after.slice(at, at + size);
  });
  const oldTail = before.length;
  const newTail = after.length;
  const tail = common(shorter - start, (at, size) => {
    const [from, other] = [oldTail - at - size, newTail - at - size];
    return before.slice(from, from + size) === after.slice(other, other + size);
  });
  return { start, oldEnd: oldTail - tail, newEnd: newTail - tail };
}

/** How many of `length` characters are the same, when `same` compares so many from a place. */
function common(length: number, same: (at: number, size: number) => boolean): number {
  let at = 0;
  for (let size = piece; size >= 1; size = size >> 1) {
    while (at + size <= length && same(at, size)) at += size;
  }
  return at;
}

/** Two replacements one after the other, as one. */
export function combined(first: Edit, second: Edit): Edit {
  // In the text between the two.
  const end = Math.max(first.newEnd, second.oldEnd);
  return {
    start: Math.min(first.start, second.start),
    oldEnd: end - first.newEnd + first.oldEnd,
    newEnd: end - second.oldEnd + second.newEnd,
  };
}

/** What can be asked for a part of it. */
interface Text {
  slice(start: number, end: number): string;
}

/** What a replacement really changes; `undefined`: nothing. */
export function trimmed(edit: Edit, before: Text, after: Text): Edit | undefined {
  const { start, oldEnd, newEnd } = edit;
  const inside = difference(before.slice(start, oldEnd), after.slice(start, newEnd));
  return (
    inside && {
      start: start + inside.start,
      oldEnd: start + inside.oldEnd,
      newEnd: start + inside.newEnd,
    }
  );
}
