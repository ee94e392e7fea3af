import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  ErrorCodes,
  FileChangeType,
  type FileEvent,
  type InitializeResult,
  ResponseError,
  type ServerCapabilities,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver/node';
import { type Client, clientOf } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { Documents } from './documents.ts';
import { CodeActionFeature } from './features/codeAction.ts';
import { CodeLensFeature } from './features/codeLens.ts';
import { CompletionFeature } from './features/completion.ts';
import { DiagnosticsFeature } from './features/diagnostics.ts';
import { DocumentLinkFeature } from './features/documentLink.ts';
import { DocumentSymbolFeature } from './features/documentSymbol.ts';
import { disposeAll, type Feature } from './features/feature.ts';
import { FileOperationsFeature } from './features/fileOperations.ts';
import { ExchangeFeature } from './features/exchange.ts';
import { FoldingRangeFeature } from './features/foldingRange.ts';
import { FormattingFeature } from './features/formatting.ts';
import { HoverFeature } from './features/hover.ts';
import { InlayHintFeature } from './features/inlayHint.ts';
import { LinkedEditingRangeFeature } from './features/linkedEditingRange.ts';
import { NavigationFeature } from './features/navigation.ts';
import { PushedDiagnosticsFeature } from './features/pushedDiagnostics.ts';
import { RenameFeature } from './features/rename.ts';
import { RenderFeature } from './features/render.ts';
import { SelectionRangeFeature } from './features/selectionRange.ts';
import { SemanticTokensFeature } from './features/semanticTokens.ts';
import { SignatureHelpFeature } from './features/signatureHelp.ts';
import { ValuesFeature } from './features/values.ts';
import { WorkspaceSymbolFeature } from './features/workspaceSymbol.ts';
import { extension, type Files, mayBeFolder } from './files.ts';
import { NamesOfClient } from './knownNames.ts';
import { Preferences } from './preferences.ts';
import { modelTableRequest } from './protocol.ts';
import type { RenderHost } from './renderHost.ts';
import { Safely } from './safely.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';

/** How long changes on disk are gathered, in milliseconds. */
const pause = 100;

export interface Dependencies {
  readonly files: Files;
  /** Disposed of with the server. */
  readonly renderer: RenderHost;
  readonly clock?: Clock;
  /** Of the server, for clients that show it. */
  readonly version?: string;
}

/**
 * Serves one client until the result is disposed of. The caller listens on the connection afterwards. What is asked
 * before `initialize` or after `shutdown` is refused as the protocol has it.
 */
export function startServer(connection: Connection, dependencies: Dependencies): Disposable {
  let server: Server | undefined;
  let isOver = false;
  connection.onInitialize((params) => {
    if (server !== undefined)
      return refusal(ErrorCodes.InvalidRequest, 'It is initialized already.');
    server = new Server(connection, dependencies, clientOf(params));
    return server.initialize();
  });
  connection.onInitialized(() => server?.initialized());
  connection.onShutdown(() => {
    isOver = true;
    server?.dispose();
  });
  // For all that nobody else is registered for.
  connection.onRequest((method) => {
    if (isOver) return refusal(ErrorCodes.InvalidRequest, 'The server was shut down.');
    if (server !== undefined)
      return refusal(ErrorCodes.MethodNotFound, `Unhandled method ${method}`);
    return refusal(ErrorCodes.ServerNotInitialized, 'Send “initialize” first.');
  });
  return { dispose: () => (server ?? dependencies.renderer).dispose() };
}

function refusal(code: number, message: string) {
  return new ResponseError<never>(code, message);
}

class Server implements Disposable {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #version: string | undefined;
  readonly #safely: Safely;
  readonly #index: WorkspaceIndex;
  readonly #documents: Documents;
  readonly #renderer: RenderHost;
  readonly #preferences: Preferences;
  #pushed: PushedDiagnosticsFeature | undefined;
  #registered: Disposable = disposeAll();
  #refreshing: Disposable | undefined;

  constructor(
    connection: Connection,
    { files, renderer, clock = systemClock, version }: Dependencies,
    client: Client,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#renderer = renderer;
    this.#clock = clock;
    this.#version = version;
    this.#safely = new Safely((message) => connection.console.error(message));
    this.#preferences = new Preferences(client, clock, this.#safely);
    const events = {
      changed: () => this.#refresh(),
      failed: (error: unknown) => this.#safely.report('index', error),
      wantsModels: () => this.#askModels(),
    };
    this.#index = new WorkspaceIndex(files, events, client.encoding);
    this.#documents = new Documents((uri) => this.#index.neighboursOf(uri), client.encoding);
  }

  initialize(): InitializeResult {
    const features = this.#features();
    this.#registered = disposeAll(
      // The index learns of an edit before any feature does.
      this.#documents.onChanged((document) => this.#index.opened(document)),
      this.#documents.onClosed((uri) => this.#safely.run('close', () => this.#index.closed(uri))),
      this.#documents.listen(this.#connection),
      this.#changes(),
      ...features.map((feature) => feature.register(this.#connection)),
    );
    const capabilities: ServerCapabilities = {
      positionEncoding: this.#client.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    };
    for (const feature of features) Object.assign(capabilities, feature.capabilities);
    capabilities.workspace = {
      ...capabilities.workspace,
      workspaceFolders: { supported: true, changeNotifications: true },
    };
    return { capabilities, serverInfo: { name: 'Prompt Workbench', version: this.#version } };
  }

  initialized(): void {
    this.#index.setFolders(this.#client.folders);
    if (this.#client.watchesFiles) this.#safely.run('watch', () => this.#watch());
    this.#safely.run('watch', () => this.#preferences.watch(this.#connection));
    setImmediate(() => this.#renderer.warm());
  }

  dispose(): void {
    this.#registered.dispose();
    this.#refreshing?.dispose();
    this.#renderer.dispose();
  }

  async #askModels(): Promise<void> {
    if (!this.#client.modelTable) return;
    try {
      this.#index.setModelTable(await this.#connection.sendRequest(modelTableRequest));
    } catch (error) {
      this.#safely.report('models', error);
    }
  }

  #features(): Feature[] {
    const [client, documents, index] = [this.#client, this.#documents, this.#index];
    const [preferences, safely] = [this.#preferences, this.#safely];
    if (!client.pullDiagnostics) {
      this.#pushed = new PushedDiagnosticsFeature(documents, index, client, this.#clock, safely);
    }
    return [
      this.#pushed ?? new DiagnosticsFeature(documents, index, client, safely),
      new CompletionFeature(documents, index, new NamesOfClient(), client, safely),
      new HoverFeature(documents, index, client, safely),
      new DocumentSymbolFeature(documents, client, safely),
      new FoldingRangeFeature(documents, client, safely),
      new NavigationFeature(documents, index, safely),
      new RenameFeature(documents, index, client, safely),
      new CodeActionFeature(documents, index, client, safely),
      new CodeLensFeature(documents, index, client, safely),
      new DocumentLinkFeature(documents, index, safely),
      new FileOperationsFeature(documents, index, client, safely),
      new FormattingFeature(documents, safely),
      new InlayHintFeature(documents, client, preferences, safely),
      new LinkedEditingRangeFeature(documents, safely),
      new SelectionRangeFeature(documents, safely),
      new SemanticTokensFeature(documents, safely),
      new SignatureHelpFeature(documents, index, client, safely),
      new WorkspaceSymbolFeature(index, safely),
      new ExchangeFeature(documents, index, safely),
      new ValuesFeature(documents, index, safely),
      new RenderFeature(documents, index, this.#renderer, client, safely),
    ];
  }

  /** Files and folders that come and go while the client is connected. */
  #changes(): Disposable {
    const connection = this.#connection;
    const files = connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const change of changes) this.#safely.run('watch', () => this.#changed(change));
    });
    if (!this.#client.folderChanges) return files;
    const folders = connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      const kept = this.#index.folderUris.filter((uri) => !gone.has(uri));
      this.#index.setFolders([...kept, ...added.map(({ uri }) => uri)]);
      this.#refresh();
    });
    return disposeAll(files, folders);
  }

  async #changed({ uri, type }: FileEvent): Promise<void> {
    if (uri.endsWith(extension)) return this.#index.fileChanged(uri);
    // Of a folder that is moved or checked out, many systems tell only that it came or went.
    if (!mayBeFolder(uri)) return undefined;
    if (type === FileChangeType.Created) return this.#index.directoryCame(uri);
    return type === FileChangeType.Deleted ? this.#index.directoryGone(uri) : undefined;
  }

  async #watch(): Promise<void> {
    const { Create, Change, Delete } = WatchKind;
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: `**/*${extension}`, kind: Change },
        { globPattern: '**/*', kind: Create | Delete },
      ],
    });
  }

  /** Templates changed on disk, perhaps many at once: what was said of the open ones may no longer hold. */
  #refresh(): void {
    this.#pushed?.refresh(this.#connection);
    if (this.#pushed !== undefined || !this.#client.refreshDiagnostics) return;
    this.#refreshing ??= this.#clock.after(pause, () => {
      this.#refreshing = undefined;
      this.#safely.run('refresh', () => this.#connection.languages.diagnostics.refresh());
    });
  }
}
