import type { Connection, Disposable } from 'vscode-languageserver/node';
import type { Client } from '../client.ts';
import type { Clock } from '../clock.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { Safely } from '../safely.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { Feature } from './feature.ts';
import { diagnosticsOf } from './problemReport.ts';

/** A pause in typing, in milliseconds. */
const pause = 75;

/** Diagnostics for a client that only takes what is sent to it. */
export class PushedDiagnosticsFeature implements Feature {
  readonly capabilities = {};
  readonly #documents: Documents;
  readonly #index: WorkspaceIndex;
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #safely: Safely;
  #waiting: Disposable | undefined;
  /** Of what the last ones sent were, by URI. */
  readonly #sent = new Map<string, string>();

  constructor(
    documents: Documents,
    index: WorkspaceIndex,
    client: Client,
    clock: Clock,
    safely: Safely,
  ) {
    this.#documents = documents;
    this.#index = index;
    this.#client = client;
    this.#clock = clock;
    this.#safely = safely;
  }

  register(connection: Connection): Disposable {
    const changed = this.#documents.onChanged(() => this.refresh(connection));
    const closed = this.#documents.onClosed((uri) => {
      this.#sent.delete(uri);
      this.#safely.run('publishDiagnostics', () =>
        connection.sendDiagnostics({ uri, diagnostics: [] }),
      );
      this.refresh(connection);
    });
    return {
      dispose: () => {
        changed.dispose();
        closed.dispose();
        this.#waiting?.dispose();
        this.#sent.clear();
      },
    };
  }

  /** After a pause, sends the diagnostics of every open document that may have others by now. */
  refresh(connection: Connection): void {
    this.#waiting?.dispose();
    this.#waiting = this.#clock.after(pause, () => {
      // Only now, not at every key: there may be a thousand of them.
      for (const document of this.#documents.all()) {
        if (this.#isTold(document)) continue;
        const { uri } = document;
        this.#safely.run('publishDiagnostics', () => this.#send(uri, connection));
      }
    });
  }

  #isTold(document: OpenDocument): boolean {
    return this.#sent.get(document.uri) === this.#stateOf(document);
  }

  async #send(uri: string, connection: Connection): Promise<void> {
    await this.#index.scanned(uri);
    await this.#safely.idle();
    const document = this.#documents.get(uri);
    if (document === undefined || this.#isTold(document)) return;
    this.#sent.set(uri, this.#stateOf(document));
    const { version } = document;
    const diagnostics = diagnosticsOf(document, this.#client);
    await connection.sendDiagnostics({ uri, version, diagnostics });
  }

  #stateOf({ uri, revision }: OpenDocument): string {
    return `${revision}.${this.#index.neighboursOf(uri).generation}`;
  }
}
