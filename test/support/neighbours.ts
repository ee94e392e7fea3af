import type { Analysis, Neighbours } from '../../server/analysis.ts';
import { analyse } from '../../server/analysis.ts';
import type { Context } from '../../server/language/values.ts';

/** The other templates of a folder, by slug. */
export function neighbours(
  sources: Readonly<Record<string, string>> = {},
  rivals: readonly string[] = [],
  lastContext?: Context,
): Neighbours {
  return {
    partial: (slug) => (Object.hasOwn(sources, slug) ? sources[slug] : undefined),
    slugs: () => Object.keys(sources),
    rivals: () => rivals,
    generation: 1,
    lastContext: () => lastContext,
  };
}

/** The analysis of a text that lies beside the given templates. */
export function analysisOf(
  text: string,
  sources: Readonly<Record<string, string>> = {},
  previous?: Analysis,
  lastContext?: Context,
): Analysis {
  const source = { uri: 'file:///work/letter.prompt', version: 1, text };
  return analyse(source, neighbours(sources, [], lastContext), previous);
}
