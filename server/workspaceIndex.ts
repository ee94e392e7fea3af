import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyse, type Neighbours } from './analysis.ts';
import { type Files, isOwn, isWithin, keyOf } from './files.ts';
import { FolderIndex, type TemplateFile } from './folderIndex.ts';
import type { ModelTable } from './language/modelTable.ts';
import type { Context } from './language/values.ts';
import { LiveDocument } from './liveDocument.ts';
import type { PositionEncoding } from './positionEncoding.ts';
import { languageId } from './protocol.ts';

/** A template as it is on disk. */
class DiskFile implements TemplateFile {
  readonly uri: string;
  readonly text: string;
  readonly #neighbours: Neighbours;
  readonly #encoding: PositionEncoding;
  #textDocument: TextDocument | undefined;
  #analysis: Analysis | undefined;

  constructor(uri: string, text: string, neighbours: Neighbours, encoding: PositionEncoding) {
    this.uri = uri;
    this.text = text;
    this.#neighbours = neighbours;
    this.#encoding = encoding;
  }

  get textDocument(): TextDocument {
    const { uri, text } = this;
    return (this.#textDocument ??= new LiveDocument(uri, languageId, 0, text, this.#encoding));
  }

  get analysis(): Analysis {
    const { uri, text } = this;
    return (this.#analysis ??= analyse({ uri, version: 0, text }, this.#neighbours));
  }
}

export interface IndexEvents {
  /** Templates came, went or changed on disk. */
  changed(): void;
  /** What is known of models is needed, and not there. Resolves when the client has told, or will not. */
  wantsModels?(): Promise<void>;
  /** Work that nobody waits for failed. */
  failed(error: unknown): void;
}

/**
 * The templates of every workspace folder by slug, for partials and whatever else crosses files. A folder is scanned
 * once; afterwards open documents and file events keep it true. Open documents hide what is on disk. A template among
 * packages, build results or hidden folders sees the others, but they do not see it.
 */
export class WorkspaceIndex {
  readonly #files: Files;
  readonly #events: IndexEvents;
  readonly #encoding: PositionEncoding;
  readonly #loose = new FolderIndex(undefined);
  readonly #open = new Set<string>();
  /** The last read of each file that is under way: the reads of one file happen one after the other. */
  readonly #reads = new Map<string, Promise<void>>();
  readonly #contexts = new Map<string, Context>();
  #models: ModelTable | undefined;
  #asked: Promise<void> | undefined;
  /** How often the client has told something that problems depend on. */
  #tellings = 0;
  #folders: { readonly index: FolderIndex; readonly scanned: Promise<void> }[] = [];

  constructor(files: Files, events: IndexEvents, encoding: PositionEncoding = 'utf-16') {
    this.#files = files;
    this.#events = events;
    this.#encoding = encoding;
  }

  /** Takes the place of the folders there were; those that stay are not scanned again. */
  setFolders(uris: readonly string[]): void {
    const before = this.#folders;
    this.#folders = [...new Set(uris)].map(
      (uri) =>
        before.find(({ index }) => index.uri === uri) ?? this.#scanning(new FolderIndex(uri)),
    );
    const all = [this.#loose, ...before.map(({ index }) => index)];
    for (const index of all) {
      for (const template of index.all()) this.#move(template, index);
    }
  }

  get folderUris(): string[] {
    return this.#folders.flatMap(({ index }) => index.uri ?? []);
  }

  /** The innermost workspace folder the template lies in. An unsaved one belongs to the only folder there is. */
  folderOf(uri: string): FolderIndex {
    const holding = this.#folders.filter(({ index }) => isWithin(index.uri ?? '', uri));
    const [first, ...others] = holding.length > 0 ? holding : this.#unsavedIn(uri);
    const deeper = (a: FolderIndex, { index }: { index: FolderIndex }) =>
      (index.uri?.length ?? 0) > (a.uri?.length ?? 0) ? index : a;
    return first === undefined ? this.#loose : others.reduce(deeper, first.index);
  }

  neighboursOf(uri: string): Neighbours {
    // Asked anew each time: the folders may change while a document is open.
    const folder = () => this.folderOf(uri);
    const now = () => folder().neighboursOf(uri);
    const tellings = () => this.#tellings;
    return {
      partial: (slug) => now().partial(slug),
      slugs: () => now().slugs(),
      rivals: (slug, self) => (this.#counts(folder(), uri) ? now().rivals(slug, self) : []),
      lastContext: (self) => this.#contexts.get(keyOf(self)),
      modelTable: () => this.modelTable(),
      get generation() {
        return now().generation + tellings();
      },
    };
  }

  /** The values of the template's last run; `undefined`: they are gone. */
  setLastContext(uri: string, context: Context | undefined): void {
    if (context === undefined) this.#contexts.delete(keyOf(uri));
    else this.#contexts.set(keyOf(uri), context);
    this.#told();
  }

  /** `undefined` until the client has told; the first who asks makes that it is asked. */
  modelTable(): ModelTable | undefined {
    void this.modelTableTold();
    return this.#models;
  }

  /** Resolves when the client has told what it knows of models, or will not. Never rejects. */
  async modelTableTold(): Promise<void> {
    if (this.#models !== undefined) return;
    this.#asked ??= this.#events.wantsModels?.();
    await this.#asked;
  }

  setModelTable(models: ModelTable): void {
    this.#models = models;
    this.#told();
  }

  #told(): void {
    this.#tellings++;
    this.#events.changed();
  }

  /** Resolves when the template's folder was scanned. */
  async scanned(uri: string): Promise<void> {
    const index = this.folderOf(uri);
    await this.#folders.find((folder) => folder.index === index)?.scanned;
  }

  async allScanned(): Promise<void> {
    await Promise.all(this.#folders.map(({ scanned }) => scanned));
  }

  /** Every template of every folder. */
  *all(): Iterable<TemplateFile> {
    yield* this.#loose.all();
    for (const { index } of this.#folders) yield* index.all();
  }

  /** An open document has this content now. */
  opened(template: TemplateFile): void {
    const { uri } = template;
    this.#open.add(keyOf(uri));
    const folder = this.folderOf(uri);
    if (this.#counts(folder, uri)) folder.put(template);
  }

  /** The document is no longer open: what is on disk counts again. */
  async closed(uri: string): Promise<void> {
    this.#open.delete(keyOf(uri));
    await this.fileChanged(uri);
  }

  /** The file came, went or changed on disk. */
  async fileChanged(uri: string): Promise<void> {
    const folder = this.folderOf(uri);
    const before = folder.get(uri);
    if (this.#counts(folder, uri)) await this.#read(folder, uri);
    if (folder.get(uri) !== before) this.#events.changed();
  }

  /** A folder came, perhaps with templates in it: a system may say nothing of what lies in it. */
  async directoryCame(uri: string): Promise<void> {
    for await (const template of this.#files.templates(uri)) await this.fileChanged(template);
  }

  /** A folder went with all that was in it. What is open stays. */
  async directoryGone(uri: string): Promise<void> {
    const gone = [...this.all()].filter((template) => isWithin(uri, template.uri));
    for (const template of gone) await this.fileChanged(template.uri);
  }

  /** The template, open or on disk; `undefined` when there is none within the workspace folders. */
  async load(uri: string): Promise<TemplateFile | undefined> {
    await this.scanned(uri);
    const folder = this.folderOf(uri);
    if (!this.#counts(folder, uri)) {
      const text = folder.uri && (await this.#textOf(folder.uri, uri));
      return text === undefined ? undefined : this.#diskFile(uri, text);
    }
    if (!this.#open.has(keyOf(uri))) await this.#read(folder, uri);
    return folder.get(uri);
  }

  /** Whether others of its folder see the template. */
  #counts(folder: FolderIndex, uri: string): boolean {
    if (uri.startsWith('untitled:')) return false;
    return folder.uri === undefined || isOwn(folder.uri, uri);
  }

  #unsavedIn(uri: string) {
    return uri.startsWith('untitled:') && this.#folders.length === 1 ? this.#folders : [];
  }

  #scanning(index: FolderIndex) {
    return { index, scanned: this.#scan(index).catch((error) => this.#events.failed(error)) };
  }

  async #scan(index: FolderIndex): Promise<void> {
    if (index.uri === undefined) return;
    for await (const uri of this.#files.templates(index.uri)) {
      if (this.folderOf(uri) !== index) continue;
      await this.#read(index, uri);
      // Read it while nobody waits: every question about slugs needs it of all templates.
      void index.get(uri)?.analysis.slug;
    }
    this.#events.changed();
  }

  async #read(index: FolderIndex, uri: string): Promise<void> {
    const key = keyOf(uri);
    const before = this.#reads.get(key) ?? Promise.resolve();
    const read = before.catch(() => undefined).then(() => this.#readNow(index, uri));
    this.#reads.set(key, read);
    try {
      await read;
    } finally {
      if (this.#reads.get(key) === read) this.#reads.delete(key);
    }
  }

  async #readNow(index: FolderIndex, uri: string): Promise<void> {
    const text = index.uri === undefined ? undefined : await this.#textOf(index.uri, uri);
    if (this.#open.has(keyOf(uri))) return;
    if (text === undefined) index.remove(uri);
    else if (index.get(uri)?.text !== text) index.put(this.#diskFile(uri, text));
  }

  #diskFile(uri: string, text: string): DiskFile {
    return new DiskFile(uri, text, this.neighboursOf(uri), this.#encoding);
  }

  /** Without a byte-order mark, as editors count characters. */
  async #textOf(folder: string, uri: string): Promise<string | undefined> {
    return (await this.#files.read(folder, uri))?.replace(/^\uFEFF/, '');
  }

  /** After the folders changed: a template that is open goes where it belongs now, the others are read anew. */
  #move(template: TemplateFile, from: FolderIndex): void {
    const to = this.folderOf(template.uri);
    if (to === from) return;
    from.remove(template.uri);
    if (!this.#counts(to, template.uri)) return;
    if (this.#open.has(keyOf(template.uri))) to.put(template);
    else if (to.uri !== undefined) {
      this.fileChanged(template.uri).catch((error) => this.#events.failed(error));
    }
  }
}
