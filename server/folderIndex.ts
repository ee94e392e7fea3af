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
  #bySlug: Map<string, TemplateFile[]> | undefined;

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
      slugs: () => [...this.#slugs().keys()],
      rivals: (slug) =>
        (this.#slugs().get(slug) ?? []).map((rival) => rival.uri).filter((u) => keyOf(u) !== key),
      get generation() {
        return generation();
      },
    };
  }

  #changed(uri: string): void {
    const key = keyOf(uri);
    this.#changes++;
    this.#changesOf.set(key, (this.#changesOf.get(key) ?? 0) + 1);
    this.#bySlug = undefined;
  }

  /** Of templates with the same slug the first by URI comes first, so that the answer does not depend on the scan. */
  #slugs(): Map<string, TemplateFile[]> {
    if (this.#bySlug !== undefined) return this.#bySlug;
    const bySlug = new Map<string, TemplateFile[]>();
    for (const template of [...this.#templates.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1))) {
      const same = bySlug.get(template.analysis.slug);
      if (same === undefined) bySlug.set(template.analysis.slug, [template]);
      else same.push(template);
    }
    this.#bySlug = bySlug;
    return bySlug;
  }
}
