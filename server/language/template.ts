/** One template by itself: its tree, its variables, and every problem that needs no other file to be seen. */
import { Body } from './body.ts';
import { otherDialect } from './dialects.ts';
import { difference, type Edit, trimmed } from './difference.ts';
import { bodyStart } from './fence.ts';
import type { FrontMatter } from './frontMatter.ts';
import type { Head } from './head.ts';
import { outlives, readHead } from './head.ts';
import type { PartialCall } from './ledger.ts';
import type { Document } from './nodes.ts';
import type { Problem } from './problems.ts';
import type { Scopes, VariableUse } from './scopes.ts';
import type { Settings } from './settings.ts';
import { noSettings } from './settings.ts';
import { Source } from './source.ts';
import type { Declaration } from './values.ts';

export class Template {
  readonly source: Source;
  /** The tool it belongs to, when it is not one of ours. */
  readonly dialect: string | undefined;
  readonly #head: Head;
  readonly #body: Body;
  #problems: readonly Problem[] | undefined;

  /**
   * `previous`: an earlier state of the same text, used up by this. What an edit costs then depends on what it
   * changes, hardly on the size of the text. `replaced`: where the two differ, when that is known.
   */
  static read(text: string | Source, previous?: Template, replaced?: Edit): Template {
    const source = typeof text === 'string' ? Source.of(text) : text;
    if (!previous) return readWhole(source);
    const edit = replaced
      ? trimmed(replaced, previous.source, source)
      : difference(previous.text, source.toString());
    if (!edit) return previous;
    const kept = outlives(previous.#head, source, edit);
    const head = kept ? previous.#head : headOf(source);
    const start = bodyStart(source.at(0), head.frontMatter);
    const { syntax } = head.frontMatter?.settings ?? noSettings;
    const sameBody = beginsAsBefore(previous.document.body.start, start, edit);
    if (syntax !== previous.document.syntax || !sameBody) return readWhole(source);
    return new Template(
      source,
      head,
      previous.#body.edited(source, start, edit, head.surroundings),
    );
  }

  constructor(source: Source, head: Head, body: Body) {
    this.source = source;
    this.#head = head;
    this.#body = body;
    this.dialect = otherDialect(source, head.frontMatter);
  }

  get text(): string {
    return this.source.toString();
  }

  get frontMatter(): FrontMatter | undefined {
    return this.#head.frontMatter;
  }

  get settings(): Settings {
    return this.frontMatter?.settings ?? noSettings;
  }

  get document(): Document {
    return this.#body.document;
  }

  get scopes(): Scopes {
    return this.#head.surroundings.scopes;
  }

  get declarations(): ReadonlyMap<string, Declaration> {
    return this.#head.surroundings.declarations;
  }

  /** Problems of this file alone, in no order. */
  get problems(): readonly Problem[] {
    this.#problems ??=
      this.dialect === undefined
        ? [...this.#head.problems, ...this.#body.structureProblems, ...this.#body.ledger.problems]
        : [foreign(this, this.dialect)];
    return this.#problems;
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /** Uses of a variable in the body, in order. */
  usesOf(name: string): readonly VariableUse[] {
    return this.#body.ledger.usesOf(name);
  }

  /** How many uses of a variable there are in the body. */
  countOf(name: string): number {
    return this.#body.ledger.countOf(name);
  }

  /** Names of the partials that the template defines itself, in order. */
  get inlineNames(): readonly string[] {
    return [...new Set(this.#body.ledger.inlines.map(({ name }) => name))];
  }

  /** Declared variables in their order, then others in order of first use. */
  get variableNames(): readonly string[] {
    return [...this.declarations.keys(), ...this.#body.ledger.namesBut(this.declarations)];
  }

  isUsed(name: string): boolean {
    return this.#body.ledger.isUsed(name);
  }

  get partialCalls(): readonly PartialCall[] {
    return this.#body.ledger.calls;
  }
}

/** The body begins at the same character, or within what the edit put in: no old tag is front matter now. */
function beginsAsBefore(before: number, now: number, edit: Edit): boolean {
  if (edit.start >= before) return now === before;
  if (edit.oldEnd <= before) return now === before + edit.newEnd - edit.oldEnd;
  return now <= edit.newEnd;
}

function readWhole(source: Source): Template {
  const head = headOf(source);
  const { syntax } = head.frontMatter?.settings ?? noSettings;
  const start = bodyStart(source.at(0), head.frontMatter);
  return new Template(source, head, Body.read(source, syntax, start, head.surroundings));
}

/** More than most front matter has. */
const enough = 1 << 18;

function headOf(source: Source): Head {
  const head = readHead(source.slice(0, enough));
  const whole = source.length <= enough || head.frontMatter?.closed === true;
  return whole ? head : readHead(source.toString());
}

function foreign({ source, frontMatter }: Template, tool: string): Problem {
  const { start } = frontMatter?.span ?? { start: 0 };
  return {
    code: 'other-dialect',
    severity: 'error',
    span: { start, end: Math.min(start + 3, source.length) },
    tool,
    message: `This is a ${tool} file, not a template of Prompt Workbench. Leave it to the other extension with the setting “files.associations”, or make a template of it with “Prompt: Import…”.`,
  };
}
