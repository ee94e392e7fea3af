/** Compares samples and tests with the declared variables. */
import type { FrontMatter } from './frontMatter.ts';
import type { Span } from './nodes.ts';
import type { Problem, ProblemOf } from './problems.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { Declaration, Sample, Shape, Value } from './values.ts';
import { isRecord } from './declarations.ts';

type MissingVariable = ProblemOf<'missing-variable'>;

export function checkSamples(frontMatter: FrontMatter | undefined): readonly Problem[] {
  if (!frontMatter || frontMatter.variables.length === 0) return [];
  return frontMatter.samples.flatMap((sample) => [
    ...lacking(sample, frontMatter.variables),
    ...wrong(sample, frontMatter.variables),
  ]);
}

function lacking(sample: Sample, variables: readonly Declaration[]): MissingVariable[] {
  return variables
    .filter(({ name, required }) => required && !sample.keys.has(name))
    .map(({ name }) => {
      const message = `“${sample.name}” has no value for “${name}”.`;
      return problem(sample, sample.nameSpan, 'lacking', name, message);
    });
}

function wrong(sample: Sample, variables: readonly Declaration[]): MissingVariable[] {
  const found: MissingVariable[] = [];
  for (const [name, span] of sample.keys) {
    const variable = variables.find((one) => one.name === name);
    const value = sample.values[name];
    if (!variable) {
      const suggestions = suggest(
        name,
        variables.map((one) => one.name),
      );
      const message = `There is no variable “${name}”.${didYouMean(suggestions)}`;
      found.push({ ...problem(sample, span, 'unknown', name, message), suggestions });
    } else if (value !== undefined && !fits(value, variable)) {
      const message = `“${name}” must be of type ${variable.type}.`;
      found.push(problem(sample, span, 'wrong-type', name, message));
    }
  }
  return found;
}

function problem(
  sample: Sample,
  span: Span,
  slip: MissingVariable['slip'],
  name: string,
  message: string,
): MissingVariable {
  const base = { code: 'missing-variable', severity: 'warning', suggestions: [] } as const;
  return { ...base, span, slip, name, sample: sample.name, message };
}

/** Whether a value may stand for a variable of that shape. A number does for text. */
function fits(value: Value, { type }: Shape): boolean {
  if (value === null) return true;
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'text':
      return typeof value === 'string' || typeof value === 'number';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
  }
}
