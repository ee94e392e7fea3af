import type { VariableUse } from './language/scopes.ts';
import type { Template } from './language/template.ts';
import type { Declaration } from './language/values.ts';

/** A variable of the template: declared, used, or both. */
export interface Variable {
  readonly name: string;
  readonly declaration?: Declaration;
  /** In the body, in order, looked up when asked for. Uses in partials are not among them. */
  readonly uses: readonly VariableUse[];
  /** How many of them there are. */
  readonly count: number;
}

/** Declared ones in their order, then others in order of first use. */
export function variablesOf(template: Template): Variable[] {
  return template.variableNames.map((name) => ({
    name,
    declaration: template.declarations.get(name),
    get uses() {
      return template.usesOf(name);
    },
    get count() {
      return template.countOf(name);
    },
  }));
}
