import {
  type Connection,
  type Disposable,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { Feature } from './feature.ts';
import { diagnosticsOf } from './problemReport.ts';

const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** Diagnostics for a client that asks for them. */
export class DiagnosticsFeature implements Feature {
  readonly capabilities: ServerCapabilities = {
    diagnosticProvider: {
      identifier: 'prompt',
      // An edit of a partial may mend or break its callers: the client asks for every visible document again.
      interFileDependencies: true,
      workspaceDiagnostics: false,
    },
  };
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, client: Client, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return connection.languages.diagnostics.on(
      this.#safely.later('diagnostic', nothing, async (params: DocumentDiagnosticParams) => {
        await this.#index.scanned(params.textDocument.uri);
        return this.#report(params);
      }),
    );
  }

  #report({
    textDocument: { uri },
    previousResultId,
  }: DocumentDiagnosticParams): DocumentDiagnosticReport {
    const document = this.#documents.get(uri);
    if (document === undefined) return nothing;
    const { revision } = document;
    const resultId = `${revision}.${this.#index.neighboursOf(uri).generation}`;
    if (resultId === previousResultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    }
    const items = diagnosticsOf(document, this.#client);
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }
}
