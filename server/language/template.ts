/** One template by itself: its tree, its variables, and every problem that needs no other file to be seen. */
import { otherDialect } from './dialects.ts';
import { bodyStart, findFence } from './fence.ts';
import type { FrontMatter } from './frontMatter.ts';
import { readFrontMatter } from './frontMatter.ts';
import type { Document, PartialOpenTag, PartialTag, Tag } from './nodes.ts';
import type { Tree } from './parser.ts';
import { parse } from './parser.ts';
import type { Problem } from './problems.ts';
import { checkSamples } from './sampleCheck.ts';
import * as say from './say.ts';
import type { Scan } from './scanner.ts';
import { scan } from './scanner.ts';
import type { VariableUse } from './scopes.ts';
import { Scopes } from './scopes.ts';
import { reservedNames } from './helpers.ts';
import type { Settings } from './settings.ts';
import { noSettings } from './settings.ts';
import type { Surroundings, TagFacts } from './tagCheck.ts';
import { checkTag } from './tagCheck.ts';
import type { Declaration } from './values.ts';

export type PartialCall = PartialTag | PartialOpenTag;

export class Template {
  readonly text: string;
  readonly frontMatter: FrontMatter | undefined;
  readonly settings: Settings;
  readonly document: Document;
  readonly scopes: Scopes;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** The tool it belongs to, when it is not one of ours. */
  readonly dialect: string | undefined;
  readonly #scan: Scan;
  readonly #tree: Tree;
  #facts: TagFacts | undefined;

  /** `previous`: an earlier state of the same text, used up by this. */
  static read(text: string, _previous?: Template): Template {
    return new Template(text);
  }

  constructor(text: string) {
    this.text = text;
    this.frontMatter = readFrontMatter(text);
    this.settings = this.frontMatter?.settings ?? noSettings;
    this.dialect = otherDialect(text, this.frontMatter);
    const declared = this.frontMatter?.variables ?? [];
    this.declarations = new Map(declared.map((one) => [one.name, one]));
    this.scopes = new Scopes(declared);
    const { syntax } = this.settings;
    const body = { start: bodyStart(text, findFence(text)), end: text.length };
    this.#scan = scan(text, syntax, body.start);
    this.#tree = parse(this.#scan.tags, () => text.length);
    const { tags } = this.#scan;
    this.document = { text, syntax, body, tags, children: this.#tree.children };
  }

  /** Problems of this file alone, in no order. */
  get problems(): readonly Problem[] {
    if (this.dialect !== undefined) return [this.#foreign(this.dialect)];
    return [
      ...(this.frontMatter?.problems ?? []),
      ...this.#reserved(),
      ...checkSamples(this.frontMatter),
      ...this.#tree.problems,
      ...this.#tagFacts.problems,
    ];
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  /** Uses of variables in the body, in order. */
  get uses(): readonly VariableUse[] {
    return this.#tagFacts.uses;
  }

  get partialCalls(): readonly PartialCall[] {
    return this.document.tags.filter(isPartialCall);
  }

  get #tagFacts(): TagFacts {
    return (this.#facts ??= this.#checkTags());
  }

  #checkTags(): TagFacts {
    const problems: Problem[] = [];
    const uses: VariableUse[] = [];
    const around: Surroundings = { scopes: this.scopes, declarations: this.declarations };
    let convertible = false;
    for (const tag of this.document.tags) {
      const facts = checkTag(tag, around);
      uses.push(...facts.uses);
      for (const problem of facts.problems) {
        if (problem.code !== 'mustache-in-angle' || !convertible) problems.push(problem);
        convertible ||= problem.code === 'mustache-in-angle';
      }
    }
    return { problems, uses };
  }

  #reserved(): Problem[] {
    return [...this.declarations.values()]
      .filter(({ name }) => reservedNames.has(name))
      .map(({ name, nameSpan }) => say.reserved(nameSpan, name));
  }

  #foreign(tool: string): Problem {
    const { start } = this.frontMatter?.span ?? { start: 0 };
    return {
      code: 'other-dialect',
      severity: 'error',
      span: { start, end: Math.min(start + 3, this.text.length) },
      tool,
      message: `This is a ${tool} file, not a template of Prompt Workbench. Leave it to the other extension with the setting “files.associations”, or rewrite it with our keys and tags.`,
    };
  }
}

function isPartialCall(tag: Tag): tag is PartialCall {
  return tag.kind === 'partial' || tag.kind === 'partial-open';
}
