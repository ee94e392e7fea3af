/** Keys of the front matter, and values they may have. */
import type { Analysis } from '../analysis.ts';
import type { TemplateFile } from '../folderIndex.ts';
import { type KeySchema, keysAt, schemaAt, typeChoices } from '../language/schema.ts';
import type { Value } from '../language/values.ts';
import { type Candidate, type CursorOf, escaped } from './candidates.ts';
import { typeName } from './nameCandidates.ts';

type Keys = readonly (string | number)[];

export function keyCandidates(analysis: Analysis, cursor: CursorOf<'key'>): Candidate[] {
  const taken = new Set(cursor.siblings);
  const known = keysAt(cursor.path);
  const all =
    known === undefined
      ? contextKeys(analysis, cursor.path)
      : known
          .filter(({ aliasOf }) => aliasOf === undefined)
          .map((schema, i) => ofSchema(schema, cursor, i));
  return all
    .filter(({ label }) => !taken.has(label))
    .map((candidate) => (cursor.closed ? { ...candidate, text: candidate.label } : candidate));
}

function ofSchema(schema: KeySchema, { path, closed }: CursorOf<'key'>, rank: number): Candidate {
  const { key, kinds, snippet, required } = schema;
  const after = snippet === undefined ? ' ' : snippet.replace(/^(?!\s)/, ' ');
  return {
    label: key,
    kind: 'key',
    detail: `${kinds.join(' or ')}${required === true ? ', required' : ''}`,
    subject: { about: 'key', path: [...path, key] },
    text: kinds.every((kind) => kind === 'map' || kind === 'list') ? `${key}:` : `${key}: `,
    ...(closed ? {} : { snippet: `${escaped(key)}:${after}` }),
    rank: required === true ? -1 : rank,
  };
}

/** In a sample, or among the values of a test: the variables. */
function contextKeys(analysis: Analysis, path: Keys): Candidate[] {
  if (!isContext(path)) return [];
  return analysis.variables.map(({ name, declaration }, rank) => ({
    label: name,
    kind: 'key',
    ...(declaration === undefined ? {} : { detail: typeName(declaration) }),
    subject: { about: 'variable', name },
    text: `${name}: `,
    rank,
  }));
}

function isContext([first, second, third, ...deeper]: Keys): boolean {
  if (first === 'samples') return second !== undefined && third === undefined;
  return first === 'tests' && third === 'values' && second !== undefined && deeper.length === 0;
}

/** `others`: the templates of the same folder, whose tags, models and so on are worth offering again. */
export function valueCandidates(
  analysis: Analysis,
  { path }: CursorOf<'value-of'>,
  others: Iterable<TemplateFile>,
): Candidate[] {
  const choices = choicesAt(analysis, path);
  if (choices.length > 0) return choices;
  return usedElsewhere(path, others);
}

function choicesAt(analysis: Analysis, path: Keys): Candidate[] {
  const schema = schemaAt(path);
  const declared = analysis.frontMatter?.variables ?? [];
  if (schema?.choices !== undefined) return schema.choices.map(choiceCandidate);
  const [first, second, third] = path;
  if (first === 'variables' && path.length === 2) return typeChoices.map(choiceCandidate);
  if (path.at(-1) === 'items' || path.at(-2) === 'properties') {
    return first === 'variables' ? typeChoices.map(choiceCandidate) : [];
  }
  if (first === 'tests' && third === 'sample') {
    return (analysis.frontMatter?.samples ?? []).map(({ name }, rank) =>
      valueCandidate(name, rank),
    );
  }
  if (second !== undefined && isContext(path.slice(0, -1))) {
    const variable = declared.find(({ name }) => name === path.at(-1));
    const values = variable?.enum ?? (variable?.type === 'boolean' ? [true, false] : []);
    return values.map((value, rank) => valueCandidate(value, rank));
  }
  return [];
}

function choiceCandidate(choice: { value: Value; description: string }, rank: number): Candidate {
  return { ...valueCandidate(choice.value, rank), detail: choice.description };
}

function valueCandidate(value: Value, rank: number): Candidate {
  return { label: written(value), kind: 'value', rank };
}

/** A value as YAML reads it back. */
function written(value: Value): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const plain = /^[\p{L}_][\p{L}\p{N}_ ./@-]*$/u.test(value);
  const special = /^(?:true|false|null|yes|no|on|off|~)$/i.test(value) || value.endsWith(' ');
  return plain && !special ? value : JSON.stringify(value);
}

const shared = new Set(['tags', 'provider', 'model', 'credential', 'fallback']);

function usedElsewhere([first, second]: Keys, others: Iterable<TemplateFile>): Candidate[] {
  const key = String(first);
  if (!shared.has(key) || (second !== undefined && typeof second !== 'number')) return [];
  const counts = new Map<string, number>();
  for (const { analysis } of others) {
    const value = analysis.frontMatter?.entries.find((entry) => entry.key === key)?.value;
    for (const word of [value].flat()) {
      if (typeof word === 'string') counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  if (key === 'provider')
    for (const name of ['openai', 'echo']) counts.set(name, counts.get(name) ?? 0);
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([word, count], rank) => ({
      ...valueCandidate(word, rank),
      ...(count === 0 ? {} : { detail: count === 1 ? 'in 1 template' : `in ${count} templates` }),
    }));
}
