import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import type {
  DescribeResult,
  ExportResult,
  ImportResult,
  KnownNamesParams,
  RenderResult,
  Value,
} from '../../server/protocol.ts';
import {
  describeRequest,
  exportRequest,
  generateSampleRequest,
  importRequest,
  knownNamesNotification,
  languageId,
  lastContextNotification,
  modelTableRequest,
  renderRequest,
  sniffRequest,
} from '../../server/protocol.ts';
import type { Context } from '../model.ts';

/**
 * Where templates are written: not the old side of a diff, which is read-only. The menus of package.json say the same,
 * with `vscode-remote` besides: that is what `file` is called there in a remote window.
 */
export const editableTemplates: { language: string; scheme: string }[] = [
  { language: languageId, scheme: 'file' },
  { language: languageId, scheme: 'untitled' },
  { language: languageId, scheme: 'vscode-userdata' },
];

/** The one truth about what a template means: the client asks the server and never parses a prompt itself. */
export class PromptLanguage implements vscode.Disposable {
  readonly #client: LanguageClient;
  #started: Promise<void> | undefined;

  constructor(serverModule: string, log: vscode.LogOutputChannel) {
    this.#client = new LanguageClient(
      'promptWorkbench',
      'Prompt Workbench',
      { module: serverModule, transport: TransportKind.ipc },
      {
        documentSelector: editableTemplates,
        outputChannel: log,
        diagnosticCollectionName: 'prompt',
        initializationOptions: { modelTable: true },
      },
    );
    this.#client.onRequest(modelTableRequest, async () => {
      const { modelTable } = await import('./modelTable.ts');
      return modelTable();
    });
  }

  /**
   * Starts the server when it does not run: the first time, and whenever somebody needs it after it has ended for
   * good (after several crashes VS Code gives up on restarting it).
   * @throws Error naming the cause.
   */
  async start(): Promise<void> {
    if (this.#started === undefined || this.#client.needsStart()) {
      this.#started = this.#client.start();
    }
    try {
      await this.#started;
    } catch (cause) {
      this.#started = undefined;
      const detail = cause instanceof Error ? cause.message : String(cause);
      const text = vscode.l10n.t('The language server does not start: {0}', detail);
      throw new Error(text, { cause });
    }
  }

  /** For a server that hangs or misbehaves. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** @throws Error when the server cannot be reached. */
  async render(
    uri: vscode.Uri,
    context: Context,
    options: { readonly sources?: boolean } = {},
    token?: vscode.CancellationToken,
  ): Promise<RenderResult> {
    await this.start();
    const params = {
      textDocument: { uri: this.#client.code2ProtocolConverter.asUri(uri) },
      context: context as Record<string, Value>,
      ...options,
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

  /** Says what completion may offer in a folder's templates. Without a server nobody waits for it. */
  tellNames(folder: vscode.Uri | undefined, names: Omit<KnownNamesParams, 'folder'>): void {
    if (this.#client.state !== State.Running) return;
    const uri = folder && this.#client.code2ProtocolConverter.asUri(folder);
    const params = uri === undefined ? names : { ...names, folder: uri };
    // A server that ends right now is told again when it runs again.
    this.#client.sendNotification(knownNamesNotification, params).catch(() => undefined);
  }

  /** A server has begun, the first one or another after it: it knows nothing yet. */
  onDidStart(listener: () => void): vscode.Disposable {
    return this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) listener();
    });
  }

  /** A made-up sample for the template, as edits of the document as it stands; `undefined`: none can be made. */
  async generateSample(uri: vscode.Uri): Promise<vscode.TextEdit[] | undefined> {
    const result = await (
      await this.#ready()
    ).sendRequest(generateSampleRequest, { textDocument: this.#named(uri) });
    return result ? this.#client.protocol2CodeConverter.asTextEdits(result.edits) : undefined;
  }

  /** Templates of another tool's file; `undefined` when it cannot be read. */
  async import(fileName: string, text: string): Promise<ImportResult | undefined> {
    return (
      (await (await this.#ready()).sendRequest(importRequest, { fileName, text })) ?? undefined
    );
  }

  async export(uri: vscode.Uri): Promise<ExportResult | undefined> {
    return (
      (await (
        await this.#ready()
      ).sendRequest(exportRequest, { textDocument: this.#named(uri) })) ?? undefined
    );
  }

  /** The tool a `.prompt` file belongs to when it is clearly not ours. */
  async otherTool(uri: vscode.Uri): Promise<string | undefined> {
    return (
      await (await this.#ready()).sendRequest(sniffRequest, { textDocument: this.#named(uri) })
    ).tool;
  }

  /** Tells the values a template was last given. @param context without sensitive ones; `undefined`: none any more. */
  async tellLastContext(uri: vscode.Uri, context: Context | undefined): Promise<void> {
    await this.start();
    await this.#client.sendNotification(lastContextNotification, {
      textDocument: this.#named(uri),
      context: context ?? null,
    });
  }

  #named(uri: vscode.Uri): { uri: string } {
    return { uri: this.#client.code2ProtocolConverter.asUri(uri) };
  }

  /** @throws Error when the server cannot be reached. */
  async #ready(): Promise<LanguageClient> {
    await this.start();
    return this.#client;
  }

  async stop(): Promise<void> {
    if (this.#started === undefined) return;
    try {
      await this.#started;
      await this.#client.stop(2000);
    } catch {
      // It never came up, or is gone already: nothing is left to stop.
    }
    this.#started = undefined;
  }

  dispose(): void {
    void this.#client.dispose();
  }
}
