/** The front matter of a template, and what follows from it alone. */
import type { Edit } from './difference.ts';
import type { FrontMatter } from './frontMatter.ts';
import { readFrontMatter } from './frontMatter.ts';
import { reservedNames } from './helpers.ts';
import type { Problem } from './problems.ts';
import * as say from './say.ts';
import { Scopes } from './scopes.ts';
import type { Source } from './source.ts';
import type { Surroundings } from './tagCheck.ts';

export interface Head {
  readonly frontMatter: FrontMatter | undefined;
  readonly surroundings: Surroundings;
  readonly problems: readonly Problem[];
}

export function readHead(text: string): Head {
  const frontMatter = readFrontMatter(text);
  const declared = frontMatter?.variables ?? [];
  const declarations = new Map(declared.map((one) => [one.name, one]));
  const reserved = declared.filter(({ name }) => reservedNames.has(name));
  return {
    frontMatter,
    surroundings: { scopes: new Scopes(declared), declarations },
    problems: [
      ...(frontMatter?.problems ?? []),
      ...reserved.map(({ name, nameSpan }) => say.reserved(nameSpan, name)),
    ],
  };
}

/** Whether an edit of the text leaves the head as it is. */
export function outlives({ frontMatter }: Head, source: Source, { start }: Edit): boolean {
  // Nothing that begins like a fence is taken for granted: an edit anywhere may close it.
  if (!frontMatter) return start > 4 && !/^\uFEFF?---/.test(source.slice(0, 4));
  const { closed, span } = frontMatter;
  return closed && start >= span.end && source.at(span.end - 1) === '\n';
}
