/** Variables, members, block parameters and data variables that may stand at the cursor. */
import type { Analysis, Variable } from '../analysis.ts';
import { helperNamed } from '../language/helpers.ts';
import type { Declaration, Shape, VariableType } from '../language/values.ts';
import type { Path } from '../language/nodes.ts';
import { globalData, type Scope, type VariableUse } from '../language/scopes.ts';
import { type Candidate, closing, type NameCursor } from './candidates.ts';

const rank = { param: 1, member: 2, variable: 3, data: 5, global: 7.5 } as const;

/** What a plain name can be, or what the path before the cursor has for members. */
export function nameCandidates(
  analysis: Analysis,
  cursor: NameCursor,
  offset: number,
): Candidate[] {
  const scope = analysis.scopeAt(offset);
  const end = cursor.place === 'value' && !cursor.closed ? closing(analysis) : '';
  const wanted = accepted(cursor);
  const names = namesAt(analysis, cursor, scope, offset);
  return (cursor.bracketed ? names.flatMap(inBrackets) : names).map((name) => ({
    ...name,
    text: `${name.text ?? name.label}${end}`,
    rank: name.rank + (fits(name.type, wanted) ? 0 : unfit),
  }));
}

/** For a name that begins with a bracket. */
function inBrackets(name: Candidate): Candidate[] {
  if (name.kind !== 'variable' && name.kind !== 'property') return [];
  const text = `[${name.label}]`;
  return /^[^./[\]]+$/.test(name.label) ? [{ ...name, text, filter: text }] : [];
}

/** Asks for names of values of certain types, as a block may be about, the best first. */
export function namesOfTypes(
  analysis: Analysis,
  offset: number,
): (types: readonly VariableType[]) => string[] {
  const place = { start: offset, end: offset };
  const plain = { up: 0, scoped: false, data: false, bracketed: false, owner: [] } as const;
  const closed = { closed: true, prefix: '', replace: place } as const;
  const cursor: NameCursor = { kind: 'name', place: 'argument', ...plain, ...closed };
  const names = namesAt(analysis, cursor, analysis.scopeAt(offset), offset);
  return (types) => {
    const order = (type: VariableType | undefined) => types.indexOf(type ?? 'any');
    return names
      .filter(({ type }) => type !== undefined && types.includes(type))
      .sort((a, b) => a.rank - b.rank || order(a.type) - order(b.type))
      .map(({ text, label }) => text ?? label);
  };
}

/** What a path stands for that is written as text. */
export function shapeOfText(analysis: Analysis, text: string, offset: number): Shape | undefined {
  const data = text.startsWith('@');
  const parts = text.slice(data ? 1 : 0).match(/\[[^\]]*\]|\.\.|[^./[\]]+/g) ?? [];
  const up = parts.filter((part) => part === '..').length;
  const scoped = /^(?:\.|this\b)/.test(text);
  const owner = parts.filter((part) => part !== '..' && part !== 'this');
  const names = owner.map((part) => part.replace(/^\[(.*)\]$/, '$1'));
  const meaning = analysis.meaningOf(pathOf({ owner: names, up, scoped, data }, offset));
  return 'shape' in meaning ? meaning.shape : undefined;
}

/** Added to the rank of what has another type than the helper wants. */
const unfit = 4;

function fits(type: VariableType | undefined, wanted: readonly VariableType[] | undefined) {
  return wanted === undefined || type === undefined || wanted.includes(type);
}

/** What the helper takes whose argument is typed; `undefined`: anything. */
function accepted({ call }: NameCursor): readonly VariableType[] | undefined {
  const params = call && helperNamed(call.name)?.params;
  const param = params?.[call?.index ?? 0] ?? params?.at(-1);
  return param?.accepts;
}

function namesAt(
  analysis: Analysis,
  cursor: NameCursor,
  scope: Scope,
  offset: number,
): Candidate[] {
  if (cursor.data) {
    if (cursor.up > 0) return loopData(scope);
    return cursor.owner.length > 0 ? ofRoot(analysis, cursor, offset) : dataNames(scope);
  }
  if (cursor.owner.length > 0 || cursor.scoped || cursor.up > 0) {
    return membersAt(analysis, cursor, offset);
  }
  const params = scope.params.map(({ param, shape }) => paramCandidate(param.name, shape));
  const isItself = ({ segment: { start, end } }: VariableUse) => start <= offset && offset <= end;
  const variables = analysis.variables
    // In this order: `uses` is gathered when it is read.
    .filter((variable) => {
      const { count, declaration } = variable;
      return declaration !== undefined || count > 1 || !variable.uses.every(isItself);
    })
    .map(variableCandidate);
  return [...params, ...contextNames(scope, variables), ...dataNames(scope, '@')];
}

function paramCandidate(name: string, shape: Shape | undefined): Candidate {
  return {
    label: name,
    kind: 'param',
    detail: shape === undefined ? 'block parameter' : typeName(shape),
    ...(shape === undefined ? {} : { type: shape.type }),
    ...(shape?.description === undefined ? {} : { documentation: shape.description }),
    rank: rank.param,
  };
}

/** Members of the value a block is about, and what is outside of it: reached with one `../` per block. */
function contextNames(scope: Scope, variables: readonly Candidate[]): Candidate[] {
  const names: Candidate[] = [];
  let up = '';
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const inside = namesOf(at, variables);
    names.push(...(up === '' ? inside : inside.map((name) => outside(name, up))));
    up += '../';
  }
  return names;
}

function namesOf({ context }: Scope, variables: readonly Candidate[]): readonly Candidate[] {
  switch (context.kind) {
    case 'root':
      return variables;
    case 'shape':
      return [thisCandidate(context.shape), ...members(context.shape)];
    case 'opaque':
      return [thisCandidate()];
  }
}

function outside(name: Candidate, up: string): Candidate {
  const { label, text = label } = name;
  const written = label === 'this' ? up.slice(0, -1) : `${up}${text}`;
  return { ...name, label: `${up}${label}`, text: written, filter: label, rank: rank.data };
}

function thisCandidate(shape?: Shape): Candidate {
  const detail = shape === undefined ? 'the current item' : typeName(shape);
  return {
    label: 'this',
    kind: 'variable',
    detail,
    ...(shape === undefined ? {} : { type: shape.type }),
    // Behind the members, when it has any: they are what one wants of it.
    rank: shape?.properties === undefined ? rank.member : rank.member + 0.5,
  };
}

function variableCandidate({ name, declaration }: Variable): Candidate {
  return {
    label: name,
    kind: 'variable',
    detail: declaration === undefined ? 'not declared' : typeName(declaration),
    ...(declaration === undefined ? {} : { type: declaration.type }),
    subject: { about: 'variable', name },
    text: segment(name),
    rank: rank.variable,
  };
}

/** `@../|`: of the `each` around. */
function loopData({ data }: Scope): Candidate[] {
  return dataCandidates(data).map(({ label, ...name }) => ({ ...name, label: label.slice(1) }));
}

function dataNames(scope: Scope, prefix = ''): Candidate[] {
  return dataCandidates([...scope.data, ...globalData], prefix);
}

function dataCandidates(names: readonly string[], prefix = ''): Candidate[] {
  return names.map((name) => ({
    label: `@${name}`,
    kind: 'data',
    detail: dataDetails[name] ?? 'data variable',
    text: `${prefix}${name}`,
    filter: `${prefix}${name}`,
    rank: prefix !== '' && globalData.includes(name) ? rank.global : rank.data,
  }));
}

export const dataDetails: Readonly<Record<string, string>> = {
  index: 'position of the item, from 0',
  key: 'key of the item',
  first: 'true for the first item',
  last: 'true for the last item',
  root: 'all variables',
  timestamp: 'when it is rendered',
  date: 'the day it is rendered',
  workspace: 'name of the workspace folder',
  app_name: 'name of this application',
  file: 'name of the template file',
};

/** `@root.|`, `@root.user.|` */
function ofRoot(analysis: Analysis, cursor: NameCursor, offset: number): Candidate[] {
  const [first, ...others] = cursor.owner;
  if (first !== 'root') return [];
  return others.length === 0
    ? analysis.variables.map(variableCandidate)
    : membersAt(analysis, cursor, offset);
}

function membersAt(analysis: Analysis, cursor: NameCursor, offset: number): Candidate[] {
  const meaning = analysis.meaningOf(pathOf(cursor, offset));
  const shape = 'shape' in meaning ? meaning.shape : undefined;
  if (shape !== undefined) return members(shape);
  const isRoot = meaning.kind === 'context' && cursor.owner.length === 0;
  return isRoot ? analysis.variables.map(variableCandidate) : [];
}

/** The path before the separator that was typed last. */
function pathOf(
  { owner, up, scoped, data }: Pick<NameCursor, 'owner' | 'up' | 'scoped' | 'data'>,
  offset: number,
): Path {
  const place = { start: offset, end: offset };
  const segments = owner.map((name) => ({ ...place, name }));
  return { kind: 'path', ...place, data, up, scoped, segments, text: owner.join('.') };
}

function members(shape: Shape): Candidate[] {
  const own = (shape.properties ?? []).map(memberCandidate);
  if (shape.type !== 'array') return own;
  return [
    ...own,
    { label: '0', kind: 'property', detail: 'the first item', rank: rank.data - 1 },
    { label: 'length', kind: 'property', detail: 'how many there are', rank: rank.data },
  ];
}

function memberCandidate(member: Declaration): Candidate {
  return {
    label: member.name,
    kind: 'property',
    detail: typeName(member),
    type: member.type,
    ...(member.description === undefined ? {} : { documentation: member.description }),
    text: segment(member.name),
    rank: rank.member,
  };
}

/** `array of object`, `string = "x"`. */
export function typeName(shape: Shape): string {
  const items = shape.items === undefined ? '' : ` of ${shape.items.type}`;
  const value = shape.default === undefined ? '' : ` = ${JSON.stringify(shape.default)}`;
  return `${shape.type}${items}${value.length > 40 ? `${value.slice(0, 40)}…` : value}`;
}

/** A name as it is written in a path. */
function segment(name: string): string {
  return /[\s!"#%-,./;->@[-^`{-~]/.test(name) ? `[${name}]` : name;
}
