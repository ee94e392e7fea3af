/** What all tags of a body together use and get wrong; after an edit only the new tags are looked at. */
import type { InlineTag, PartialOpenTag, PartialTag, Tag } from './nodes.ts';
import { firstIndex, spliced } from './positions.ts';
import type { Problem } from './problems.ts';
import type { VariableUse } from './scopes.ts';
import type { Surroundings, TagFacts } from './tagCheck.ts';
import { checkTag } from './tagCheck.ts';
import { rootOf, Uses } from './uses.ts';

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
  #inlines: InlineTag[] = [];
  readonly #uses = new Uses();
  /** How many tags use all variables at once. */
  #wholes = 0;

  constructor(tags: readonly Tag[], around: Surroundings) {
    this.#around = around;
    this.#facts = this.#enter(tags);
    this.#troubles = troublesOf(tags, this.#facts);
    this.#calls = tags.filter(isPartialCall);
    this.#inlines = tags.filter(isInline);
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
    return this.#uses.of(name).flatMap((path) => {
      const segment = rootOf(path);
      return segment ? [{ name, segment, path }] : [];
    });
  }

  countOf(name: string): number {
    return this.#uses.of(name).length;
  }

  /** Names that are used, in order of first use, but for some. */
  namesBut(others: ReadonlyMap<string, unknown>): readonly string[] {
    return this.#uses.namesBut(others);
  }

  /** Partials that the template defines itself, in order. */
  get inlines(): readonly InlineTag[] {
    return this.#inlines;
  }

  get calls(): readonly PartialCall[] {
    return this.#calls;
  }

  /** Whether the variable is used, by itself or with all others. */
  isUsed(name: string): boolean {
    return this.#wholes > 0 || this.#uses.has(name);
  }

  /** At index `at`, so many tags went and others came. */
  replace(at: number, removed: readonly Tag[], added: readonly Tag[]): void {
    const gone = new Set(removed);
    const old = this.#facts.slice(at, at + removed.length);
    for (const { usesAll } of old) if (usesAll) this.#wholes--;
    this.#uses.remove(old.flatMap(({ uses }) => uses));
    const facts = this.#enter(added);
    this.#facts = spliced(this.#facts, at, at + removed.length, facts);
    if (old.some(({ problems }) => problems.length > 0)) {
      this.#troubles = this.#troubles.filter(({ tag }) => !gone.has(tag));
    }
    insert(this.#troubles, troublesOf(added, facts), ({ tag }) => tag.start);
    if (removed.some(isPartialCall)) this.#calls = this.#calls.filter((tag) => !gone.has(tag));
    insert(this.#calls, added.filter(isPartialCall), ({ start }) => start);
    if (removed.some(isInline)) this.#inlines = this.#inlines.filter((tag) => !gone.has(tag));
    insert(this.#inlines, added.filter(isInline), ({ start }) => start);
  }

  #enter(tags: readonly Tag[]): TagFacts[] {
    const entered = tags.map((tag) => checkTag(tag, this.#around));
    for (const { usesAll } of entered) if (usesAll) this.#wholes++;
    this.#uses.add(entered.flatMap(({ uses }) => uses));
    return entered;
  }
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

function isInline(tag: Tag): tag is InlineTag {
  return tag.kind === 'inline';
}

function isPartialCall(tag: Tag): tag is PartialCall {
  return tag.kind === 'partial' || tag.kind === 'partial-open';
}
