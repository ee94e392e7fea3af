/** What others need to know of a template, in the words of the protocol. */
import { noSettings } from './language/settings.ts';
import type { Value } from './language/values.ts';
import type { Analysis, Variable } from './analysis.ts';
import type { DescribedVariable, DescribeResult } from './protocol.ts';

export function describe(analysis: Analysis): DescribeResult {
  const { frontMatter, slug } = analysis;
  const settings = frontMatter?.settings ?? noSettings;
  const { syntax: _syntax, missing: _missing, ...said } = settings;
  return {
    ...said,
    slug,
    name: settings.name ?? slug,
    stop: settings.stop && [...settings.stop],
    tags: [...settings.tags],
    variables: analysis.variables.map(describeVariable),
    samples: (frontMatter?.samples ?? [])
      .filter(({ test }) => !test)
      .map(({ name, values }) => ({ name, values })),
    hasErrors: analysis.hasErrors,
  };
}

function describeVariable({ name, declaration }: Variable): DescribedVariable {
  if (!declaration) return { name, type: 'any', declared: false, required: true };
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
