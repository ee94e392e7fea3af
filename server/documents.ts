import {
  type Connection,
  type Disposable,
  Emitter,
  type Event,
  TextDocumentContentChangeEvent,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyse, type Neighbours } from './analysis.ts';
import type { TemplateFile } from './folderIndex.ts';
import { combined, type Edit } from './language/difference.ts';

let sessions = 0;

/** A template open in the editor: its text with lines, and its meaning. */
export class OpenDocument implements TemplateFile {
  readonly uri: string;
  /** Another each time a document is opened: versions begin anew then. */
  readonly session = ++sessions;
  readonly #neighbours: Neighbours;
  #textDocument: TextDocument;
  #analysis: Analysis | undefined;
  #previous: Analysis | undefined;
  /** What was replaced since the text of `#previous`; `undefined`: nothing. */
  #edit: Edit | 'unknown' | undefined;

  constructor(textDocument: TextDocument, neighbours: Neighbours) {
    this.uri = textDocument.uri;
    this.#textDocument = textDocument;
    this.#neighbours = neighbours;
  }

  get version(): number {
    return this.#textDocument.version;
  }

  get text(): string {
    return this.#textDocument.getText();
  }

  get textDocument(): TextDocument {
    return this.#textDocument;
  }

  /** Of the text as it is now; made when first asked for, from the one before it. */
  get analysis(): Analysis {
    if (this.#analysis === undefined) {
      const { uri, version, text } = this;
      const known = this.#edit === 'unknown' ? undefined : this.#edit;
      const source = { uri, version, text, ...(known && { edit: known }) };
      this.#analysis = analyse(source, this.#neighbours, this.#previous);
      this.#previous = undefined;
    }
    return this.#analysis;
  }

  update(changes: TextDocumentContentChangeEvent[], version: number): this {
    if (this.#analysis !== undefined) {
      this.#previous = this.#analysis;
      this.#analysis = undefined;
      this.#edit = undefined;
    }
    for (const change of changes) {
      this.#edit = after(this.#edit, editOf(change, this.#textDocument));
      this.#textDocument = TextDocument.update(this.#textDocument, [change], version);
    }
    return this;
  }
}

function after(earlier: Edit | 'unknown' | undefined, edit: Edit | 'unknown'): Edit | 'unknown' {
  if (earlier === undefined) return edit;
  return earlier === 'unknown' || edit === 'unknown' ? 'unknown' : combined(earlier, edit);
}

/** A text that comes whole does not say what it changes. */
function editOf(change: TextDocumentContentChangeEvent, before: TextDocument): Edit | 'unknown' {
  if (!TextDocumentContentChangeEvent.isIncremental(change)) return 'unknown';
  const ends = [before.offsetAt(change.range.start), before.offsetAt(change.range.end)];
  const [start, oldEnd] = [Math.min(...ends), Math.max(...ends)];
  return { start, oldEnd, newEnd: start + change.text.length };
}

/** The documents the editor has open, kept in step by incremental changes. */
export class Documents {
  readonly #open: TextDocuments<OpenDocument>;
  readonly #changed = new Emitter<OpenDocument>();
  readonly #closed = new Emitter<string>();

  constructor(neighboursOf: (uri: string) => Neighbours) {
    this.#open = new TextDocuments({
      create: (uri, languageId, version, content) =>
        new OpenDocument(TextDocument.create(uri, languageId, version, content), neighboursOf(uri)),
      update: (document: OpenDocument, changes, version) => document.update(changes, version),
    });
    this.#open.onDidChangeContent(({ document }) => this.#changed.fire(document));
    this.#open.onDidClose(({ document }) => this.#closed.fire(document.uri));
  }

  /** A document was opened or its text changed. */
  get onChanged(): Event<OpenDocument> {
    return this.#changed.event;
  }

  /** Its URI. */
  get onClosed(): Event<string> {
    return this.#closed.event;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  all(): readonly OpenDocument[] {
    return this.#open.all();
  }

  listen(connection: Connection): Disposable {
    return this.#open.listen(connection);
  }
}
