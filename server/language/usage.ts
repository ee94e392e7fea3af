/** What a template and its partials do with the values they are given: which members and items they ask for. */
import { actionOf, enteringCall } from './calls.ts';
import type { CallPlace } from './calls.ts';
import type { PartialCall } from './ledger.ts';
import type { Library } from './links.ts';
import { memberOf } from './members.ts';
import type { BlockParam, Branch, Call, Expression, NamedArgument, Node, Path } from './nodes.ts';
import type { Template } from './template.ts';
import type { Shape, VariableType } from './values.ts';

/** One value, as it is used. */
export class Usage {
  shape: Shape | undefined;
  /** What the place it is used in makes probable. */
  hint: VariableType | undefined;
  readonly members = new Map<string, Usage>();
  #items: Usage | undefined;

  constructor(shape?: Shape) {
    this.shape = shape;
  }

  get items(): Usage | undefined {
    return this.#items;
  }

  item(): Usage {
    return (this.#items ??= new Usage(this.shape?.items));
  }

  member(name: string): Usage {
    if (/^\d+$/.test(name) && this.members.size === 0) return this.item();
    let member = this.members.get(name);
    if (!member) {
      member = new Usage(this.shape && memberOf(this.shape, name));
      this.members.set(name, member);
    }
    return member;
  }
}

/** The usages of all variables are the members of the result. */
export function usageOf(template: Template, library: Library): Usage {
  const root = new Usage();
  new UsageReader(root, library).template(template, { context: root, params: new Map() }, []);
  return root;
}

interface Surroundings {
  /** What plain names are members of. */
  readonly context: Usage;
  readonly params: ReadonlyMap<string, Usage>;
  readonly outer?: Surroundings;
}

/** Partials of partials are followed this far, and so many of them in all. */
const longestChain = 20;
const mostPartials = 500;

/** What helpers are about, where they take other things too. */
export const subjects: Readonly<Record<string, VariableType>> = {
  with: 'object',
  number: 'number',
};

class UsageReader {
  readonly #root: Usage;
  readonly #library: Library;
  #partials = 0;
  #chain: readonly string[] = [];

  constructor(root: Usage, library: Library) {
    this.#root = root;
    this.#library = library;
  }

  template(template: Template, around: Surroundings, chain: readonly string[]): void {
    const before = this.#chain;
    this.#chain = chain;
    if (around.context === this.#root) {
      for (const [name, declaration] of template.declarations) {
        if (!around.params.has(name)) around.context.member(name).shape ??= declaration;
      }
    }
    this.#nodes(template.document.children, around);
    this.#chain = before;
  }

  #nodes(nodes: readonly Node[], around: Surroundings): void {
    for (const node of nodes) {
      if (node.kind === 'value') this.#call(node.call, 'tag', 'string', around);
      else if (node.kind === 'partial') this.#partial(node, around);
      else if (node.kind === 'block')
        for (const branch of node.branches) this.#branch(branch, around);
    }
  }

  #branch(branch: Branch, around: Surroundings): void {
    const { tag } = branch;
    let inside = around;
    if (tag.kind === 'partial-open') this.#partial(tag, around);
    else if (tag.kind === 'inline')
      inside = { context: this.#root, params: new Map(), outer: around };
    else if (tag.kind === 'open' || tag.kind === 'else') {
      const entering = enteringCall(branch);
      const call = tag.call ?? entering;
      const subject = call && this.#call(call, 'block', 'boolean', around);
      if (entering && subject) inside = this.#inside(branch, entering, subject, tag.params, around);
    }
    this.#nodes(branch.children, inside);
  }

  #inside(
    { children }: Branch,
    call: Call,
    subject: Usage,
    params: readonly BlockParam[],
    around: Surroundings,
  ): Surroundings {
    const name = call.callee.text;
    const action = actionOf(call, 'block');
    if (action.kind === 'helper' && name !== 'each' && name !== 'with') return around;
    const isList = subject.shape?.type === 'array' || (name === 'each' && !isMap(subject.shape));
    if (action.kind === 'section' && subject.shape?.type === 'boolean') return around;
    if (action.kind === 'section' && !subject.shape && children.length === 0) return around;
    const context = isList ? subject.item() : name === 'each' ? elementOf(subject) : subject;
    const [first] = params;
    const named = new Map(around.params);
    for (const param of params) named.set(param.name, param === first ? context : new Usage());
    return { context, params: named, outer: around };
  }

  /** The usage of what a block is about. */
  #call(call: Call, place: CallPlace, hint: VariableType, around: Surroundings): Usage | undefined {
    const action = actionOf(call, place);
    if (action.kind === 'value' || action.kind === 'section') {
      return this.#path(action.path, around, hint);
    }
    if (action.kind !== 'helper') return undefined;
    const { params, asks } = action.helper;
    let subject: Usage | undefined;
    call.positional.forEach((value, index) => {
      const param = params[index] ?? params.findLast(({ repeats }) => repeats);
      const accepted =
        index === 0 ? (subjects[action.helper.name] ?? param?.accepts?.[0]) : param?.accepts?.[0];
      const used = this.#expression(value, around, asks ? 'boolean' : (accepted ?? 'string'));
      if (index === 0) subject = used;
    });
    this.#named(call.named, around);
    return subject;
  }

  #named(named: readonly NamedArgument[], around: Surroundings): Map<string, Usage> {
    return new Map(
      named.map(({ name, value }) => [name, this.#expression(value, around) ?? new Usage()]),
    );
  }

  #expression(value: Expression, around: Surroundings, hint?: VariableType): Usage | undefined {
    if (value.kind === 'path') return this.#path(value, around, hint);
    if (value.kind === 'call') this.#call(value, 'nested', 'string', around);
    return undefined;
  }

  #path(path: Path, around: Surroundings, hint?: VariableType): Usage | undefined {
    const names = path.segments.map(({ name }) => name);
    const found = this.#start(path, names, around);
    if (!found) return undefined;
    let { usage } = found;
    for (const name of found.rest) {
      if (name === 'length' && !usage.members.has(name)) {
        usage.hint ??= 'array';
        return undefined;
      }
      usage = usage.member(name);
    }
    if (usage !== this.#root) usage.hint = stronger(usage.hint, hint);
    return usage;
  }

  #start({ data, up, scoped }: Path, names: readonly string[], around: Surroundings) {
    const [first = '', ...rest] = names;
    if (data) return first === 'root' ? { usage: this.#root, rest } : undefined;
    const param = scoped ? undefined : around.params.get(first);
    if (param) return { usage: param, rest };
    let at: Surroundings | undefined = around;
    for (let left = up; left > 0 && at; left--) at = at.outer;
    return at && { usage: at.context, rest: names };
  }

  #partial({ target, positional, named }: PartialCall, around: Surroundings): void {
    if (target.expression) this.#call(target.expression, 'nested', 'string', around);
    const given = this.#named(named, around);
    const [value] = positional;
    const context = value ? this.#expression(value, around, 'object') : around.context;
    const slug = target.name;
    const slugs = slug === undefined ? this.#library.slugs() : [slug];
    for (const one of slugs) {
      const partial = this.#chain.includes(one) ? undefined : this.#library.template(one);
      if (!partial || this.#chain.length >= longestChain || ++this.#partials > mostPartials)
        continue;
      const inside = { context: context ?? new Usage(), params: given, outer: around };
      this.template(partial, inside, [...this.#chain, one]);
    }
  }
}

function isMap(shape: Shape | undefined): boolean {
  return shape?.type === 'object';
}

/** An element of a map, when `each` goes over one. */
function elementOf(map: Usage): Usage {
  const [first] = map.shape?.properties ?? [];
  return map.member(first?.name ?? 'key');
}

/** That a value is asked for is the weakest thing to know; that it is shown, the next. */
function stronger(known: VariableType | undefined, now: VariableType | undefined) {
  const strength = (type: VariableType | undefined): number =>
    type === undefined ? 0 : type === 'boolean' ? 1 : type === 'string' || type === 'any' ? 2 : 3;
  return strength(now) > strength(known) ? now : known;
}
