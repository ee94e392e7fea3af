/** Keys of the front matter. */
import type { Analysis } from '../analysis.ts';
import { type KeySchema, keysAt, typeChoices } from '../language/schema.ts';
import type { Shape } from '../language/values.ts';
import { type Candidate, choice, type CursorOf, escaped } from './candidates.ts';
import {
  contextPath,
  currentChoices,
  type Keys,
  jsonSchemaKeys,
  keyText,
  valueShape,
} from './frontMatterShapes.ts';
import { typeName } from './nameCandidates.ts';

export function keyCandidates(analysis: Analysis, cursor: CursorOf<'key'>): Candidate[] {
  const taken = new Set(cursor.siblings);
  return keysIn(analysis, cursor)
    .filter(({ label }) => !taken.has(label))
    .map((candidate) => (cursor.closed ? { ...candidate, text: candidate.label } : candidate));
}

function keysIn(analysis: Analysis, cursor: CursorOf<'key'>): Candidate[] {
  const { path } = cursor;
  if (path.length === 1 && path[0] === 'variables') return undeclared(analysis, cursor);
  const known = keysAt(path) ?? jsonSchemaKeys(path);
  if (known === undefined) return contextKeys(analysis, path);
  return known
    .filter(({ aliasOf }) => aliasOf === undefined)
    .map((schema, i) => ofSchema(schema, cursor, i));
}

function ofSchema(
  schema: KeySchema,
  { path, closed, flow }: CursorOf<'key'>,
  rank: number,
): Candidate {
  const { key, kinds, required } = schema;
  const after = snippetOf(schema, flow)?.replace(/^(?!\s)/, ' ') ?? ' ';
  return {
    label: key,
    kind: 'key',
    detail: `${kinds.join(' or ')}${required === true ? ', required' : ''}`,
    subject: { about: 'key', path: [...path, key] },
    text:
      !flow && kinds.every((kind) => kind === 'map' || kind === 'list') ? `${key}:` : `${key}: `,
    ...(closed ? {} : { snippet: `${escaped(key)}:${after}` }),
    rank: required === true ? -1 : rank,
  };
}

/** What a key is given: a choice where there are only certain values. Between braces nothing takes lines of its own. */
function snippetOf({ snippet, choices, kinds }: KeySchema, flow: boolean): string | undefined {
  if (snippet !== undefined && !(flow && snippet.includes('\n'))) return snippet;
  if (choices !== undefined) {
    return choice(
      1,
      currentChoices(choices).map(({ value }) => String(value)),
      '',
    );
  }
  if (!flow) return undefined;
  return kinds.includes('map') ? '{ $1 }' : kinds.includes('list') ? '[$1]' : undefined;
}

/** Among the `variables`: what the body uses and nothing declares, with the type it seems to have. */
function undeclared({ problems }: Analysis, { closed }: CursorOf<'key'>): Candidate[] {
  const types = new Map<string, string>();
  for (const problem of problems) {
    if (problem.code === 'undeclared-variable' && !types.has(problem.name)) {
      types.set(problem.name, problem.type);
    }
  }
  return [...types].map(([name, type], rank) => {
    const others = typeChoices.map(({ value }) => String(value)).filter((one) => one !== type);
    return {
      label: name,
      kind: 'key',
      detail: `${type}, used but not declared`,
      subject: { about: 'variable', name },
      text: `${keyText(name)}: `,
      ...(closed
        ? {}
        : { snippet: `${escaped(keyText(name))}: ${choice(1, [type, ...others], type)}` }),
      rank,
    };
  });
}

/** In a sample, or among the values of a test: the variables, and inside one its members. */
function contextKeys(analysis: Analysis, path: Keys): Candidate[] {
  const within = contextPath(path);
  if (within === undefined) return [];
  if (within.length === 0) {
    return analysis.variables.map(({ name, declaration }, position) => ({
      ...contextKey(name, declaration, position),
      subject: { about: 'variable', name },
    }));
  }
  const members = valueShape(analysis, path)?.properties ?? [];
  return members.map((member, position) => contextKey(member.name, member, position));
}

/** What a run cannot do without comes first. */
function contextKey(name: string, shape: Shape | undefined, position: number): Candidate {
  return {
    label: name,
    kind: 'key',
    ...(shape === undefined ? {} : { detail: typeName(shape) }),
    ...(shape?.description === undefined ? {} : { documentation: shape.description }),
    text: `${keyText(name)}: `,
    rank: position + (shape?.required === false ? 100 : 0),
  };
}
