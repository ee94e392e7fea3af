/** What is known of the value at a path of keys in the front matter. */
import type { Analysis } from '../analysis.ts';
import type { Choice, KeySchema } from '../language/schema.ts';
import type { Shape } from '../language/values.ts';

export type Keys = readonly (string | number)[];

/** The keys below the map that gives variables their values; `undefined` outside of one. */
export function contextPath([first, second, third, ...rest]: Keys): Keys | undefined {
  if (second === undefined) return undefined;
  if (first === 'samples') return third === undefined ? [] : [third, ...rest];
  return first === 'tests' && third === 'values' ? rest : undefined;
}

/** Of a variable's own `default` or `example`, or of a value in a sample or a test. */
export function valueShape(analysis: Analysis, path: Keys): Shape | undefined {
  const declared = analysis.frontMatter?.variables ?? [];
  const within = contextPath(path);
  if (within !== undefined) return member({ properties: declared }, within);
  const [first, ...rest] = path;
  const last = rest.at(-1);
  if (first !== 'variables' || (last !== 'default' && last !== 'example')) return undefined;
  const names = rest.slice(0, -1).filter((key, at) => key !== 'properties' || at % 2 === 0);
  return member({ properties: declared }, names);
}

function member(
  { properties, items }: Pick<Shape, 'properties' | 'items'>,
  [first, ...rest]: Keys,
): Shape | undefined {
  const inside =
    typeof first === 'number' || first === 'items'
      ? items
      : properties?.find(({ name }) => name === first);
  return rest.length === 0 || inside === undefined ? inside : member(inside, rest);
}

/** Without the words that only older files have. */
export function currentChoices(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ description }) => !description.startsWith('same as '));
}

/** A key as YAML reads it back. */
export function keyText(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? name : JSON.stringify(name);
}

const of = (kinds: KeySchema['kinds'], description: string, more: Partial<KeySchema> = {}) => ({
  kinds,
  description,
  ...more,
});

export const jsonTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** The keys of a JSON Schema that models follow, the common ones first. */
const jsonSchema: readonly KeySchema[] = Object.entries({
  type: of(['string'], 'What kind of value it is.', {
    choices: jsonTypes.map((value) => ({ value, description: '' })),
  }),
  description: of(['string'], 'What to answer here: models read it.'),
  properties: of(['map'], 'For an object: its members by name.'),
  required: of(['list'], 'Members that must be there.', { snippet: '[$1]' }),
  items: of(['map'], 'For an array: what each element is.'),
  enum: of(['list'], 'The only values allowed.', { snippet: '[$1]' }),
  additionalProperties: of(['boolean'], 'Whether an object may have other members.', {
    choices: [false, true].map((value) => ({ value, description: '' })),
  }),
  minItems: of(['integer'], 'The least length of an array.'),
  maxItems: of(['integer'], 'The greatest length of an array.'),
  minimum: of(['number'], 'The least number.'),
  maximum: of(['number'], 'The greatest number.'),
  pattern: of(['string'], 'A regular expression that a text must match.'),
  format: of(['string'], 'A kind of text, such as `date` or `email`.'),
}).map(([key, schema]) => ({ key, ...schema }));

/** `undefined` where the path is not that of a schema: names of members, for one. */
export function jsonSchemaKeys([first, ...path]: Keys): readonly KeySchema[] | undefined {
  if (first !== 'schema') return undefined;
  let names = false;
  for (const key of path) {
    if (names) names = false;
    else if (key === 'properties' || key === '$defs') names = true;
    else if (key !== 'items' && typeof key !== 'number' && !/^(?:any|one|all)Of$/.test(key)) {
      return undefined;
    }
  }
  return names ? undefined : jsonSchema;
}
