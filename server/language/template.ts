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
import type { Declaration } from './values.ts';

export class Template {
  readonly text: string;
  /** The tool it belongs to, when it is not one of ours. */
  readonly dialect: string | undefined;
  readonly #head: Head;
  readonly #body: Body;
  #problems: readonly Problem[] | undefined;

  /**
   * `previous`: an earlier state of the same text, used up by this. What an edit costs then depends on what it
   * changes, hardly on the size of the text. `replaced`: where the two differ, when that is known.
   */
  static read(text: string, previous?: Template, replaced?: Edit): Template {
    if (!previous) return readWhole(text);
    const edit = replaced
      ? trimmed(replaced, previous.text, text)
      : difference(previous.text, text);
    if (!edit) return previous;
    const kept = outlives(previous.#head, text, edit);
    const head = kept ? previous.#head : readHead(text);
    const start = bodyStart(text, head.frontMatter);
    const { syntax } = head.frontMatter?.settings ?? noSettings;
    const sameBody = beginsAsBefore(previous.document.body.start, start, edit);
    if (syntax !== previous.document.syntax || !sameBody) return readWhole(text);
    return new Template(text, head, previous.#body.edited(text, start, edit, head.surroundings));
  }

  constructor(text: string, head: Head, body: Body) {
    this.text = text;
    this.#head = head;
    this.#body = body;
    this.dialect = otherDialect(text, head.frontMatter);
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

function readWhole(text: string): Template {
  const head = readHead(text);
  const { syntax } = head.frontMatter?.settings ?? noSettings;
  const start = bodyStart(text, head.frontMatter);
  return new Template(text, head, Body.read(text, syntax, start, head.surroundings));
}

function foreign({ text, frontMatter }: Template, tool: string): Problem {
  const { start } = frontMatter?.span ?? { start: 0 };
  return {
    code: 'other-dialect',
    severity: 'error',
    span: { start, end: Math.min(start + 3, text.length) },
    tool,
    message: `This is a ${tool} file, not a template of Prompt Workbench. Leave it to the other extension with the setting “files.associations”, or make a template of it with “Prompt: Import…”.`,
  };
}
