/** Compares samples and tests with what the template, together with its partials, needs. */
import type { FrontMatter } from './frontMatter.ts';
import type { Library } from './links.ts';
import { reachable } from './links.ts';
import type { Need } from './needs.ts';
import { needsOf } from './needs.ts';
import type { Span } from './nodes.ts';
import type { Problem, ProblemOf } from './problems.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { Template } from './template.ts';
import { misfits } from './valueCheck.ts';
import type { Context, Sample } from './values.ts';
import type { YamlEntry, YamlNode } from './yamlTree.ts';

type MissingVariable = ProblemOf<'missing-variable'>;

export function checkSamples(template: Template, library: Library): readonly Problem[] {
  const { frontMatter } = template;
  if (!frontMatter || frontMatter.samples.length === 0) return [];
  const needs = new Map(needsOf(template, library).map((need) => [need.name, need]));
  const everything = [template, ...reachable(template, library).values()];
  const isUsed = (name: string) => everything.some((one) => one.isUsed(name));
  const lenient = template.settings.missing !== 'error';
  return frontMatter.samples.flatMap((sample) => [
    ...unknownBase(sample, frontMatter),
    ...(lenient ? [] : lacking(sample, needs, frontMatter)),
    ...wrong(sample, needs, isUsed),
  ]);
}

/**
 * Where the values of the last run would no longer do: said at the declaration. What they lack or have too much is
 * not: the form asks for the one and drops the other.
 */
export function checkLastContext({ declarations }: Template, context: Context): readonly Problem[] {
  return [...declarations.values()].flatMap((declaration): Problem[] => {
    const { name, nameSpan } = declaration;
    const value = Object.hasOwn(context, name) ? context[name] : undefined;
    const [first] = value === undefined ? [] : misfits(value, declaration, name);
    if (!first) return [];
    const message = `The value of the last run does not fit: ${first.message}`;
    return [{ code: 'last-value', severity: 'information', span: nameSpan, name, message }];
  });
}

function unknownBase({ base, test }: Sample, { samples }: FrontMatter): Problem[] {
  if (base === undefined) return [];
  const names = samples.filter((one) => !one.test).map(({ name }) => name);
  if (names.includes(base.name)) return [];
  const suggestions = suggest(base.name, names);
  const message = `There is no sample “${base.name}”.${didYouMean(suggestions)}`;
  const [severity, slip] = ['warning', 'wrong-value'] as const;
  const span = base.span;
  return test
    ? [{ code: 'schema', severity, slip, span, name: 'sample', message, suggestions }]
    : [];
}

function lacking(
  sample: Sample,
  needs: ReadonlyMap<string, Need>,
  { samples }: FrontMatter,
): MissingVariable[] {
  const base = samples.find(({ name, test }) => !test && name === sample.base?.name);
  if (sample.base && (!base || sample.keys.size === 0)) return [];
  return [...needs.values()]
    .filter(({ name, required }) => required && !sample.keys.has(name) && !base?.keys.has(name))
    .map(({ name, partial }) => {
      const why = partial === undefined ? '' : ` The partial “${partial}” needs it.`;
      const message = `“${sample.name}” has no value for “${name}”.${why}`;
      return problem(sample, sample.nameSpan, 'lacking', [name], message);
    });
}

function wrong(
  sample: Sample,
  needs: ReadonlyMap<string, Need>,
  isUsed: (name: string) => boolean,
): MissingVariable[] {
  const found: MissingVariable[] = [];
  for (const [name, span] of sample.keys) {
    const need = needs.get(name);
    const value = sample.values[name];
    if (!need && !isUsed(name)) {
      const free = [...needs.keys()].filter((one) => !sample.keys.has(one));
      const suggestions = suggest(name, free);
      const message = `There is no variable “${name}”.${didYouMean(suggestions)}`;
      found.push(problem(sample, span, 'unknown', [name], message, suggestions));
    } else if (need?.shape && value !== undefined) {
      for (const { path, slip, message, suggestions } of misfits(value, need.shape, name)) {
        const whole = [name, ...path];
        const at = placeOf(sample.node, slip === 'lacking' ? whole.slice(0, -1) : whole, slip);
        found.push(problem(sample, at ?? span, slip, whole, message, suggestions));
      }
    }
  }
  return found;
}

/** The key at the end of a path, or for what is wrong with a value, that; an item stands for itself. */
function placeOf(
  root: YamlNode,
  path: readonly (string | number)[],
  slip: MissingVariable['slip'],
): Span | undefined {
  let node: YamlNode | undefined = root;
  let key: Span | undefined;
  for (const step of path) {
    const entry: YamlEntry | undefined = node?.entries.find((one) => one.key === step);
    key = entry?.keySpan;
    node = typeof step === 'number' ? node?.items[step] : entry?.value;
  }
  const useValue =
    key === undefined || ((slip === 'wrong-type' || slip === 'wrong-value') && path.length > 1);
  if (useValue && node && node.end > node.start) return { start: node.start, end: node.end };
  return key;
}

function problem(
  sample: Sample,
  span: Span,
  slip: MissingVariable['slip'],
  path: readonly (string | number)[],
  message: string,
  suggestions: readonly string[] = [],
): MissingVariable {
  const name = path.join('.');
  const base = { code: 'missing-variable', severity: 'warning' } as const;
  return { ...base, span, slip, name, path, sample: sample.name, of: sample, message, suggestions };
}
