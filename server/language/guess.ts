/** What type an undeclared variable probably has. */
import type { Problem } from './problems.ts';
import type { VariableType } from './values.ts';

/** A use that says more goes before one that says less: whatever is shown may also be asked for. */
const strength: readonly VariableType[] = [
  'any',
  'boolean',
  'string',
  'text',
  'number',
  'integer',
  'object',
  'array',
];

/** By name, in order of first use, from how they are used. */
export function guessedTypes(problems: readonly Problem[]): ReadonlyMap<string, VariableType> {
  const types = new Map<string, VariableType>();
  for (const problem of problems) {
    if (problem.code !== 'undeclared-variable') continue;
    const { name, type } = problem;
    types.set(name, stronger(types.get(name) ?? 'any', type));
  }
  return types;
}

function stronger(a: VariableType, b: VariableType): VariableType {
  return strength.indexOf(a) > strength.indexOf(b) ? a : b;
}
