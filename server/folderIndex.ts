import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis, Neighbours } from './analysis.ts';
import { keyOf } from './files.ts';

/** A template, open in the editor or on disk. */
export interface TemplateFile {
  readonly uri: string;
  readonly text: string;
  /** The same text with lines. */
  readonly textDocument: TextDocument;
  /** Made when first asked for. */
  readonly analysis: Analysis;
}

/** Every template of one workspace folder: those on disk, and instead of them those open in the editor. */
export class FolderIndex {
  /** `undefined` for templates that lie in no workspace folder; they know each other only while open. */
  readonly uri: string | undefined;
  readonly #templates = new Map<string, TemplateFile>();
  readonly #changesOf = new Map<string, number>();
  #changes = 0;
  readonly #bySlug = new Map<string, readonly TemplateFile[]>();
  /** Under which slug each template is in `#bySlug`, by key. */
  readonly #listed = new Map<string, { readonly slug: string; readonly template: TemplateFile }>();
  /** Keys of the templates that may have another slug now. */
  readonly #stale = new Set<string>();
  #sorted: readonly string[] | undefined;

  constructor(uri: string | undefined) {
    this.uri = uri;
  }

  get(uri: string): TemplateFile | undefined {
    return this.#templates.get(keyOf(uri));
  }

  all(): Iterable<TemplateFile> {
    return this.#templates.values();
  }

  /** The template that `<<> slug>>` means. */
  bySlug(slug: string): TemplateFile | undefined {
    return this.#slugs().get(slug)?.[0];
  }

  put(template: TemplateFile): void {
    this.#templates.set(keyOf(template.uri), template);
    this.#changed(template.uri);
  }

  remove(uri: string): void {
    if (this.#templates.delete(keyOf(uri))) this.#changed(uri);
  }

  /** The others as one template sees them: its own edits do not count as changes of its neighbours. */
  neighboursOf(uri: string): Neighbours {
    const key = keyOf(uri);
    const generation = () => this.#changes - (this.#changesOf.get(key) ?? 0);
    return {
      partial: (slug) => this.bySlug(slug)?.text,
      slugs: () => this.#allSlugs(),
      rivals: (slug) =>
        (this.#slugs().get(slug) ?? []).map((rival) => rival.uri).filter((u) => keyOf(u) !== key),
      get generation() {
        return generation();
      },
    };
  }

  #allSlugs(): readonly string[] {
    const bySlug = this.#slugs();
    return (this.#sorted ??= [...bySlug.keys()].sort());
  }

  #changed(uri: string): void {
    const key = keyOf(uri);
    this.#changes++;
    this.#changesOf.set(key, (this.#changesOf.get(key) ?? 0) + 1);
    this.#stale.add(key);
  }

  /** Those of each slug. One that was edited costs one look at its slug, however many others there are. */
  #slugs(): ReadonlyMap<string, readonly TemplateFile[]> {
    for (const key of this.#stale) this.#list(key);
    this.#stale.clear();
    return this.#bySlug;
  }

  #list(key: string): void {
    const template = this.#templates.get(key);
    const slug = template?.analysis.slug;
    const before = this.#listed.get(key);
    if (before !== undefined && before.template === template && before.slug === slug) return;
    if (before !== undefined) this.#relist(before.slug, ({ uri }) => keyOf(uri) !== key);
    if (template === undefined || slug === undefined) {
      this.#listed.delete(key);
    } else {
      this.#relist(slug, () => true, template);
      this.#listed.set(key, { slug, template });
    }
  }

  /** Of templates with the same slug the first by URI comes first, so that the answer does not depend on the scan. */
  #relist(slug: string, stays: (template: TemplateFile) => boolean, ...more: TemplateFile[]): void {
    const kept = (this.#bySlug.get(slug) ?? []).filter(stays);
    const all = [...kept, ...more].sort((a, b) => (a.uri < b.uri ? -1 : 1));
    if (all.length === 0) this.#bySlug.delete(slug);
    else this.#bySlug.set(slug, all);
    this.#sorted = undefined;
  }
}
