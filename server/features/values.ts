import type { Connection, Disposable } from 'vscode-languageserver/node';
import type { Documents } from '../documents.ts';
import {
  type GenerateSampleParams,
  generateSampleRequest,
  type GenerateSampleResult,
  type LastContextParams,
  lastContextNotification,
} from '../protocol.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { disposeAll, type Feature, rangeOf } from './feature.ts';
import { generateSample } from './sampleFixes.ts';

/** The values a template is given: those of its last run, and made-up ones. */
export class ValuesFeature implements Feature {
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
      connection.onNotification(
        lastContextNotification,
        this.#safely.event('prompt/lastContext', ({ textDocument, context }: LastContextParams) => {
          this.#index.setLastContext(textDocument.uri, context ?? undefined);
        }),
      ),
      connection.onRequest(
        generateSampleRequest,
        this.#safely.orReject('prompt/generateSample', (params: GenerateSampleParams) =>
          this.#generate(params),
        ),
      ),
    );
  }

  #generate({ textDocument: { uri } }: GenerateSampleParams): GenerateSampleResult | null {
    const document = this.#documents.get(uri);
    if (document === undefined || document.analysis.dialect !== undefined) return null;
    const { name, edit } = generateSample(document);
    const range = rangeOf(document.textDocument, edit.span);
    return { name, edits: [{ range, newText: edit.text }] };
  }
}
