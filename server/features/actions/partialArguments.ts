/** What has to be given to a partial so that a part of a body means the same in it. */

import type { TemplateFile } from '../../folderIndex.ts';
import { guessedTypes } from '../../language/guess.ts';
import { isRecord } from '../../language/declarations.ts';
import type { Path, Segment } from '../../language/nodes.ts';
import type { Value, VariableType } from '../../language/values.ts';
import type { Edit, ShapeText } from '../frontMatterEdits.ts';
import { type Outward, respelled } from './outward.ts';

interface Argument {
  /** As the call says it. */
  readonly value: string;
  readonly type: VariableType;
}

export interface HandedOver {
  /** In order, within the part. */
  readonly edits: readonly Edit[];
  /** By name. */
  readonly given: ReadonlyMap<string, Argument>;
  /** Variables that the partial sees as they are. */
  readonly needed: ReadonlyMap<string, ShapeText>;
}

/** Names are looked up on the same thing in a partial as around its call; anything further out is given to it. */
export function handedOver(found: readonly Outward[], file: TemplateFile): HandedOver {
  const { analysis } = file;
  const seen = found.filter((one) => isSeen(one));
  const needed = new Map<string, ShapeText>();
  for (const one of seen) {
    const name = one.path.segments[0]?.name ?? '';
    if (!needed.has(name)) needed.set(name, shapeOf(name, one, file));
  }
  const given = new Map<string, Argument>();
  const edits = found
    .filter((one) => !isSeen(one))
    .flatMap((one) => {
      const { value, name: wanted, type, rest } = argument(one);
      const name = place(wanted, { value, type }, given, needed);
      return respelled(one.path, '../'.repeat(one.depth) + name + restOf(one.path, rest), analysis);
    });
  return { edits: edits.sort((a, b) => a.span.start - b.span.start), given, needed };
}

function isSeen({ meaning, up, path }: Outward): boolean {
  const plain = meaning.kind === 'variable' || meaning.kind === 'member';
  return plain && up === 0 && path.segments.length > 0;
}

/** The name, with a number where it means something else already. */
function place(
  wanted: string,
  added: Argument,
  given: Map<string, Argument>,
  needed: ReadonlyMap<string, unknown>,
): string {
  let name = wanted;
  const isTaken = () => needed.has(name) || (given.get(name)?.value ?? added.value) !== added.value;
  for (let count = 2; isTaken(); count++) name = `${wanted}_${count}`;
  if (!given.has(name)) given.set(name, added);
  return name;
}

interface Wanted extends Argument {
  readonly name: string;
  /** What of the path comes behind the argument. */
  readonly rest: readonly Segment[];
}

const dataTypes: Readonly<Record<string, VariableType>> = {
  index: 'integer',
  key: 'string',
  first: 'boolean',
  last: 'boolean',
};

function argument({ path, meaning, up }: Outward): Wanted {
  const [first, ...rest] = path.segments;
  if (meaning.kind === 'data') {
    const { name } = meaning;
    return { value: `@${name}`, name, type: dataTypes[name] ?? 'any', rest };
  }
  if (meaning.kind === 'param') {
    const { param, shape } = meaning.param;
    const { name } = param;
    return { value: name, name, type: shape?.type ?? typeWith(rest), rest };
  }
  if (first === undefined) {
    const value = up === 0 ? 'this' : '../'.repeat(up).slice(0, -1);
    return { value, name: up === 0 ? 'item' : 'outer', type: 'any', rest: [] };
  }
  const name = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(first.name) ? first.name : 'value';
  const written = path.text.slice(first.start - path.start, first.end - path.start);
  const type = rest.length === 0 && 'shape' in meaning ? meaning.shape?.type : undefined;
  return { value: '../'.repeat(up) + written, name, type: type ?? typeWith(rest), rest };
}

const typeWith = (rest: readonly Segment[]): VariableType => (rest.length > 0 ? 'object' : 'any');

function restOf(path: Path, rest: readonly Segment[]): string {
  const [first] = rest;
  return first === undefined ? '' : `.${path.text.slice(first.start - path.start)}`;
}

/** As the template itself declares it, or as it is used. */
function shapeOf(name: string, { path, meaning }: Outward, { analysis }: TemplateFile): ShapeText {
  const rest = path.segments.slice(1);
  if (meaning.kind !== 'variable') {
    const shape = 'shape' in meaning && rest.length === 0 ? meaning.shape : undefined;
    return shape?.type ?? typeWith(rest);
  }
  const declared = analysis.frontMatter?.entries.find(({ key }) => key === 'variables')?.value;
  const value: Value | undefined = isRecord(declared) ? declared[name] : undefined;
  if (isRecord(value)) return value;
  if (typeof value === 'string') return value;
  return guessedTypes(analysis.problems).get(name) ?? 'string';
}
