import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  FileChangeType,
  type FileEvent,
  FoldingRangeRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  type ProtocolRequestType,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  type RequestParam,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { RenderHost, workerBeside } from '../../server/renderHost.ts';
import { startServer } from '../../server/server.ts';
import { FakeClock } from './fakeClock.ts';
import { root } from './paths.ts';
import { InMemoryFiles } from './inMemoryFiles.ts';

export const folder = 'file:///work';
export const uri = `${folder}/letter.prompt`;

/** What VS Code announces, as far as this server looks at it. */
export const modernEditor: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    completion: { completionItem: { snippetSupport: true, labelDetailsSupport: true } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    diagnostic: {},
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true },
    rename: { prepareSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor'] } },
    },
  },
};

export interface ServerOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[] | null;
  readonly initializationOptions?: unknown;
  /** Template files by URI. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The real language server between two in-memory streams, and the editor's end of the line. */
export class LanguageServer {
  readonly files: InMemoryFiles;
  readonly clock = new FakeClock();
  readonly logged: string[] = [];
  readonly registered: string[] = [];
  /** How often the server asked to be asked for diagnostics again. */
  refreshes = 0;
  initialized!: InitializeResult;
  readonly #client: ProtocolConnection;
  readonly #stop: () => void;
  #onPublished: ((params: PublishDiagnosticsParams) => void) | undefined;

  private constructor(files: InMemoryFiles) {
    this.files = files;
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const server = createConnection(
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    );
    const renderer = new RenderHost(workerBeside(join(root, 'server/main.ts')));
    const stop = startServer(server, { files, renderer, clock: this.clock });
    server.listen();
    this.#client = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.#stop = () => {
      stop.dispose();
      this.#client.dispose();
      server.dispose();
    };
    this.#listen();
  }

  static async start(options: ServerOptions = {}): Promise<LanguageServer> {
    const {
      capabilities = modernEditor,
      folders = [folder],
      files,
      initializationOptions,
    } = options;
    const server = new LanguageServer(new InMemoryFiles(files));
    server.initialized = await server.#client.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri })) ?? null,
    });
    await server.#client.sendNotification(InitializedNotification.type, {});
    return server;
  }

  get connection(): ProtocolConnection {
    return this.#client;
  }

  async open(text: string, at = uri): Promise<void> {
    await this.#client.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: at, languageId: 'prompt-template', version: 1, text },
    });
  }

  /** Without a range the whole text is replaced. */
  async change(version: number, text: string, range?: Range, at = uri): Promise<void> {
    await this.#client.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: at, version },
      contentChanges: [range === undefined ? { text } : { range, text }],
    });
  }

  async close(at = uri): Promise<void> {
    await this.#client.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: at },
    });
  }

  async ask<P, R, PR, E, RO>(
    type: ProtocolRequestType<P, R, PR, E, RO>,
    params: RequestParam<P>,
  ): Promise<R> {
    return this.#client.sendRequest(type, params);
  }

  /** The files on disk changed, and the server is told. */
  async filesChanged(...uris: readonly string[]): Promise<void> {
    const changes: FileEvent[] = uris.map((at) => ({ uri: at, type: FileChangeType.Changed }));
    await this.#client.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    await this.settled();
  }

  /** Files or folders came to or went from the disk, and the server is told of just these. */
  async cameAndWent(came: readonly string[], went: readonly string[] = []): Promise<void> {
    const of = (type: FileChangeType) => (at: string) => ({ uri: at, type });
    const changes = [
      ...came.map(of(FileChangeType.Created)),
      ...went.map(of(FileChangeType.Deleted)),
    ];
    await this.#client.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    await this.settled();
  }

  /** The next diagnostics that are pushed after the author paused. */
  async pushed(at = uri): Promise<PublishDiagnosticsParams> {
    await this.settled();
    const next = this.nextPushed(at);
    this.clock.advance(100);
    return next;
  }

  /** The next diagnostics that are pushed for the document. */
  nextPushed(at = uri): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve) => {
      this.#onPublished = (params) => {
        if (params.uri === at) resolve(params);
      };
    });
  }

  /** All that was sent so far has been handled: the server answers in order. */
  async settled(): Promise<void> {
    const textDocument = { uri: 'memory:none' };
    await this.#client.sendRequest(FoldingRangeRequest.type, { textDocument });
  }

  stop(): void {
    this.#stop();
  }

  #listen(): void {
    this.#client.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.#onPublished?.(params);
    });
    this.#client.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    this.#client.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registered.push(...registrations.map(({ method }) => method));
    });
    this.#client.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      return null;
    });
    this.#client.listen();
  }
}
