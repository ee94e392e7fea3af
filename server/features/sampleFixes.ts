/** What can be done about a sample or test whose values do not do. */
import type { TemplateFile } from '../folderIndex.ts';
import type { ProblemOf } from '../language/problems.ts';
import type { Context, Value } from '../language/values.ts';
import type { Edit } from './frontMatterEdits.ts';
import type { Fix } from './quickFixes.ts';
import { addSample, addValues, removeValue, replaceValue } from './sampleEdits.ts';

type MissingVariable = ProblemOf<'missing-variable'>;

export function sampleFixes(problem: MissingVariable, template: TemplateFile): Fix[] {
  switch (problem.slip) {
    case 'lacking':
      return lacking(problem, template);
    case 'unknown':
      return [
        ...problem.suggestions.map((name, i) => ({
          title: `Change to “${name}”`,
          edits: [{ span: problem.span, text: name }],
          preferred: i === 0,
        })),
        ...fix(`Remove “${problem.name}”`, removeValue(template, problem.of, problem.path)),
      ];
    case 'wrong-type':
    case 'wrong-value':
      return misfit(problem, template);
  }
}

/** Adds a sample with generated values. */
export function generateSample(template: TemplateFile): { name: string; edit: Edit } {
  return addSample(template, template.analysis.sampleContext());
}

function lacking(problem: MissingVariable, template: TemplateFile): Fix[] {
  const { of, path, name, sample } = problem;
  const { analysis } = template;
  const owner = path.slice(0, -1);
  const generated = analysis.sampleContext();
  const add = (title: string, values: Context): Fix[] =>
    Object.keys(values).length === 0 ? [] : fix(title, addValues(template, of, owner, values));
  const names = lackingBeside(problem, template);
  const from = (context: Context, some: readonly string[]): Context => {
    const found = valueAt(context, owner);
    const values =
      typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
    return Object.fromEntries(
      some.flatMap((one) => {
        const value = Object.hasOwn(values, one) ? values[one] : undefined;
        return value === undefined ? [] : [[one, value] as const];
      }),
    );
  };
  const key = String(path.at(-1) ?? '');
  const single = from(generated, [key]);
  const first = add(`Add “${name}” to “${sample}”`, key in single ? single : { [key]: '' });
  const all = names.length < 2 ? [] : add(`Add all ${names.length} values`, from(generated, names));
  const last = from(analysis.lastContext ?? {}, names);
  const given = Object.keys(last).join(', ');
  const filled = add(`Fill from the last run: ${given}`, last);
  return [...first.map((one) => ({ ...one, preferred: true })), ...all, ...filled];
}

function misfit(problem: MissingVariable, template: TemplateFile): Fix[] {
  const { of, path, name } = problem;
  const { analysis } = template;
  const change = (verb: string, context: Context): Fix[] => {
    const value = valueAt(context, path);
    const written = JSON.stringify(value);
    if (value === undefined || written.length > 60) return [];
    return fix(`${verb} ${written}`, replaceValue(template, of, path, value));
  };
  return [
    ...problem.suggestions.flatMap((one) =>
      fix(`Change to “${one}”`, replaceValue(template, of, path, one)),
    ),
    ...change('Change to', analysis.sampleContext()),
    ...change('Take from the last run:', analysis.lastContext ?? {}),
    ...(path.some((step) => typeof step === 'number')
      ? []
      : fix(`Remove “${name}”`, removeValue(template, of, path))),
  ];
}

/** What the same map lacks, in order. */
function lackingBeside({ of, path }: MissingVariable, { analysis }: TemplateFile): string[] {
  const owner = path.slice(0, -1).join('.');
  return analysis.problems.flatMap((one) =>
    one.code === 'missing-variable' &&
    one.slip === 'lacking' &&
    one.of === of &&
    one.path.slice(0, -1).join('.') === owner
      ? [String(one.path.at(-1))]
      : [],
  );
}

function valueAt(context: Context, path: readonly (string | number)[]): Value | undefined {
  let value: Value | undefined = context;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) value = typeof step === 'number' ? value[step] : undefined;
    else value = Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function fix(title: string, edit: Edit | undefined): Fix[] {
  return edit === undefined ? [] : [{ title, edits: [edit] }];
}
