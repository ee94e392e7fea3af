/** Variables that only a template's partials use: who runs the template has to give them too. */
import type { Library } from './links.ts';
import type { PartialCall } from './ledger.ts';
import type { Template } from './template.ts';
import type { Declaration } from './values.ts';

export interface Borrowed {
  readonly name: string;
  /** The partial's. */
  readonly declaration?: Declaration;
  /** Its slug. */
  readonly partial: string;
}

/** In order of first need, without the template's own. */
export function borrowedVariables(template: Template, library: Library): Borrowed[] {
  const found = new Map<string, Borrowed>();
  const own = new Set(template.variableNames);
  const seen = new Set<string>();
  const visit = (from: Template, given: ReadonlySet<string>): void => {
    for (const call of from.partialCalls.filter((one) => sharesContext(from, one))) {
      const names = new Set([...given, ...call.named.map(({ name }) => name)]);
      for (const slug of slugsOf(call, library)) {
        const key = JSON.stringify([slug, ...[...names].sort()]);
        const partial = seen.has(key) ? undefined : library.template(slug);
        seen.add(key);
        if (partial === undefined) continue;
        for (const name of partial.variableNames) {
          if (names.has(name) || own.has(name) || found.has(name) || !partial.isUsed(name))
            continue;
          found.set(name, { name, declaration: partial.declarations.get(name), partial: slug });
        }
        visit(partial, names);
      }
    }
  };
  visit(template, new Set());
  return [...found.values()];
}

/** Whether plain names of the partial are the caller's variables: not of an item of a list, nor of a given context. */
function sharesContext(from: Template, call: PartialCall): boolean {
  return call.positional.length === 0 && from.scopes.in(call.parent).context.kind === 'root';
}

function slugsOf({ target }: PartialCall, library: Library): readonly string[] {
  return target.name === undefined ? library.slugs() : [target.name];
}
