/** What the front matter of a template says, with ranges; tolerant of half-typed YAML. */
import { readDeclarations, readSamples, readSampleUses } from './declarations.ts';
import type { Fence } from './fence.ts';
import { findFence } from './fence.ts';
import type { Span } from './nodes.ts';
import type { Problem } from './problems.ts';
import { checkSchema } from './schemaCheck.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Declaration, Sample, SampleUse, Value } from './values.ts';
import type { YamlNode } from './yamlTree.ts';
import { readYaml } from './yamlTree.ts';

/** One top-level key. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  /** Empty, after the colon, when no value is written. */
  readonly valueSpan: Span;
  readonly value: Value;
}

export interface FrontMatter {
  /** From the first `---` to the end of the closing line; to where the YAML ends when it is not closed. */
  readonly span: Span;
  /** What lies between the two fences. */
  readonly yaml: Span;
  readonly closed: boolean;
  readonly entries: readonly Entry[];
  readonly settings: Settings;
  readonly variables: readonly Declaration[];
  readonly samples: readonly Sample[];
  /** Where `tests` name a sample. */
  readonly sampleUses: readonly SampleUse[];
  /** Syntax errors and what the schema does not allow. */
  readonly problems: readonly Problem[];
}

/** `undefined`: the text begins without `---`. */
export function readFrontMatter(text: string): FrontMatter | undefined {
  const fence = findFence(text);
  if (!fence) return undefined;
  const { root, mistakes } = readYaml(text, fence.yaml);
  const problems: Problem[] = mistakes.map(({ start, end, message }) => ({
    code: 'yaml-syntax',
    severity: 'error',
    span: { start, end },
    message: `The front matter is not valid YAML: ${message}`,
  }));
  if (!fence.closed) problems.push(unclosed(text, fence));
  else if (problems.length === 0) problems.push(...shapeProblems(text, fence, root));
  const value = (key: string): YamlNode | undefined =>
    root.entries.find((entry) => entry.key === key)?.value;
  return {
    ...fence,
    entries: root.entries.map(({ key, keySpan, value: node }) => ({
      key,
      keySpan,
      valueSpan: { start: node.start, end: node.end },
      value: node.value,
    })),
    settings: readSettings(root),
    variables: readDeclarations(value('variables')),
    samples: readSamples(value('samples'), value('tests')),
    sampleUses: readSampleUses(value('tests')),
    problems,
  };
}

function unclosed(text: string, { span }: Fence): Problem {
  const end = span.start + text.slice(span.start, span.end).indexOf('---') + 3;
  return {
    code: 'yaml-syntax',
    severity: 'error',
    span: { start: span.start, end },
    message: 'The front matter is not closed. Put a line of --- after its last key.',
  };
}

function shapeProblems(text: string, fence: Fence, root: YamlNode): readonly Problem[] {
  if (root.kind === 'map' || root.value === null) return checkSchema(root, fence);
  const { start } = root;
  const end = start + text.slice(start, root.end).trimEnd().length;
  const message = 'The front matter must be lines of “key: value”.';
  return [{ code: 'yaml-syntax', severity: 'error', span: { start, end }, message }];
}
