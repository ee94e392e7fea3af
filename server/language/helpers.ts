/** The built-in helpers: what completion, hover, signature help and validation ask about them. */
import { blocks } from './blockHelpers.ts';
import type { Helper } from './helperTypes.ts';
import type { Path } from './nodes.ts';
import { values } from './valueHelpers.ts';

export type { Helper, HelperParam } from './helperTypes.ts';

export const helpers: readonly Helper[] = [...blocks, ...values];

const byName: ReadonlyMap<string, Helper> = new Map(helpers.map((one) => [one.name, one]));

export function helperNamed(name: string): Helper | undefined {
  return byName.get(name);
}

/** The helper a path names: one plain segment that is a helper's name. */
export function helper(path: Path): Helper | undefined {
  return path.scoped || path.data || path.segments.length !== 1 ? undefined : byName.get(path.text);
}

/** `truncate text length [end]` */
export function signature({ name, params }: Helper): string {
  const shown = params.map((param) => {
    const label = param.repeats ? `${param.name}…` : param.name;
    return param.optional ? `[${label}]` : label;
  });
  return [name, ...shown].join(' ');
}

/** How many positional arguments a helper takes: at least, at most. */
export function arity({ params }: Helper): { readonly least: number; readonly most: number } {
  const least = params.filter(({ optional }) => !optional).length;
  const most = params.some(({ repeats }) => repeats) ? Number.POSITIVE_INFINITY : params.length;
  return { least, most };
}

/** Names Handlebars or JavaScript give a meaning of their own. */
export const reservedNames: ReadonlySet<string> = new Set([
  'helperMissing',
  'blockHelperMissing',
  '__proto__',
]);
