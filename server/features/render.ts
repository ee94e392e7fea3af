import type { CancellationToken, Connection, Disposable } from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Documents } from '../documents.ts';
import type { TemplateFile } from '../folderIndex.ts';
import { type DescribeParams, describeRequest, renderRequest } from '../protocol.ts';
import type { DescribeResult, RenderParams, RenderResult } from '../protocol.ts';
import type { RenderHost } from '../renderHost.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { disposeAll, type Feature } from './feature.ts';
import { diagnosticOf, diagnosticsOf } from './problemReport.ts';
import { RunPlaces } from './runPlaces.ts';

/** Our own requests: what a template says with given values, and what it needs. */
export class RenderFeature implements Feature {
  readonly capabilities = {};
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #renderer: RenderHost;
  readonly #client: Client;
  readonly #safely: Safely;

  constructor(
    documents: Documents,
    index: WorkspaceIndex,
    renderer: RenderHost,
    client: Client,
    safely: Safely,
  ) {
    this.#documents = documents;
    this.#index = index;
    this.#renderer = renderer;
    this.#client = client;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    return disposeAll(
      connection.onRequest(
        renderRequest,
        this.#safely.orReject('prompt/render', (params: RenderParams, token) =>
          this.#render(params, token),
        ),
      ),
      connection.onRequest(
        describeRequest,
        this.#safely.orReject('prompt/describe', (params: DescribeParams) =>
          this.#describe(params),
        ),
      ),
    );
  }

  async #describe({ textDocument: { uri } }: DescribeParams): Promise<DescribeResult | null> {
    return (await this.#template(uri))?.analysis.describe() ?? null;
  }

  async #render(
    { textDocument: { uri }, context, sources: wanted }: RenderParams,
    token: CancellationToken,
  ): Promise<RenderResult> {
    const template = await this.#template(uri);
    if (template === undefined) return { messages: [], missing: [], problems: [] };
    const { analysis } = template;
    const problems = diagnosticsOf(template, this.#client);
    if (analysis.hasErrors) return { messages: [], missing: [], problems };
    const input = analysis.renderInput(context ?? {});
    const places = new RunPlaces(input, this.#index.folderOf(uri), this.#client.encoding);
    const rendered = await this.#renderer.render(input, token);
    const { messages, missing, problem } = rendered;
    if (problem !== undefined) problems.push(diagnosticOf(problem, template, this.#client));
    const answer = { messages, missing, problems };
    if (wanted !== true) return answer;
    const runs = await this.#renderer.trace(input, rendered, token);
    return { ...answer, sources: runs.map((some) => some?.map((run) => places.of(run)) ?? null) };
  }

  /** As it stands in the editor, or else on disk within the workspace folders. */
  async #template(uri: string): Promise<TemplateFile | undefined> {
    await this.#index.scanned(uri);
    return this.#documents.get(uri) ?? this.#index.load(uri);
  }
}
