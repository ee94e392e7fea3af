import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/** How a language server is started and what it is asked about. */
export interface ServerCommand {
  readonly name: string;
  readonly script: string;
  readonly languageId: string;
  /** Of the document that is asked about. */
  readonly uri: string;
}

const capabilities = {
  textDocument: {
    synchronization: { dynamicRegistration: false },
    diagnostic: { dynamicRegistration: false },
    completion: { completionItem: { snippetSupport: true } },
  },
};

/** A language server in its own process, spoken to over stdio as an editor does. */
export class StdioServer {
  readonly #command: ServerCommand;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  readonly #published = new Map<number, () => void>();
  #version = 0;
  #pulls = false;

  private constructor(command: ServerCommand) {
    this.#command = command;
    this.#process = spawn(process.execPath, [command.script, '--stdio']);
    this.#process.stderr.resume();
    this.#connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
    this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version }) => {
      if (uri === command.uri) this.#published.get(version ?? this.#version)?.();
    });
    this.#connection.listen();
  }

  /** Starts the process; resolves when `initialize` is answered. */
  static async start(command: ServerCommand): Promise<StdioServer> {
    const server = new StdioServer(command);
    const { capabilities: offered } = await server.#connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: null,
    });
    server.#pulls = offered.diagnosticProvider !== undefined;
    await server.#connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  /** Another URI than that of the command is of a document that only stays open. */
  async open(text: string, uri = this.#command.uri): Promise<void> {
    this.#version = 1;
    const { languageId } = this.#command;
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(range: Range, text: string): Promise<void> {
    this.#version++;
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.#command.uri, version: this.#version },
      contentChanges: [{ range, text }],
    });
  }

  /** Resolves with the diagnostics of the current version: asked for, or waited for where the server only pushes. */
  async diagnostics(): Promise<void> {
    if (this.#pulls) {
      const textDocument = { uri: this.#command.uri };
      await this.#connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
      return;
    }
    const version = this.#version;
    await new Promise<void>((resolve) => {
      this.#published.set(version, resolve);
    });
    this.#published.delete(version);
  }

  /** The number of items offered. */
  async completion(position: Position): Promise<number> {
    const answer = await this.#connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: this.#command.uri },
      position,
    });
    return Array.isArray(answer) ? answer.length : (answer?.items.length ?? 0);
  }

  /** Resident memory in MiB; `undefined` where the system does not tell. */
  memory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
      const kibibytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
      return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    await exited;
    this.#connection.dispose();
  }
}
