/** The helpers a render runs with. Handlebars calls them with the arguments, then its options. */
import Handlebars from 'handlebars';
import { asText, helperFunctions, isTrue } from './helperFunctions.ts';
import type { Given } from './helperFunctions.ts';
import { helpers } from './helpers.ts';
import type { Message, RoleBlocks } from './messages.ts';
import { Missing } from './missing.ts';
import type { MissingNotes } from './missing.ts';
import type { NamePart, Reference } from './references.ts';
import { presetOf } from './references.ts';
import { internal } from './syntaxTree.ts';
import type { Trace } from './trace.ts';
import type { Value } from './values.ts';

/** What one render is about. */
export interface Session {
  readonly references: readonly Reference[];
  readonly notes: MissingNotes;
  readonly roles: RoleBlocks;
  readonly hasPartial: (slug: string) => boolean;
  readonly trace?: Trace;
}

type Options = Handlebars.HelperOptions;
type Run = (this: unknown, ...given: never[]) => unknown;

/** Where the enclosing repetitions are: the key of each, outermost first. */
const places = '#at';

/** Every helper that may be called, for the compiler. */
export const knownHelpers: Readonly<Record<string, boolean>> = Object.fromEntries(
  [...helpers.map(({ name }) => name), ...Object.values(internal)].map((name) => [name, true]),
);

export function runtimeHelpers(session: Session): Record<string, Run> {
  const run = new Runtime(session);
  const made: Record<string, Run> = {};
  for (const [name, compute] of Object.entries(helperFunctions)) {
    made[name] = (...given: unknown[]) => run.compute(name, compute, given.slice(0, -1));
  }
  for (const role of ['system', 'user', 'assistant'] as const) {
    made[role] = function (this: unknown, options: Options) {
      return run.role(role, options.fn(this));
    };
  }
  made[internal.read] = (number: number, value: unknown, ...rest: unknown[]) =>
    run.read(number, value, rest);
  made[internal.member] = function (this: unknown, number: number, options: Options) {
    return run.member(this, number, options);
  };
  made[internal.value] = function (this: unknown, number: number, options: Options) {
    return run.show(run.writtenAt(number), run.member(this, number, options));
  };
  made[internal.show] = (written: string, value: unknown) => run.show(written, value);
  made[internal.mark] = (number: number, shown: string) =>
    session.trace?.marked(number, shown) ?? shown;
  made[internal.plain] = (value: unknown) => (value instanceof Missing ? undefined : value);
  made[internal.choose] = (written: string, value: unknown) => run.choose(written, value);
  made['raw'] = function (this: unknown, options: Options) {
    return options.fn(this);
  };
  Object.assign(made, blockHelpers(run));
  return made;
}

/** The helpers that decide about a block. */
function blockHelpers(run: Runtime): Record<string, Run> {
  const made: Record<string, Run> = {};
  for (const [name, wanted] of [
    ['if', true],
    ['unless', false],
  ] as const) {
    made[name] = function (this: unknown, value: unknown, options: Options) {
      return run.condition(this, value, wanted, options);
    };
  }
  for (const name of ['each', 'with'] as const) {
    made[name] = function (this: unknown, value: unknown, options: Options) {
      return run.enter(name, this, value, options);
    };
  }
  for (const name of [internal.section, internal.absent, internal.lacking] as const) {
    made[name] = function (this: unknown, value: unknown, options: Options) {
      return run.section(name, this, value, options);
    };
  }
  return made;
}

class Runtime {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  compute(name: string, compute: (...given: Given[]) => Given, given: unknown[]): unknown {
    const missing = Missing.among(given);
    if (missing && name !== 'default') return missing;
    const values = given.map((value) => (value instanceof Missing ? undefined : (value as Given)));
    return compute(...values);
  }

  role(role: Message['role'], content: string): string {
    return this.#session.roles.add(role, content);
  }

  /** The tag a reference is the whole of. */
  writtenAt(number: number): string {
    return this.#session.references[number]?.written ?? '';
  }

  /** Reads a plain path from the context itself, which takes Handlebars much less code than handing it over. */
  member(context: unknown, number: number, options: Options): unknown {
    const { members, variable = '' } = this.#session.references[number] ?? { members: [] };
    const root = own(context, variable);
    const value = members.reduce<unknown>(own, root);
    return this.read(number, value, [root, options]);
  }

  /** A path's value; its default, or what stands for it, when it is not given. */
  read(number: number, value: unknown, rest: unknown[]): unknown {
    if (value !== undefined) return value;
    const reference = this.#session.references[number];
    if (!reference) return undefined;
    const { declaration, members } = reference;
    const options = rest.at(-1) as Options;
    const [root] = rest;
    if (root instanceof Missing) return root;
    const rootGiven = members.length > 0 && rest.length > 1 && root !== undefined;
    const preset = declaration && presetOf(declaration, members, rootGiven);
    if (preset !== undefined) return preset;
    const required = reference.required && (rootGiven || reference.rootRequired);
    return required ? new Missing([nameOf(reference.name, options)]) : undefined;
  }

  show(written: string, value: unknown): string {
    if (value instanceof Missing) return this.#session.notes.show(value, written);
    return asText(value as Given);
  }

  /** The slug a partial's name yields; when there is no such template, one that shows the marker. */
  choose(written: string, value: unknown): unknown {
    const slug = value instanceof Missing ? undefined : asText(value as Given);
    if (slug !== undefined && this.#session.hasPartial(slug)) return slug;
    const missing =
      value instanceof Missing ? value : new Missing([`${written} ${slug ?? ''}`.trim()]);
    return () => this.#session.notes.show(missing, written);
  }

  /** What depends on a value that is not known is shown as if it held, behind the marker. */
  condition(context: unknown, value: unknown, wanted: boolean, options: Options): string {
    if (value instanceof Missing) {
      const { notes } = this.#session;
      if (!notes.lenient) return notes.show(value, '') + options.fn(context);
      return wanted ? options.inverse(context) : options.fn(context);
    }
    const zero = value === 0 && isTrue(options.hash?.['includeZero'] as Given);
    const holds = (zero || isTrue(value as Given)) === wanted;
    return holds ? options.fn(context) : options.inverse(context);
  }

  enter(name: 'each' | 'with', context: unknown, value: unknown, options: Options): string {
    if (value instanceof Missing) {
      return this.#session.notes.lenient ? options.inverse(context) : this.#unknown(value, options);
    }
    const empty = !isTrue(value as Given) && !(name === 'with' && value === 0);
    if (empty) return options.inverse(context);
    if (name === 'each') return this.#each(context, value, options);
    return options.fn(value, { data: options.data, blockParams: [value] });
  }

  /** A block over a value, as in Handlebars: only what is not there, false or an empty list leaves it out. */
  section(
    name: typeof internal.section | typeof internal.absent | typeof internal.lacking,
    context: unknown,
    value: unknown,
    options: Options,
  ): string {
    const { notes } = this.#session;
    if (value instanceof Missing) {
      if (notes.lenient) return options.inverse(context);
      if (name === internal.section) return this.#unknown(value, options);
      return notes.show(value, '') + options.inverse(context);
    }
    if (value === undefined || value === null || value === false) return options.inverse(context);
    if (Array.isArray(value)) return this.#each(context, value, options);
    const inside = value === true || name === internal.lacking ? context : value;
    return options.fn(inside, { data: options.data, blockParams: [value] });
  }

  #unknown(subject: Missing, options: Options): string {
    const { notes } = this.#session;
    const shown = notes.show(subject, '');
    const data = frame(options, '0', 0, true, true);
    return shown + notes.explore(subject, () => options.fn({}, { data, blockParams: [{}, 0] }));
  }

  #each(context: unknown, value: unknown, options: Options): string {
    if (typeof value !== 'object' || value === null) return options.inverse(context);
    const list = Array.isArray(value);
    const keys = Object.keys(value);
    if (keys.length === 0) return options.inverse(context);
    let made = '';
    keys.forEach((key, index) => {
      const element = (value as Record<string, Value>)[key];
      const data = frame(options, key, index, index === 0, index === keys.length - 1);
      made += options.fn(element, { data, blockParams: [element, list ? index : key] });
    });
    return made;
  }
}

function frame(
  options: Options,
  key: string,
  index: number,
  first: boolean,
  last: boolean,
): unknown {
  const around = options.data as Record<string, unknown> | undefined;
  const data = Handlebars.createFrame(around ?? {}) as Record<string, unknown>;
  const before = (around?.[places] as readonly string[] | undefined) ?? [];
  return Object.assign(data, { key, index, first, last, [places]: [...before, key] });
}

function nameOf(parts: readonly NamePart[], options: Options): string {
  const at = ((options.data as Record<string, unknown> | undefined)?.[places] ?? []) as string[];
  return parts.map((part) => (typeof part === 'number' ? (at.at(part) ?? '0') : part)).join('.');
}

/** A member the value itself has; nothing that JavaScript adds. */
function own(value: unknown, name: string): unknown {
  if (value === null || value === undefined) return value;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
