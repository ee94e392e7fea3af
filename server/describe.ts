/** What others need to know of a template, in the words of the protocol. */
import type { Borrowed } from './language/borrowed.ts';
import { guessedTypes } from './language/guess.ts';
import { noSettings } from './language/settings.ts';
import type { Value, VariableType } from './language/values.ts';
import type { Analysis, Variable } from './analysis.ts';
import type { DescribedVariable, DescribeResult } from './protocol.ts';

/** @param borrowed what only the template's partials use */
export function describe(analysis: Analysis, borrowed: readonly Borrowed[]): DescribeResult {
  const { frontMatter, slug } = analysis;
  const settings = frontMatter?.settings ?? noSettings;
  const guesses = guessedTypes(analysis.problems);
  const { syntax: _syntax, missing: _missing, ...said } = settings;
  return {
    ...said,
    slug,
    name: settings.name ?? slug,
    stop: settings.stop && [...settings.stop],
    tags: [...settings.tags],
    variables: [...analysis.variables, ...borrowed].map((one) => describeVariable(one, guesses)),
    samples: (frontMatter?.samples ?? [])
      .filter(({ test }) => !test)
      .map(({ name, values }) => ({ name, values })),
    generated: analysis.sampleContext(),
    hasErrors: analysis.hasErrors,
  };
}

function describeVariable(
  { name, declaration }: Pick<Variable, 'name' | 'declaration'>,
  guesses: ReadonlyMap<string, VariableType>,
): DescribedVariable {
  if (!declaration) {
    return { name, type: guesses.get(name) ?? 'any', declared: false, required: true };
  }
  const {
    type,
    required,
    description,
    default: preset,
    example,
    sensitive,
    min,
    max,
    pattern,
  } = declaration;
  const allowed: Value[] | undefined = declaration.enum && [...declaration.enum];
  return {
    name,
    type,
    declared: true,
    required,
    description,
    default: preset,
    example,
    enum: allowed,
    sensitive,
    min,
    max,
    pattern,
  };
}
