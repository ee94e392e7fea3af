import type { Context, Json } from '../model.ts';

interface Variable {
  readonly name: string;
  readonly sensitive?: boolean;
  readonly default?: Json;
}

/** Only the values of variables the template has (still). */
export function knownValues(values: Context, variables: readonly Variable[]): Context {
  return pick(values, variables);
}

/** What may be written down: a sensitive value is typed anew each time. */
export function withoutSensitive(values: Context, variables: readonly Variable[]): Context {
  return pick(
    values,
    variables.filter(({ sensitive }) => sensitive !== true),
  );
}

export function defaultValues(variables: readonly Variable[]): Context {
  return Object.fromEntries(
    variables.flatMap((variable) =>
      variable.default === undefined ? [] : [[variable.name, variable.default]],
    ),
  );
}

function pick(values: Context, variables: readonly Variable[]): Context {
  return Object.fromEntries(
    variables.flatMap(({ name }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

interface NamedValues {
  readonly name: string;
  readonly values: Context;
}

/** What the made-up values are called among the samples. */
const generatedName = 'generated';

/** The author's samples, and made-up values for whoever has none at hand. */
export function samplesOf(description: {
  readonly samples: readonly NamedValues[];
  readonly generated: Context;
}): NamedValues[] {
  const { samples, generated } = description;
  const own = samples.some(({ name }) => name === generatedName);
  const empty = Object.keys(generated).length === 0;
  return own || empty ? [...samples] : [...samples, { name: generatedName, values: generated }];
}
