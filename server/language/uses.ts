/** Where each variable is used, in order; kept up to date tag by tag, so that nobody has to look through all of them. */
import type { Path, Segment } from './nodes.ts';
import { firstIndex, spliced } from './positions.ts';

/** Fewer than these are looked for one by one. */
const few = 8;

export class Uses {
  /** Paths by the name of their variable, in order. Spans are live, so the order stays. */
  readonly #paths = new Map<string, Path[]>();

  /** Of tags that follow each other. */
  add(paths: readonly Path[]): void {
    for (const [name, some] of byName(paths)) {
      const [first] = some;
      const list = this.#paths.get(name);
      if (list === undefined) this.#paths.set(name, some);
      else if (first !== undefined) {
        const at = firstIndex(list, ({ start }) => start > first.start);
        this.#paths.set(name, spliced(list, at, at, some));
      }
    }
  }

  remove(paths: readonly Path[]): void {
    for (const [name, some] of byName(paths)) {
      const rest = without(this.#paths.get(name) ?? [], some);
      if (rest.length > 0) this.#paths.set(name, rest);
      else this.#paths.delete(name);
    }
  }

  of(name: string): readonly Path[] {
    return this.#paths.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#paths.has(name);
  }

  /** Names in order of first use, but for some. */
  namesBut(others: ReadonlyMap<string, unknown>): string[] {
    const names = [...this.#paths.keys()].filter((name) => !others.has(name));
    const first = (name: string): number => this.#paths.get(name)?.[0]?.start ?? 0;
    return names.sort((a, b) => first(a) - first(b));
  }
}

/** The segment that is the variable's name. */
export function rootOf({ segments, data }: Path): Segment | undefined {
  return segments[data ? 1 : 0];
}

function byName(paths: readonly Path[]): Map<string, Path[]> {
  const found = new Map<string, Path[]>();
  for (const path of paths) {
    const name = rootOf(path)?.name ?? '';
    const known = found.get(name);
    if (known === undefined) found.set(name, [path]);
    else known.push(path);
  }
  return found;
}

/** What goes is looked for itself: its positions may be those of an older text. */
function without(list: Path[], gone: readonly Path[]): Path[] {
  if (gone.length >= few) {
    const all = new Set(gone);
    return list.filter((path) => !all.has(path));
  }
  for (const path of gone) list.splice(list.indexOf(path), 1);
  return list;
}
