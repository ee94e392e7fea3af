import {
  type Connection,
  type Disposable,
  Emitter,
  ErrorCodes,
  type Event,
  ResponseError,
  TextDocumentContentChangeEvent,
  TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyse, type Neighbours } from './analysis.ts';
import type { TemplateFile } from './folderIndex.ts';
import { combined, type Edit } from './language/difference.ts';
import { LiveDocument } from './liveDocument.ts';
import type { PositionEncoding } from './positionEncoding.ts';

let revisions = 0;

/** A template open in the editor: its text with lines, and its meaning. */
export class OpenDocument implements TemplateFile {
  readonly uri: string;
  readonly #neighbours: Neighbours;
  readonly #textDocument: LiveDocument;
  #analysis: Analysis | undefined;
  #previous: Analysis | undefined;
  /** What was replaced since the text of `#previous`; `undefined`: nothing. */
  #edit: Edit | 'unknown' | undefined;
  #revision = ++revisions;

  constructor(textDocument: LiveDocument, neighbours: Neighbours) {
    this.uri = textDocument.uri;
    this.#textDocument = textDocument;
    this.#neighbours = neighbours;
  }

  /** Another after every change, whatever the client does with its versions. */
  get revision(): number {
    return this.#revision;
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
      const { uri, version } = this;
      const { source } = this.#textDocument;
      const edit = this.#edit === 'unknown' ? undefined : this.#edit;
      const state = { uri, version, text: source, ...(edit && { edit }) };
      this.#analysis = analyse(state, this.#neighbours, this.#previous);
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
    this.#revision = ++revisions;
    for (const change of changes) {
      this.#edit = after(this.#edit, this.#take(change, version));
    }
    return this;
  }

  /** A text that comes whole does not say what it changes. */
  #take(change: TextDocumentContentChangeEvent, version: number): Edit | 'unknown' {
    checkString('text', change.text);
    if (TextDocumentContentChangeEvent.isIncremental(change)) {
      return this.#textDocument.replace(change.range, change.text, version);
    }
    this.#textDocument.replaceAll(change.text, version);
    return 'unknown';
  }
}

/** @throws `InvalidParams` for what a client must not send */
function checkString(what: 'text' | 'uri', value: unknown): void {
  if (typeof value === 'string') return;
  throw new ResponseError(
    ErrorCodes.InvalidParams,
    `The “${what}” of a document must be a string.`,
  );
}

function after(earlier: Edit | 'unknown' | undefined, edit: Edit | 'unknown'): Edit | 'unknown' {
  if (earlier === undefined) return edit;
  return earlier === 'unknown' || edit === 'unknown' ? 'unknown' : combined(earlier, edit);
}

/** The documents the editor has open, kept in step by incremental changes. */
export class Documents {
  readonly #open: TextDocuments<OpenDocument>;
  readonly #changed = new Emitter<OpenDocument>();
  readonly #closed = new Emitter<string>();

  constructor(neighboursOf: (uri: string) => Neighbours, encoding: PositionEncoding) {
    this.#open = new TextDocuments({
      create: (uri, languageId, version, content) => {
        checkString('text', content);
        const live = new LiveDocument(uri, languageId, version, content, encoding);
        return new OpenDocument(live, neighboursOf(uri));
      },
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
    checkString('uri', uri);
    return this.#open.get(uri);
  }

  all(): readonly OpenDocument[] {
    return this.#open.all();
  }

  listen(connection: Connection): Disposable {
    return this.#open.listen(connection);
  }
}
