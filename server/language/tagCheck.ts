/** Looks at one tag by itself: the variables it uses and what is wrong with it. Knows nothing of other files. */
import type { Action, CallPlace } from './calls.ts';
import { actionOf, isBare } from './calls.ts';
import type { Helper, HelperParam } from './helpers.ts';
import { arity, helperNamed, helpers, reservedNames, signature } from './helpers.ts';
import type { Call, Expression, Path, Tag } from './nodes.ts';
import type { Problem } from './problems.ts';
import type { Meaning, Scope, Scopes } from './scopes.ts';
import * as say from './say.ts';
import { subjects } from './usage.ts';
import type { Declaration, VariableType } from './values.ts';

/** What is known of the file around the tag. */
export interface Surroundings {
  readonly scopes: Scopes;
  readonly declarations: ReadonlyMap<string, Declaration>;
}

export interface TagFacts {
  readonly problems: readonly Problem[];
  /** The paths that begin with a variable. */
  readonly uses: readonly Path[];
  /** `<<json this>>` or `<<json @root>>` at the top uses every variable. */
  readonly usesAll: boolean;
}

const nothing: TagFacts = { problems: [], uses: [], usesAll: false };

export function checkTag(tag: Tag, around: Surroundings): TagFacts {
  if (tag.kind === 'escape' || tag.kind === 'comment' || tag.kind === 'raw') return nothing;
  const check = new TagCheck(around, around.scopes.in(tag.parent));
  check.tag(tag);
  const { problems, uses, usesAll } = check;
  if (problems.length > 0) return { problems, uses, usesAll };
  return uses.length > 0 || usesAll ? { problems: nothing.problems, uses, usesAll } : nothing;
}

class TagCheck implements TagFacts {
  readonly problems: Problem[] = [];
  readonly uses: Path[] = [];
  usesAll = false;
  readonly #around: Surroundings;
  readonly #scope: Scope;

  constructor(around: Surroundings, scope: Scope) {
    this.#around = around;
    this.#scope = scope;
  }

  tag(tag: Tag): void {
    switch (tag.kind) {
      case 'value':
        return this.#call(tag.call, 'tag', 'string');
      case 'open':
        return this.#call(tag.call, 'block', 'boolean');
      case 'else':
        return tag.call && this.#call(tag.call, 'block', 'boolean');
      case 'partial':
      case 'partial-open':
        if (tag.target.expression) this.#call(tag.target.expression, 'nested', 'string');
        if (tag.positional.length > 1) this.problems.push(say.partialContexts(tag));
        for (const context of tag.positional)
          this.#argument(context, undefined, undefined, 'object');
        return this.#arguments({ positional: [], named: tag.named });
      case 'malformed':
        this.problems.push(say.malformed(tag));
        return;
      case 'suspect': {
        const root = tag.name.split(/[./]/)[0] ?? '';
        const declared = this.#around.declarations.has(root);
        const meant = declared || (tag.slip !== 'mustache' && helperNamed(tag.name) !== undefined);
        if (meant) this.problems.push(say.suspect(tag));
        return;
      }
      case 'inline':
      case 'close':
      case 'comment':
      case 'raw':
      case 'escape':
    }
  }

  #call(call: Call, place: CallPlace, type: VariableType): void {
    const action = actionOf(call, place);
    this.#callee(call, action, type);
    if (action.kind === 'unknown') return;
    this.#arguments(call, action.kind === 'helper' ? action.helper : undefined);
  }

  #callee(call: Call, action: Action, type: VariableType): void {
    const path = call.callee;
    switch (action.kind) {
      case 'value':
      case 'section':
        this.#shadowed(path, 'variable');
        this.#path(path, action.kind === 'section' ? 'any' : type);
        return;
      case 'helper':
        if (action.helper.kind !== 'value' && isBare(call)) this.#shadowed(path, 'helper');
        return this.#arity(call, action.helper);
      case 'needs-block':
        this.problems.push(say.needsBlock(call, action.helper.name));
        return;
      case 'unknown':
        this.problems.push(say.unknownHelper(path, helpers));
    }
  }

  #arity(call: Call, helper: Helper): void {
    const { least, most } = arity(helper);
    const given = call.positional.length;
    if (given >= least && given <= most) return;
    this.problems.push(say.arity(call, helper.name, signature(helper), given < least));
  }

  #arguments({ positional, named }: Pick<Call, 'positional' | 'named'>, helper?: Helper): void {
    positional.forEach((value, index) => {
      const param = helper?.params[index] ?? helper?.params.findLast(({ repeats }) => repeats);
      this.#argument(value, helper, param);
    });
    for (const { value } of named) this.#argument(value, undefined, undefined);
  }

  /** `type`: what an undeclared variable there probably is, when the helper does not say. */
  #argument(
    value: Expression,
    helper: Helper | undefined,
    param: HelperParam | undefined,
    type: VariableType = 'string',
  ): void {
    switch (value.kind) {
      case 'literal':
        return;
      case 'call':
        return this.#call(value, 'nested', 'any');
      case 'path': {
        const about = param === helper?.params[0] ? subjects[helper?.name ?? ''] : undefined;
        const guess = helper?.asks ? 'boolean' : (param?.accepts?.[0] ?? about ?? type);
        const meaning = this.#path(value, guess);
        if (helper && param && meaning) this.#type(value, meaning, helper, param);
      }
    }
  }

  #type(path: Path, meaning: Meaning, helper: Helper, param: HelperParam): void {
    const type = 'shape' in meaning ? meaning.shape?.type : undefined;
    if (type === undefined || type === 'any' || !param.accepts || param.accepts.includes(type))
      return;
    const expected = param.accepts[0] ?? 'any';
    this.problems.push(say.typeMismatch(path, type, helper.name, expected));
  }

  /** A path that is read. `type`: what an undeclared variable there probably is. */
  #path(path: Path, type: VariableType): Meaning | undefined {
    const reserved = path.segments.find(({ name }) => reservedNames.has(name));
    if (reserved) {
      this.problems.push(say.reserved(reserved, reserved.name));
      return undefined;
    }
    const meaning = this.#around.scopes.meaning(path, this.#scope);
    if (meaning.kind === 'variable') this.#variable(path, meaning, type);
    const wholeRoot = meaning.kind === 'context' && this.#scope.context.kind === 'root';
    this.usesAll ||= wholeRoot || path.text === '@root';
    if ('broken' in meaning && meaning.broken) {
      const { segment, owner, shape } = meaning.broken;
      const outside = owner === '' && this.#around.declarations.has(segment.name);
      this.problems.push(say.unknownProperty(segment, owner, shape, outside));
    }
    return meaning;
  }

  #variable(path: Path, meaning: Meaning & { kind: 'variable' }, type: VariableType): void {
    this.uses.push(path);
    if (meaning.declaration) return;
    const { declarations } = this.#around;
    const guess = path.segments.length > (path.data ? 2 : 1) ? 'object' : type;
    this.problems.push(say.undeclared(meaning.root, guess, declarations));
  }

  /** A variable and a helper of one name: which of them it is should not need thinking. */
  #shadowed(path: Path, winner: 'variable' | 'helper'): void {
    const { text: name, scoped, data } = path;
    if (scoped || data || !helperNamed(name) || this.#scope.context.kind !== 'root') return;
    if (this.#scope.params.some(({ param }) => param.name === name)) return;
    const inBlock = helperNamed(name)?.kind !== 'value';
    if (!this.#around.declarations.has(name) || (winner === 'variable' && inBlock)) return;
    this.problems.push(say.shadowed(path, name, winner));
  }
}
