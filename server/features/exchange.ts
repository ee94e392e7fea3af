import type { Connection, Disposable } from 'vscode-languageserver/node';
import { stringify } from 'yaml';
import type { Documents } from '../documents.ts';
import type { TemplateFile } from '../folderIndex.ts';
import { importFile } from '../language/importers/importers.ts';
import {
  type ExportParams,
  exportRequest,
  type ExportResult,
  type ImportParams,
  importRequest,
  type ImportResult,
  sniffRequest,
  type SniffResult,
} from '../protocol.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { disposeAll, type Feature } from './feature.ts';

/** Files of other tools: whose they are, in, and out. */
export class ExchangeFeature implements Feature {
  readonly capabilities = {};
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #safely: Safely;

  constructor(documents: Documents, index: WorkspaceIndex, safely: Safely) {
    this.#documents = documents;
    this.#index = index;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      connection.onRequest(
        importRequest,
        this.#safely.orReject('prompt/import', (params: ImportParams) => imported(params)),
      ),
      connection.onRequest(
        exportRequest,
        this.#safely.orReject('prompt/export', (params: ExportParams) => this.#export(params)),
      ),
      connection.onRequest(
        sniffRequest,
        this.#safely.orReject('prompt/sniff', (params: ExportParams) => this.#sniff(params)),
      ),
    );
  }

  async #export({ textDocument: { uri } }: ExportParams): Promise<ExportResult | null> {
    const template = await this.#template(uri);
    if (template === undefined) return null;
    const { body, record, losses } = template.analysis.exported();
    return { body, record: stringify(record, { lineWidth: 0 }), losses: [...losses] };
  }

  async #sniff({ textDocument: { uri } }: ExportParams): Promise<SniffResult> {
    const tool = (await this.#template(uri))?.analysis.dialect;
    return tool === undefined ? {} : { tool };
  }

  async #template(uri: string): Promise<TemplateFile | undefined> {
    return this.#documents.get(uri) ?? (await this.#index.load(uri));
  }
}

function imported({ fileName, text }: ImportParams): ImportResult | null {
  const found = importFile({ fileName, text });
  if (found === undefined) return null;
  const templates = found.templates.map((one) => ({ ...one, losses: [...one.losses] }));
  return { tool: found.tool, templates };
}
