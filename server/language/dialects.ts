/** Recognises files of other tools that use `.prompt`, so that they get one clear message instead of many. */
import type { FrontMatter } from './frontMatter.ts';
import type { Source } from './source.ts';

interface Dialect {
  readonly tool: string;
  /** True only for what these files say and ours never do. */
  readonly fits: (file: Sniffed) => boolean;
}

interface Sniffed {
  readonly keys: ReadonlySet<string>;
  /** Keys of the map under a key; none when it is no map. */
  readonly under: (key: string) => readonly string[];
  /** The beginning of the body. */
  readonly body: string;
}

const dialects: readonly Dialect[] = [
  {
    tool: 'Dotprompt',
    fits: ({ under, body }) =>
      under('input').some((key) => key === 'schema' || key === 'default') ||
      under('output').includes('schema') ||
      /\{\{\s*(?:role\s+["']|history\s*\}\}|media\s+url=)/.test(body),
  },
  {
    tool: 'Prompty',
    fits: ({ keys, under, body }) =>
      under('model').some((key) => key === 'api' || key === 'configuration') ||
      (keys.has('inputs') && /^(?:system|user|assistant):[ \t]*$/m.test(body)),
  },
  {
    tool: 'promptfoo',
    fits: ({ keys }) => keys.has('prompts') && keys.has('providers'),
  },
];

/** Keys that only our files have. */
const ours = ['slug', 'syntax', 'variables', 'samples'];

/** How much of a body is looked at. */
const enough = 20_000;

/** The tool a file belongs to, when it is clearly not ours; `undefined` otherwise. */
export function otherDialect(
  source: Pick<Source, 'slice'>,
  frontMatter: FrontMatter | undefined,
): string | undefined {
  if (!frontMatter) return undefined;
  const { entries, span } = frontMatter;
  const keys = new Set(entries.map(({ key }) => key));
  if (ours.some((key) => keys.has(key))) return undefined;
  const under = (wanted: string): readonly string[] => {
    const value = entries.find(({ key }) => key === wanted)?.value;
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  };
  const body = source.slice(span.end, span.end + enough);
  return dialects.find(({ fits }) => fits({ keys, under, body }))?.tool;
}
