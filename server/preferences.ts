import {
  type Connection,
  DidChangeConfigurationNotification,
  type Disposable,
} from 'vscode-languageserver/node';
import type { Client } from './client.ts';
import type { Clock } from './clock.ts';
import type { Safely } from './safely.ts';

/** How long a client may think about its settings, in milliseconds. */
const patience = 1000;

const section = 'promptWorkbench.inlayHints';

/** What the user has chosen in the settings of the client. Everything is off that the client does not say. */
export class Preferences {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #safely: Safely;
  /** By scope; asked for once until the settings change. */
  readonly #asked = new Map<string, Promise<boolean>>();
  /** For a client that tells and cannot be asked. */
  #told = false;
  #connection: Connection | undefined;
  #changed: () => void = () => {};

  constructor(client: Client, clock: Clock, safely: Safely) {
    this.#client = client;
    this.#clock = clock;
    this.#safely = safely;
  }

  /** `changed` is called when an answer may be another one now. */
  register(connection: Connection, changed: () => void): Disposable {
    this.#connection = connection;
    this.#changed = changed;
    return connection.onDidChangeConfiguration(
      this.#safely.event('configuration', ({ settings }) => {
        this.#told = isOn(valueAt(settings, section.split('.')));
        this.#asked.clear();
        changed();
      }),
    );
  }

  /** Asks to be told of changes. */
  async watch(connection: Connection): Promise<void> {
    if (!this.#client.watchesConfiguration) return;
    await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }

  /** Whether a document shows the values of its sample. */
  async sampleValues(uri: string): Promise<boolean> {
    const connection = this.#connection;
    if (!this.#client.configuration || connection === undefined) return this.#told;
    const known = this.#asked.get(uri);
    if (known !== undefined) return known;
    const asked = this.#inTime(this.#ask(connection, uri), uri);
    this.#asked.set(uri, asked);
    return asked;
  }

  /** A client may never answer: nobody waits for it then. An answer that comes late counts from then on. */
  async #inTime(answer: Promise<boolean>, uri: string): Promise<boolean> {
    const { promise: waited, resolve } = Promise.withResolvers<'too long'>();
    const timer = this.#clock.after(patience, () => resolve('too long'));
    const first = await Promise.race([answer, waited]);
    timer.dispose();
    if (first !== 'too long') return first;
    const asked = this.#asked.get(uri);
    this.#safely.run('configuration', async () => {
      const late = await answer;
      if (this.#asked.get(uri) !== asked || late === this.#told) return;
      this.#asked.set(uri, Promise.resolve(late));
      this.#changed();
    });
    return this.#told;
  }

  async #ask(connection: Connection, scopeUri: string): Promise<boolean> {
    try {
      return isOn(await connection.workspace.getConfiguration({ scopeUri, section }));
    } catch (error) {
      this.#safely.report('configuration', error);
      return false;
    }
  }
}

function isOn(hints: unknown): boolean {
  return valueAt(hints, ['sampleValues']) === true;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
