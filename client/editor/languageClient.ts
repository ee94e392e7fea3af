import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { DescribeResult, RenderResult, Value } from '../../server/protocol.ts';
import { describeRequest, languageId, renderRequest } from '../../server/protocol.ts';
import type { Context } from '../model.ts';

/** The one truth about what a template means: the client asks the server and never parses a prompt itself. */
export class PromptLanguage implements vscode.Disposable {
  readonly #client: LanguageClient;
  #started: Promise<void> | undefined;

  constructor(serverModule: string, log: vscode.LogOutputChannel) {
    this.#client = new LanguageClient(
      'promptWorkbench',
      'Prompt Workbench Language Server',
      { module: serverModule, transport: TransportKind.ipc },
      {
        documentSelector: [
          { language: languageId, scheme: 'file' },
          { language: languageId, scheme: 'untitled' },
          { language: languageId, scheme: 'vscode-userdata' },
        ],
        synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.prompt') },
        outputChannel: log,
        diagnosticCollectionName: 'prompt',
      },
    );
  }

  /** Starts the server once; a failure is reported to everyone who asks, with what to do. */
  start(): Promise<void> {
    this.#started ??= this.#client.start();
    return this.#started;
  }

  /** @throws Error when the server cannot be reached. */
  async render(
    uri: vscode.Uri,
    context: Context,
    token?: vscode.CancellationToken,
  ): Promise<RenderResult> {
    await this.start();
    const params = {
      textDocument: { uri: this.#client.code2ProtocolConverter.asUri(uri) },
      context: context as Record<string, Value>,
    };
    return this.#client.sendRequest(renderRequest, params, token);
  }

  /** `undefined` when there is no such document. @throws Error when the server cannot be reached. */
  async describe(
    uri: vscode.Uri,
    token?: vscode.CancellationToken,
  ): Promise<DescribeResult | undefined> {
    await this.start();
    const params = { textDocument: { uri: this.#client.code2ProtocolConverter.asUri(uri) } };
    return (await this.#client.sendRequest(describeRequest, params, token)) ?? undefined;
  }

  async stop(): Promise<void> {
    if (this.#started === undefined) return;
    try {
      await this.#started;
      await this.#client.stop(2000);
    } catch {
      // It never came up, or is gone already: nothing is left to stop.
    }
  }

  dispose(): void {
    void this.#client.dispose();
  }
}
