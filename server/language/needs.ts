/** Everything a template has to be given: its own variables and those of its partials. */
import { borrowedVariables } from './borrowed.ts';
import type { Library } from './links.ts';
import type { Template } from './template.ts';
import type { Declaration } from './values.ts';

export interface Need {
  readonly name: string;
  /** Absent for a variable that is used but not declared. */
  readonly shape?: Declaration;
  /** There is no value to fall back on. */
  readonly required: boolean;
  /** The slug of the partial that needs it, when the template itself does not. */
  readonly partial?: string;
}

/** Declared variables in their order, then others in order of first use, then what only partials use. */
export function needsOf(template: Template, library: Library): Need[] {
  const own = template.variableNames.map((name) => need(name, template.declarations.get(name)));
  const borrowed = borrowedVariables(template, library).map(({ name, declaration, partial }) => ({
    ...need(name, declaration),
    partial,
  }));
  return [...own, ...borrowed];
}

function need(name: string, shape: Declaration | undefined): Need {
  return { name, shape, required: shape?.required ?? true };
}
