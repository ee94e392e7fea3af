/** What all tags of a body together use and get wrong; after an edit only the new tags are looked at. */
import type { PartialOpenTag, PartialTag, Path, Segment, Tag } from './nodes.ts';
import { firstIndex, spliced } from './positions.ts';
import type { Problem } from './problems.ts';
import type { VariableUse } from './scopes.ts';
import type { Surroundings, TagFacts } from './tagCheck.ts';
import { checkTag } from './tagCheck.ts';

export type PartialCall = PartialTag | PartialOpenTag;

/** A tag with problems. */
interface Trouble {
  readonly tag: Tag;
  readonly problems: readonly Problem[];
}

export class Ledger {
  readonly #around: Surroundings;
  /** Of each tag, in the same order. */
  #facts: TagFacts[];
  #troubles: Trouble[] = [];
  #calls: PartialCall[] = [];
  /** How often each variable is used. */
  readonly #counts = new Map<string, number>();
  /** How many tags use all variables at once. */
  #wholes = 0;

  constructor(tags: readonly Tag[], around: Surroundings) {
    this.#around = around;
    this.#facts = this.#enter(tags);
    this.#troubles = troublesOf(tags, this.#facts);
    this.#calls = tags.filter(isPartialCall);
  }

  /** Problems of single tags, in order of tags. A brace tag in an angle file is told of once. */
  get problems(): readonly Problem[] {
    let told = false;
    return this.#troubles.flatMap(({ problems }) =>
      problems.filter(({ code }) => {
        if (code !== 'mustache-in-angle') return true;
        const first = !told;
        told = true;
        return first;
      }),
    );
  }

  /** In order. */
  usesOf(name: string): readonly VariableUse[] {
    if (!this.#counts.has(name)) return [];
    return this.#facts.flatMap(({ uses }) =>
      uses.flatMap((path) => {
        const segment = rootOf(path);
        return segment?.name === name ? [{ name, segment, path }] : [];
      }),
    );
  }

  /** Names that are used, in order of first use, but for some. */
  namesBut(others: ReadonlyMap<string, unknown>): readonly string[] {
    const wanted = new Set([...this.#counts.keys()].filter((name) => !others.has(name)));
    const found: string[] = [];
    for (const { uses } of wanted.size > 0 ? this.#facts : []) {
      for (const path of uses) {
        const name = rootOf(path)?.name ?? '';
        if (wanted.delete(name)) found.push(name);
      }
      if (wanted.size === 0) break;
    }
    return found;
  }

  get calls(): readonly PartialCall[] {
    return this.#calls;
  }

  /** Whether the variable is used, by itself or with all others. */
  isUsed(name: string): boolean {
    return this.#wholes > 0 || this.#counts.has(name);
  }

  /** At index `at`, so many tags went and others came. */
  replace(at: number, removed: readonly Tag[], added: readonly Tag[]): void {
    const gone = new Set(removed);
    const old = this.#facts.slice(at, at + removed.length);
    for (const facts of old) this.#count(facts, -1);
    const facts = this.#enter(added);
    this.#facts = spliced(this.#facts, at, at + removed.length, facts);
    if (old.some(({ problems }) => problems.length > 0)) {
      this.#troubles = this.#troubles.filter(({ tag }) => !gone.has(tag));
    }
    insert(this.#troubles, troublesOf(added, facts), ({ tag }) => tag.start);
    if (removed.some(isPartialCall)) this.#calls = this.#calls.filter((tag) => !gone.has(tag));
    insert(this.#calls, added.filter(isPartialCall), ({ start }) => start);
  }

  #enter(tags: readonly Tag[]): TagFacts[] {
    const entered = tags.map((tag) => checkTag(tag, this.#around));
    for (const facts of entered) this.#count(facts, 1);
    return entered;
  }

  #count({ uses, usesAll }: TagFacts, by: 1 | -1): void {
    if (usesAll) this.#wholes += by;
    for (const path of uses) {
      const name = rootOf(path)?.name ?? '';
      const count = (this.#counts.get(name) ?? 0) + by;
      if (count > 0) this.#counts.set(name, count);
      else this.#counts.delete(name);
    }
  }
}

/** The segment that is the variable's name. */
function rootOf({ segments, data }: Path): Segment | undefined {
  return segments[data ? 1 : 0];
}

function troublesOf(tags: readonly Tag[], facts: readonly TagFacts[]): Trouble[] {
  const found: Trouble[] = [];
  facts.forEach(({ problems }, index) => {
    const tag = tags[index];
    if (tag && problems.length > 0) found.push({ tag, problems });
  });
  return found;
}

/** Puts some elements that belong together where their position says. */
function insert<T>(list: T[], some: readonly T[], position: (element: T) => number): void {
  const [first] = some;
  if (first === undefined) return;
  const place = position(first);
  list.splice(
    firstIndex(list, (element) => position(element) > place),
    0,
    ...some,
  );
}

function isPartialCall(tag: Tag): tag is PartialCall {
  return tag.kind === 'partial' || tag.kind === 'partial-open';
}
