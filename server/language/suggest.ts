/** Did-you-mean. */

/** Longer names are not compared. */
const longest = 60;

/**
 * The nearest of the known names, best first, at most three: a slip or two, another case, or a beginning.
 * @param limit of slips, where every third letter is too many.
 */
export function suggest(
  name: string,
  known: Iterable<string>,
  limit = Number.POSITIVE_INFINITY,
): readonly string[] {
  const wanted = name.toLowerCase();
  if (wanted.length > longest) return [];
  const third = wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  const most = Math.min(third, limit);
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(known)) {
    if (candidate === name || Math.abs(candidate.length - name.length) > most) continue;
    const distance = slips(wanted, candidate.toLowerCase(), most);
    if (distance <= most) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate));
  return near.slice(0, 3).map(({ candidate }) => candidate);
}

/** “ Did you mean “x”?”, or nothing. */
export function didYouMean([best]: readonly string[]): string {
  return best === undefined ? '' : ` Did you mean “${best}”?`;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words; gives up beyond `most`. */
function slips(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
