/**
 * One document's meaning at one version, computed piece by piece when asked. The features of the language server
 * are built on this and on nothing below it.
 */
import { describe } from './describe.ts';
import { borrowedVariables } from './language/borrowed.ts';
import type { Cursor } from './language/cursor.ts';
import { cursorAt } from './language/cursorAt.ts';
import { type Exported, exportTemplate } from './language/exporter.ts';
import { combined, type Edit } from './language/difference.ts';
import type { FrontMatter } from './language/frontMatter.ts';
import type { Heading } from './language/headings.ts';
import { headingsOf } from './language/headings.ts';
import { checkLinks, Library, reachable } from './language/links.ts';
import type { Block, Document, Expression, Node, Path, Tag } from './language/nodes.ts';
import { blocksAt, branchAt, expressionAt, nodeAt, tagAt } from './language/places.ts';
import { checkModel } from './language/modelCheck.ts';
import type { ModelTable } from './language/modelTable.ts';
import type { Problem } from './language/problems.ts';
import type { RenderInput } from './language/render.ts';
import type { Meaning, Scope } from './language/scopes.ts';
import { Source } from './language/source.ts';
import { Template } from './language/template.ts';
import { checkLastContext, checkSamples } from './language/sampleCheck.ts';
import { sampleContext } from './language/sampleContext.ts';
import { unusedVariables } from './language/unused.ts';
import type { Context } from './language/values.ts';
import type { DescribeResult } from './protocol.ts';
import { fileName, slugOf } from './slug.ts';
import { type Variable, variablesOf } from './variables.ts';

export type { Heading, Variable };

/** What an analysis needs to know of the other templates of its workspace folder. */
export interface Neighbours {
  /** The source text of the template with this slug; `undefined` when there is none. */
  partial(slug: string): string | undefined;
  /** Every slug there is, for did-you-mean, completion and partials named by an expression. */
  slugs(): readonly string[];
  /** URIs of other templates that have the same slug. */
  rivals(slug: string, uri: string): readonly string[];
  /** The values of the template's last run, without sensitive ones. */
  lastContext?(uri: string): Context | undefined;
  /** What is known of models; `undefined`: nothing, or nothing yet. Asked for only by templates that name one. */
  modelTable?(): ModelTable | undefined;
  /** The name of the workspace folder, for `@workspace`. */
  readonly workspace?: string;
  /** Changes whenever an answer of the above may have changed. */
  readonly generation: number;
}

export interface Analysis {
  readonly uri: string;
  readonly version: number;
  /** Put together when asked for: whoever needs a part of it asks `source`. */
  readonly text: string;
  readonly source: Source;
  readonly document: Document;
  /** `undefined`: the file begins without `---`. */
  readonly frontMatter: FrontMatter | undefined;
  /** Names of the partials that the template defines itself. */
  readonly inlinePartials: readonly string[];
  /** In order of position. Asks the neighbours; kept until their generation changes. */
  readonly problems: readonly Problem[];
  readonly hasErrors: boolean;
  /** Declared ones in their order, then others in order of first use. */
  readonly variables: readonly Variable[];
  readonly headings: readonly Heading[];
  /** The slug the front matter or else the file name gives. */
  readonly slug: string;

  /** The tag that contains the offset (start and end included; the one to the right wins). */
  tagAt(offset: number): Tag | undefined;
  /** The innermost expression at the offset: a path, a literal or a call. */
  expressionAt(offset: number): Expression | undefined;
  /** The innermost block or tag that contains the offset. */
  nodeAt(offset: number): Node | undefined;
  /** Enclosing blocks, innermost first. */
  blocksAt(offset: number): readonly Block[];
  /** What is being typed there. */
  cursorAt(offset: number): Cursor;
  scopeAt(offset: number): Scope;
  /** What a path of this document stands for. */
  meaningOf(path: Path): Meaning;
  describe(): DescribeResult;
  /** The tool the file belongs to, when it is none of ours. */
  readonly dialect: string | undefined;
  /** Those of the last run, when they are known. */
  readonly lastContext: Context | undefined;
  /** For systems that know only `{{variable_name}}`. */
  exported(): Exported;
  /** Made-up values for everything the template needs. */
  sampleContext(): Context;
  /** What a render of it needs, for `RenderHost.render`. */
  renderInput(context: Context, now?: Date): RenderInput;
}

/** A document's text as the editor or the disk has it. */
export interface State {
  readonly uri: string;
  readonly version: number;
  readonly text: string | Source;
  /** What was replaced since the text of the analysis before it, when that is known. */
  readonly edit?: Edit;
}

/**
 * The analysis of a document. `previous` is the one of an earlier version of the same document, which is used up:
 * what the edit left alone is taken over from it.
 */
export function analyse(state: State, neighbours: Neighbours, previous?: Analysis): Analysis {
  const before = previous instanceof LazyAnalysis ? previous : undefined;
  return new LazyAnalysis(state, neighbours, before);
}

/** Since the text of the template that is there, which may be one before the analysis before. */
function since(earlier: Edit | undefined, edit: Edit | undefined): Edit | undefined {
  return earlier && edit && combined(earlier, edit);
}

class LazyAnalysis implements Analysis {
  readonly uri: string;
  readonly version: number;
  readonly source: Source;
  readonly #neighbours: Neighbours;
  readonly #library: Library;
  #before: Template | undefined;
  /** Since the text of `#before`, when it is known. */
  readonly #edit: Edit | undefined;
  #template: Template | undefined;
  #slug: string | undefined;
  #headings: readonly Heading[] | undefined;
  #linked: { readonly generation: number; readonly problems: readonly Problem[] } | undefined;

  constructor(
    { edit, uri, version, text }: State,
    neighbours: Neighbours,
    previous?: LazyAnalysis,
  ) {
    this.uri = uri;
    this.version = version;
    this.source = typeof text === 'string' ? Source.of(text) : text;
    this.#neighbours = neighbours;
    this.#library = previous ? previous.#library : new Library(neighbours);
    this.#before = previous && (previous.#template ?? previous.#before);
    this.#edit = !previous || previous.#template ? edit : since(previous.#edit, edit);
  }

  get #own(): Template {
    this.#template ??= Template.read(this.source, this.#before, this.#edit);
    this.#before = undefined;
    return this.#template;
  }

  get text(): string {
    return this.source.toString();
  }

  get document(): Document {
    return this.#own.document;
  }

  get frontMatter(): FrontMatter | undefined {
    return this.#own.frontMatter;
  }

  get slug(): string {
    return (this.#slug ??= this.#own.settings.slug ?? slugOf(this.uri));
  }

  get problems(): readonly Problem[] {
    const { generation } = this.#neighbours;
    if (this.#linked?.generation !== generation) {
      this.#linked = { generation, problems: this.#allProblems() };
    }
    return this.#linked.problems;
  }

  #allProblems(): readonly Problem[] {
    const own = this.#own;
    if (own.dialect !== undefined) return own.problems;
    return [
      ...own.problems,
      ...checkLinks(own, this.slug, this.#library),
      ...unusedVariables(own, this.#library),
      ...checkSamples(own, this.#library),
      ...checkLastContext(own, this.lastContext ?? {}),
      ...this.#modelProblems(),
      ...this.#rivalProblems(),
    ].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  #modelProblems(): Problem[] {
    const { document, frontMatter } = this;
    if (frontMatter?.settings.model === undefined) return [];
    const table = this.#neighbours.modelTable?.();
    return table ? checkModel(frontMatter, this.source.length - document.body.start, table) : [];
  }

  #rivalProblems(): Problem[] {
    const { slug } = this;
    const others = this.#neighbours.rivals(slug, this.uri);
    if (others.length === 0) return [];
    const written = this.frontMatter?.entries.find(({ key }) => key === 'slug');
    const span = written?.valueSpan ?? { start: 0, end: Math.min(3, this.source.length) };
    const message = `The slug “${slug}” is also that of ${others.join(', ')}. Give one of them another “slug”.`;
    return [{ code: 'duplicate-slug', severity: 'error', span, name: slug, others, message }];
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  get variables(): readonly Variable[] {
    return variablesOf(this.#own);
  }

  get inlinePartials(): readonly string[] {
    return this.#own.inlineNames;
  }

  get headings(): readonly Heading[] {
    return (this.#headings ??= headingsOf(this.document));
  }

  tagAt(offset: number): Tag | undefined {
    return tagAt(this.document, offset);
  }

  expressionAt(offset: number): Expression | undefined {
    return expressionAt(this.document, offset);
  }

  nodeAt(offset: number): Node | undefined {
    return nodeAt(this.document, offset);
  }

  blocksAt(offset: number): readonly Block[] {
    return blocksAt(this.document, offset);
  }

  cursorAt(offset: number): Cursor {
    return cursorAt(this.#own, offset);
  }

  scopeAt(offset: number): Scope {
    const tag = this.tagAt(offset);
    const inside = tag && tag.start < offset && offset < tag.end;
    return this.#own.scopes.in(inside ? tag.parent : branchAt(this.document, offset));
  }

  meaningOf(path: Path): Meaning {
    return this.#own.scopes.meaning(path, this.scopeAt(path.start));
  }

  describe(): DescribeResult {
    return describe(this, borrowedVariables(this.#own, this.#library));
  }

  get dialect(): string | undefined {
    return this.#own.dialect;
  }

  get lastContext(): Context | undefined {
    return this.#neighbours.lastContext?.(this.uri);
  }

  exported(): Exported {
    return exportTemplate(this.#own, this.slug);
  }

  sampleContext(): Context {
    return sampleContext(this.#own, this.#library);
  }

  renderInput(context: Context, now = new Date()): RenderInput {
    const partials = [...reachable(this.#own, this.#library)];
    return {
      text: this.text,
      partials: Object.fromEntries(partials.map(([slug, { text }]) => [slug, text])),
      context,
      data: {
        timestamp: now.toISOString(),
        date: now.toISOString().slice(0, 10),
        workspace: this.#neighbours.workspace ?? '',
        app_name: 'Prompt Workbench',
        file: fileName(this.uri),
      },
    };
  }
}
