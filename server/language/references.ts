/** What is known of each read of a path before a render: its name, and whether it may be absent. */
import { actionOf, enteringCall, isBare } from './calls.ts';
import type { Block, Branch, Path } from './nodes.ts';
import type { Meaning } from './scopes.ts';
import type { Template } from './template.ts';
import type { Declaration, Shape, Value } from './values.ts';

/** A name, or the place of an element: counted from the innermost repetition (-1) outwards. */
export type NamePart = string | number;

export interface Reference {
  readonly name: readonly NamePart[];
  /** Not given means missing. Otherwise it is just nothing. */
  readonly required: boolean;
  /** The same when the whole variable is not given. */
  readonly rootRequired: boolean;
  /** The declared variable it begins with. */
  readonly declaration?: Declaration;
  /** Its first name and the members after that. */
  readonly variable?: string;
  readonly members: readonly string[];
  /** The tag, when that is all there is in it. */
  readonly written?: string;
  /** Read from the context as it is: no parameter, no data variable, nothing further out. */
  readonly plain: boolean;
}

/**
 * How a read is used. `value`: it is shown or worked on. `asked`: whether it is there is what matters, so that only a
 * declared, required variable is missing. `optional`: never missing.
 */
export type Use = 'value' | 'asked' | 'optional';

export class References {
  readonly list: Reference[];
  readonly #template: Template;

  constructor(template: Template, list: Reference[]) {
    this.#template = template;
    this.list = list;
  }

  add(path: Path, at: Branch | undefined, use: Use, written?: string): Reference {
    const { scopes } = this.#template;
    const meaning = scopes.meaning(path, scopes.in(at));
    const names = path.segments.map(({ name }) => name);
    const reference: Reference = {
      name: this.#name(path, meaning, at),
      required: use !== 'optional' && isRequired(meaning, use),
      rootRequired: use !== 'optional' && rootRequired(meaning),
      declaration: meaning.kind === 'variable' ? meaning.declaration : undefined,
      variable: names[path.data ? 1 : 0],
      members: names.slice(path.data ? 2 : 1),
      written,
      plain: !path.data && path.up === 0 && names.length > 0 && meaning.kind !== 'param',
    };
    this.list.push(reference);
    return reference;
  }

  #name(path: Path, meaning: Meaning, at: Branch | undefined): readonly NamePart[] {
    const names = path.segments.map(({ name }) => name);
    switch (meaning.kind) {
      case 'variable':
        return path.data ? names.slice(1) : names;
      case 'data':
        return [path.text];
      case 'param': {
        const { param, block } = meaning.param;
        const branch = branchOf(block, at);
        const position =
          branch?.tag.kind === 'malformed' || !branch ? -1 : paramsOf(branch).indexOf(param);
        const element = branch && position === 0 ? this.#element(branch, at) : undefined;
        return element ? [...element, ...names.slice(1)] : [path.text];
      }
      case 'member':
      case 'context': {
        const branch = this.#contextBranch(at, path.up);
        const element = branch && this.#element(branch, at);
        return element ? [...element, ...names] : [path.text];
      }
    }
  }

  /** The branch that gives names their context, `up` contexts out. */
  #contextBranch(from: Branch | undefined, up: number): Branch | undefined {
    let left = up;
    for (let at = from; at; at = at.block.parent) {
      if (!changesContext(this.#template, at)) continue;
      if (left === 0) return at;
      left--;
    }
    return undefined;
  }

  /** The name of what a branch is about, as seen from a branch inside it. */
  #element(branch: Branch, from: Branch | undefined): readonly NamePart[] | undefined {
    const subject = subjectOf(branch);
    if (!subject) return undefined;
    const { scopes } = this.#template;
    const around = branch.block.parent;
    const name = this.#name(subject, scopes.meaning(subject, scopes.in(around)), around);
    const outside = repetitions(from) - repetitions(around);
    const moved = name.map((part) => (typeof part === 'number' ? part - outside : part));
    return repeats(branch) ? [...moved, -(repetitions(from) - repetitions(around))] : moved;
  }
}

function isRequired(meaning: Meaning, use: Use): boolean {
  return shapeOf(meaning)?.required ?? use === 'value';
}

function rootRequired(meaning: Meaning): boolean {
  return meaning.kind !== 'variable' || meaning.declaration?.required !== false;
}

function shapeOf(meaning: Meaning): Shape | undefined {
  return 'shape' in meaning ? meaning.shape : undefined;
}

function paramsOf({ tag }: Branch) {
  return tag.kind === 'open' || tag.kind === 'else' ? tag.params : [];
}

/** The branch of a block that encloses another branch. */
function branchOf(block: Block, from: Branch | undefined): Branch | undefined {
  for (let at = from; at; at = at.block.parent) {
    if (at.block === block) return at;
  }
  return undefined;
}

/** The path a branch goes into: the list of an `each`, the value of a `with` or a section. */
function subjectOf(branch: Branch): Path | undefined {
  const call = enteringCall(branch);
  if (!call) return undefined;
  const action = actionOf(call, 'block');
  if (action.kind === 'section') return action.path;
  const [first] = call.positional;
  const takes = !isBare(call) && ['each', 'with'].includes(call.callee.text);
  return takes && first?.kind === 'path' ? first : undefined;
}

function repeats(branch: Branch): boolean {
  return enteringCall(branch)?.callee.text === 'each';
}

/** How many `each` enclose a place. */
function repetitions(from: Branch | undefined): number {
  let count = 0;
  for (let at = from; at; at = at.block.parent) if (repeats(at)) count++;
  return count;
}

function changesContext({ scopes }: Template, branch: Branch): boolean {
  const outer = scopes.in(branch.block.parent);
  return scopes.in(branch).context !== outer.context;
}

/** What a variable or one of its members is when no value is given; `rootGiven`: only the member is not. */
export function presetOf(
  declaration: Declaration,
  members: readonly string[],
  rootGiven: boolean,
): Value | undefined {
  let shape: Shape | undefined = declaration;
  let value = rootGiven ? undefined : declaration.default;
  for (const member of members) {
    shape = shape?.properties?.find(({ name }) => name === member);
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, member);
    value = inside ? (value as Record<string, Value>)[member] : shape?.default;
  }
  return value;
}
