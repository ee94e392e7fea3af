/** Which names mean what at a place in the body. */
import { actionOf, enteringCall } from './calls.ts';
import { memberOf, walk } from './members.ts';
import type { Break } from './members.ts';
import type { Block, BlockParam, Branch, Call, Expression, Path, Segment } from './nodes.ts';
import type { Declaration, Shape } from './values.ts';

/** A block parameter in scope, with what it stands for when that is known. */
export interface ScopeParam {
  readonly param: BlockParam;
  readonly block: Block;
  /** `undefined`: not known. The index parameter of `each` is an integer. */
  readonly shape?: Shape;
}

/**
 * What a plain name is looked up on. `root`: the variables (`open`: in an inline partial, whose callers may give
 * more). `shape`: a member of that value, inside `each`, `with` or a section over something declared. `opaque`:
 * inside one over something that is not known.
 */
type Place =
  | { readonly kind: 'root'; readonly open?: boolean }
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'opaque' };

/** What names mean at one place. */
export interface Scope {
  /** Innermost first. */
  readonly blocks: readonly Block[];
  /** Innermost first; a shadowed one is left out. */
  readonly params: readonly ScopeParam[];
  /** What a plain name is looked up on. */
  readonly context: Place;
  /** The same for `../name`: the scope around the innermost `each`, `with` or section. */
  readonly outer?: Scope;
  /** Data variables besides the global ones: `index`, `key`, `first`, `last` inside `each`; without the `@`. */
  readonly data: readonly string[];
}

/** What a path stands for. `broken`: the first segment that certainly does not exist. */
export type Meaning =
  /** The root variable, declared or not; `shape` is what the whole path stands for, when known. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly declaration?: Declaration;
      readonly root: Segment;
      readonly shape?: Shape;
      readonly broken?: Break;
    }
  /** Its first segment is a block parameter. */
  | {
      readonly kind: 'param';
      readonly param: ScopeParam;
      readonly shape?: Shape;
      readonly broken?: Break;
    }
  /** A member of the innermost `each`, `with` or section (`owner` is the value's shape, when known). */
  | {
      readonly kind: 'member';
      readonly owner?: Shape;
      readonly shape?: Shape;
      readonly broken?: Break;
    }
  /** `this`, `..`: the context itself. */
  | { readonly kind: 'context'; readonly shape?: Shape }
  | { readonly kind: 'data'; readonly name: string; readonly known: boolean };

/** A place where a variable is used. */
export interface VariableUse {
  readonly name: string;
  /** The segment that is the variable's name. */
  readonly segment: Segment;
  readonly path: Path;
}

/** Data variables that exist everywhere, without the `@`. */
export const globalData: readonly string[] = [
  'root',
  'timestamp',
  'date',
  'workspace',
  'app_name',
  'file',
];

export const eachData: readonly string[] = ['index', 'key', 'first', 'last'];
const integer: Shape = { type: 'integer', required: true };

/** The scopes of one document; each is made when first asked for. */
export class Scopes {
  readonly #declarations: ReadonlyMap<string, Declaration>;
  readonly #root: Scope = { blocks: [], params: [], context: { kind: 'root' }, data: [] };
  readonly #known = new WeakMap<Branch, Scope>();

  constructor(declarations: readonly Declaration[]) {
    this.#declarations = new Map(declarations.map((one) => [one.name, one]));
  }

  /** Inside a branch; `undefined` is the top of the body. */
  in(branch: Branch | undefined): Scope {
    if (!branch) return this.#root;
    let scope = this.#known.get(branch);
    if (!scope) {
      scope = this.#make(branch);
      this.#known.set(branch, scope);
    }
    return scope;
  }

  /** What a path means in a scope. */
  meaning(path: Path, scope: Scope): Meaning {
    const [first, ...rest] = path.segments;
    if (path.data) return this.#data(path.segments);
    if (first && !path.scoped) {
      const param = scope.params.find((one) => one.param.name === first.name);
      if (param) return { kind: 'param', param, ...walk(param.shape, rest, first.name) };
    }
    let at: Scope | undefined = scope;
    for (let up = path.up; up > 0 && at; up--) at = at.outer;
    const place: Place = at?.context ?? { kind: 'opaque' };
    if (!first) {
      return { kind: 'context', shape: place.kind === 'shape' ? place.shape : undefined };
    }
    if (place.kind === 'root' && (!place.open || this.#declarations.has(first.name))) {
      return this.#variable(first, rest);
    }
    const owner = place.kind === 'shape' ? place.shape : undefined;
    return { kind: 'member', owner, ...walk(owner, path.segments, '') };
  }

  #data([name, root, ...rest]: readonly Segment[]): Meaning {
    if (name?.name === 'root' && root) return this.#variable(root, rest);
    const data = name?.name ?? '';
    return {
      kind: 'data',
      name: data,
      known: globalData.includes(data) || eachData.includes(data),
    };
  }

  #variable(root: Segment, rest: readonly Segment[]): Meaning {
    const declaration = this.#declarations.get(root.name);
    const { name } = root;
    return { kind: 'variable', name, declaration, root, ...walk(declaration, rest, name) };
  }

  #make(branch: Branch): Scope {
    const { block, tag } = branch;
    const around = this.in(block.parent);
    const blocks = [block, ...around.blocks];
    if (tag.kind === 'inline') {
      return { ...around, blocks, context: { kind: 'root', open: true }, outer: around };
    }
    const call = enteringCall(branch);
    if (!call) return { ...around, blocks };
    return this.#inside(branch, call, { ...around, blocks }, around);
  }

  /** Inside a block that runs `call`. */
  #inside(branch: Branch, call: Call, same: Scope, around: Scope): Scope {
    const subject = subjectOf(call);
    if (!subject) return same;
    const path = subject.kind === 'path' ? subject : undefined;
    const meaning = path && this.meaning(path, around);
    const shape = meaning && 'shape' in meaning ? meaning.shape : undefined;
    const name = call.callee.text;
    if (name !== 'each' && name !== 'with' && shape?.type === 'boolean') return same;
    const repeats = name === 'each' || (name !== 'with' && shape?.type === 'array');
    const inner = repeats ? elementOf(shape) : shape;
    const context: Place = inner ? { kind: 'shape', shape: inner } : { kind: 'opaque' };
    const params = this.#params(branch, inner, repeats, shape);
    const data = repeats ? [...new Set([...eachData, ...around.data])] : around.data;
    const hidden = new Set(params.map(({ param }) => param.name));
    const outside = around.params.filter(({ param }) => !hidden.has(param.name));
    return { blocks: same.blocks, params: [...params, ...outside], context, outer: around, data };
  }

  #params(
    { tag, block }: Branch,
    inner: Shape | undefined,
    repeats: boolean,
    whole: Shape | undefined,
  ): ScopeParam[] {
    const params = tag.kind === 'open' || tag.kind === 'else' ? tag.params : [];
    const index = repeats && whole?.type === 'array' ? integer : undefined;
    return params.map((param, at) => ({ param, block, shape: at === 0 ? inner : index }));
  }
}

/** What a block changes the context to: the argument of `each` and `with`, or a section's own path. */
function subjectOf(call: Call): Expression | undefined {
  const action = actionOf(call, 'block');
  if (action.kind === 'section') return action.path;
  const name = action.kind === 'helper' ? action.helper.name : '';
  return name === 'each' || name === 'with' ? (call.positional[0] ?? call.callee) : undefined;
}

function elementOf(shape: Shape | undefined): Shape | undefined {
  if (shape?.type === 'array') return shape.items;
  const [first] = shape?.properties ?? [];
  return first && shape?.properties?.length === 1 ? memberOf(shape, first.name) : undefined;
}
