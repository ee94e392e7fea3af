/** Compares the front matter with the schema: everything here is a warning. */
import { contradictions } from './declarationCheck.ts';
import { isVariableType } from './declarations.ts';
import type { Fence } from './fence.ts';
import type { Span } from './nodes.ts';
import type { Problem, ProblemOf } from './problems.ts';
import type { Choice, KeySchema, ValueKind } from './schema.ts';
import { keys } from './schema.ts';
import { typeChoices, variableKeys } from './variableKeys.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { YamlEntry, YamlNode } from './yamlTree.ts';

type Slip = ProblemOf<'schema'>['slip'];

const kindNames: Readonly<Record<ValueKind, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  list: 'a list',
  map: 'a map of “key: value”',
  any: 'any value',
};

export function checkSchema(root: YamlNode, fence: Fence): readonly Problem[] {
  const check = new SchemaCheck();
  check.map(root, keys);
  check.name(root, fence);
  check.jsonSchema(root);
  return check.problems;
}

class SchemaCheck {
  readonly problems: Problem[] = [];

  name(root: YamlNode, { span }: Fence): void {
    if (root.entries.some(({ key }) => key === 'name')) return;
    const firstLine = { start: span.start, end: span.start + 3 };
    this.#report(firstLine, 'missing-key', 'name', 'The template has no name. Add “name: …”.');
  }

  jsonSchema(root: YamlNode): void {
    const format = root.entries.find(({ key }) => key === 'format' || key === 'output_format');
    const schema = root.entries.find(({ key }) => key === 'schema');
    if (!schema || format?.value.value === 'json') return;
    const message = 'A schema is used only with “format: json”.';
    this.#report(schema.keySpan, 'wrong-value', 'schema', message);
  }

  map(node: YamlNode, allowed: readonly KeySchema[]): void {
    for (const entry of node.entries) {
      const schema = allowed.find(({ key }) => key === entry.key);
      if (schema) this.#value(entry, schema);
      else if (!(allowed === keys && entry.key.startsWith('x-'))) this.#unknown(entry, allowed);
    }
  }

  #unknown(entry: YamlEntry, allowed: readonly KeySchema[]): void {
    const suggestions = suggest(
      entry.key,
      allowed.map(({ key }) => key),
    );
    const hint =
      suggestions.length === 0 && allowed === keys ? ' Keys of your own begin with “x-”.' : '';
    const message = `There is no key “${entry.key}”.${didYouMean(suggestions)}${hint}`;
    this.#report(entry.keySpan, 'unknown-key', entry.key, message, suggestions);
  }

  #value({ key, keySpan, value }: YamlEntry, schema: KeySchema): void {
    if (value.value === null && value.kind === 'scalar') return;
    const span = value.end > value.start ? value : keySpan;
    if (!schema.kinds.some((kind) => isKind(value, kind))) {
      const wanted = schema.kinds.map((kind) => kindNames[kind]).join(' or ');
      this.#report(span, 'wrong-type', key, `“${key}” must be ${wanted}.`);
      return;
    }
    if (schema.choices) this.#choice(key, value, schema.choices);
    this.#limits(key, value, schema);
    for (const item of schema.items ? value.items : []) {
      if (!schema.items?.some((kind) => isKind(item, kind))) {
        const wanted = schema.items?.map((kind) => kindNames[kind]).join(' or ');
        this.#report(item, 'wrong-type', key, `Each of “${key}” must be ${wanted}.`);
      }
    }
    for (const item of schema.keys ? value.items : []) this.map(item, schema.keys ?? []);
    if (schema.named) this.#shapes(value);
    if (schema === itemsKey) this.#shape(value);
    if (schema === propertiesKey) this.#shapes(value);
  }

  #limits(key: string, { value, start, end }: YamlNode, { pattern, min, max }: KeySchema): void {
    if (pattern && typeof value === 'string' && !pattern.matches.test(value)) {
      this.#report({ start, end }, 'wrong-value', key, `“${key}” must be ${pattern.says}.`);
    }
    if (typeof value !== 'number') return;
    if (value < (min ?? value) || value > (max ?? value)) {
      const range = max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
      this.#report({ start, end }, 'wrong-value', key, `“${key}” must be ${range}.`);
    }
  }

  #choice(key: string, { value, start, end }: YamlNode, choices: readonly Choice[]): void {
    if (choices.some((choice) => choice.value === value)) return;
    const names = choices.map((choice) => String(choice.value));
    const written = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const suggestions = suggest(written, names);
    const hint = didYouMean(suggestions) || ` Use ${names.join(', ')}.`;
    const message = `“${written}” is not a ${key}.${hint}`;
    this.#report({ start, end }, 'wrong-value', key, message, suggestions);
  }

  /** A map from names to shapes. */
  #shapes(node: YamlNode): void {
    for (const { value } of node.entries) this.#shape(value);
  }

  #shape(node: YamlNode): void {
    if (node.kind === 'map') {
      this.map(node, variableKeys);
      for (const { key, span, message, suggestions } of contradictions(node)) {
        this.#report(span, 'wrong-value', key, message, suggestions);
      }
    } else if (node.value !== null && !isVariableType(node.value)) {
      this.#choice('type', node, typeChoices);
    }
  }

  #report(
    { start, end }: Span,
    slip: Slip,
    name: string,
    message: string,
    suggestions: readonly string[] = [],
  ): void {
    const span = { start, end };
    this.problems.push({
      code: 'schema',
      severity: 'warning',
      span,
      slip,
      name,
      message,
      suggestions,
    });
  }
}

const itemsKey = variableKeys.find(({ key }) => key === 'items');
const propertiesKey = variableKeys.find(({ key }) => key === 'properties');

function isKind({ kind, value }: YamlNode, wanted: ValueKind): boolean {
  switch (wanted) {
    case 'any':
      return true;
    case 'list':
    case 'map':
      return kind === wanted;
    case 'integer':
      return Number.isInteger(value);
    case 'string':
      return kind === 'scalar' && value !== null;
    case 'number':
    case 'boolean':
      return typeof value === wanted;
  }
}
