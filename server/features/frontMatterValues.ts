/** Values that the keys of the front matter may have. */
import type { Analysis } from '../analysis.ts';
import type { TemplateFile } from '../folderIndex.ts';
import type { KnownNames } from '../knownNames.ts';
import { schemaAt, typeChoices } from '../language/schema.ts';
import { modelOf, type ModelTable } from '../language/modelTable.ts';
import type { Value } from '../language/values.ts';
import { slugOf } from '../slug.ts';
import { modelSummary } from './modelText.ts';
import type { Candidate, CursorOf } from './candidates.ts';
import { currentChoices, type Keys, jsonTypes, valueShape } from './frontMatterShapes.ts';

/** What the values may come from besides the template itself. */
interface Sources {
  /** The templates of the same folder, whose tags, models and so on are worth offering again. */
  readonly others: Iterable<TemplateFile>;
  readonly known: KnownNames;
  readonly models: ModelTable | undefined;
}

export function valueCandidates(
  analysis: Analysis,
  cursor: CursorOf<'value-of'>,
  sources: Sources,
): Candidate[] {
  const { replace, prefix } = cursor;
  const quote = /^["']/.exec(prefix)?.[0];
  const gap = analysis.text[replace.start - 1] === ':' ? ' ' : '';
  return valuesAt(analysis, cursor, sources).map((candidate) => {
    const { label, text = label } = candidate;
    if (quote === undefined)
      return gap === '' ? candidate : { ...candidate, text: `${gap}${text}` };
    const quoted = `${quote}${label.replaceAll(quote, quote === '"' ? '\\"' : "''")}${quote}`;
    return { ...candidate, text: text.startsWith('"') ? text : quoted, filter: quoted };
  });
}

function valuesAt(analysis: Analysis, cursor: CursorOf<'value-of'>, sources: Sources): Candidate[] {
  const { path } = cursor;
  const choices = schemaAt(path)?.choices;
  if (choices !== undefined) return currentChoices(choices).map(choiceCandidate);
  const [first, , third] = path;
  if (isType(path)) return typeChoices.map(choiceCandidate);
  if (first === 'schema' && path.at(-1) === 'type') return jsonTypes.map(valueCandidate);
  if (first === 'slug') return [valueCandidate(slugOf(analysis.uri), 0)];
  if (first === 'variables' && path.at(-1) === 'from') return variableSources.map(choiceCandidate);
  if (first === 'tests' && third === 'sample') {
    const samples = analysis.frontMatter?.samples ?? [];
    return samples.filter(({ test }) => !test).map(({ name }, rank) => valueCandidate(name, rank));
  }
  const shared = sharedValues(analysis, cursor, sources);
  return shared ?? ofShape(analysis, path);
}

/** A variable, its items or one of its members, said by a type alone. */
function isType(path: Keys): boolean {
  if (path[0] !== 'variables' || path.length < 2) return false;
  return path.length === 2 || path.at(-1) === 'items' || path.at(-2) === 'properties';
}

const variableSources = [
  { value: 'file', description: 'the content of a file' },
  { value: 'selection', description: 'what is selected in the editor' },
  { value: 'clipboard', description: 'what was copied last' },
  { value: 'env', description: 'an environment variable' },
  { value: 'git', description: 'the branch or the changes of the repository' },
];

function ofShape(analysis: Analysis, path: Keys): Candidate[] {
  const shape = valueShape(analysis, path);
  const values = shape?.enum ?? (shape?.type === 'boolean' ? [true, false] : []);
  const others = [shape?.example, shape?.default].filter((value) => isPlain(value));
  return [...new Set([...values, ...others])].flatMap((value, rank) =>
    value === undefined ? [] : [valueCandidate(value, rank)],
  );
}

function isPlain(value: Value | undefined): boolean {
  return value !== null && typeof value !== 'object';
}

function choiceCandidate(choice: { value: Value; description: string }, rank: number): Candidate {
  const { value, description } = choice;
  return { ...valueCandidate(value, rank), ...(description === '' ? {} : { detail: description }) };
}

function valueCandidate(value: Value, rank: number): Candidate {
  const text = written(value);
  const label = typeof value === 'string' ? value : text;
  return { label, kind: 'value', ...(text === label ? {} : { text }), rank };
}

/** A value as YAML reads it back. */
function written(value: Value): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const plain = /^[\p{L}_][\p{L}\p{N}_ ./@-]*$/u.test(value);
  const special = /^(?:true|false|null|yes|no|on|off|~)$/i.test(value) || value.endsWith(' ');
  return plain && !special ? value : JSON.stringify(value);
}

/** Words that are the same in several templates: what the client knows, then what the others use. */
function sharedValues(
  analysis: Analysis,
  { path: [first, second], prefix, replace }: CursorOf<'value-of'>,
  { others, known, models }: Sources,
): Candidate[] | undefined {
  const key = String(first);
  const inList = typeof second === 'number';
  if (second !== undefined && !inList) return undefined;
  const names = knownFor(key, analysis, known, models);
  if (names === undefined && key !== 'tags') return undefined;
  const details = new Map(names?.map(({ name, detail }) => [name, detail]));
  const counts = new Map([...details.keys()].map((name) => [name, 0]));
  for (const word of wordsOf(key, others, analysis.uri)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const whole = analysis.text.slice(replace.start, replace.end);
  const taken = inList
    ? own(analysis, key).filter((word) => word !== whole && word !== prefix)
    : [];
  return [...counts]
    .filter(([word]) => !taken.includes(word))
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([word, count], rank) => {
      const used = count === 0 ? [] : [count === 1 ? 'in 1 template' : `in ${count} templates`];
      const detail = [...used, ...(details.get(word) ? [details.get(word)] : [])].join(', ');
      return { ...valueCandidate(word, rank), ...(detail === '' ? {} : { detail }) };
    });
}

/** `undefined`: the key is not for names that a client knows. */
function knownFor(
  key: string,
  { frontMatter }: Analysis,
  { providers, credentials }: KnownNames,
  table: ModelTable | undefined,
): { readonly name: string; readonly detail: string }[] | undefined {
  const provider = frontMatter?.settings.provider;
  const fits = (slug: string) => provider === undefined || provider === slug;
  const ofProviders = providers.map(({ slug, name }) => ({ name: slug, detail: name }));
  const ofCredentials = credentials
    .filter((credential) => key === 'fallback' || fits(credential.provider))
    .map(({ name, provider }) => ({ name, detail: provider }));
  switch (key) {
    case 'provider':
      return ofProviders;
    case 'model':
      return modelNames(
        providers.filter(({ slug }) => fits(slug)),
        table,
      );
    case 'credential':
      return ofCredentials;
    case 'fallback':
      return [...ofCredentials, ...ofProviders];
    default:
      return undefined;
  }
}

/** As the providers listed them last, then what else the table knows, with what one chooses by. */
function modelNames(providers: KnownNames['providers'], table: ModelTable | undefined) {
  return providers.flatMap(({ models, name, slug }) => {
    const known = table?.providers.find((one) => one.slug === slug)?.models ?? [];
    const ids = new Set([...models, ...known.map(({ id }) => id)]);
    return [...ids].map((id) => {
      const facts = table && modelOf(table, slug, id)?.model;
      return { name: id, detail: facts ? `${name}, ${modelSummary(facts)}` : name };
    });
  });
}

function wordsOf(key: string, files: Iterable<TemplateFile>, except: string): string[] {
  return [...files]
    .filter(({ uri }) => uri !== except)
    .flatMap(({ analysis }) => own(analysis, key));
}

function own({ frontMatter }: Analysis, key: string): string[] {
  const value = frontMatter?.entries.find((entry) => entry.key === key)?.value;
  return [value].flat().filter((word) => typeof word === 'string');
}
