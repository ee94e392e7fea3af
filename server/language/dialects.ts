/** Recognises files of other tools that use `.prompt`, so that they get one clear message instead of many. */
import type { FrontMatter } from './frontMatter.ts';
import { keySchema } from './schema.ts';

interface Dialect {
  readonly tool: string;
  /** What only this tool's files say. */
  readonly fits: (
    keys: ReadonlySet<string>,
    body: string,
    nested: (key: string) => readonly string[],
  ) => boolean;
}

const dialects: readonly Dialect[] = [
  {
    tool: 'Dotprompt',
    fits: (keys, body, nested) =>
      nested('input').some((key) => key === 'schema' || key === 'default') ||
      nested('output').some((key) => key === 'schema') ||
      (/\{\{\s*(?:role\s+["']|history\s*\}\}|media\s+url=)/.test(body) && !keys.has('variables')),
  },
  {
    tool: 'Prompty',
    fits: (keys, body, nested) =>
      nested('model').some((key) => key === 'api' || key === 'configuration') ||
      (keys.has('inputs') && /^(?:system|user|assistant):[ \t]*$/m.test(body)),
  },
  {
    tool: 'promptfoo',
    fits: (keys) => keys.has('prompts') && keys.has('providers'),
  },
];

/** How much of a body is looked at. */
const sample = 20_000;

/** The tool a file belongs to, when it is clearly not ours; `undefined` otherwise. */
export function otherDialect(
  text: string,
  frontMatter: FrontMatter | undefined,
): string | undefined {
  if (!frontMatter) return undefined;
  const keys = new Set(frontMatter.entries.map(({ key }) => key));
  if (keys.has('syntax') || keys.has('slug')) return undefined;
  if ([...keys].every((key) => keySchema(key) !== undefined && key !== 'model')) {
    if (
      !/\{\{\s*role\s+["']/.test(text.slice(frontMatter.span.end, frontMatter.span.end + sample))
    ) {
      return undefined;
    }
  }
  const body = text.slice(frontMatter.span.end, frontMatter.span.end + sample);
  const nested = (wanted: string): readonly string[] => {
    const value = frontMatter.entries.find(({ key }) => key === wanted)?.value;
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  };
  return dialects.find(({ fits }) => fits(keys, body, nested))?.tool;
}
