import type { Connection, Disposable } from 'vscode-languageserver/node';
import { keyOf } from './files.ts';
import { knownNamesNotification, type KnownNamesParams } from './protocol.ts';

/** What a client knows by name of a workspace folder. */
export type KnownNames = Pick<KnownNamesParams, 'providers' | 'credentials'>;

/** For clients that never say. */
const builtIn: KnownNames = {
  providers: [
    { slug: 'openai', name: 'OpenAI', models: [] },
    { slug: 'anthropic', name: 'Anthropic', models: [] },
    { slug: 'cohere', name: 'Cohere', models: [] },
    { slug: 'openai-compatible', name: 'OpenAI-compatible', models: [] },
    { slug: 'echo', name: 'Echo (offline)', models: [] },
  ],
  credentials: [],
};

/** The names that the client has told, by workspace folder. */
export class NamesOfClient {
  readonly #names = new Map<string, KnownNames>();

  register(connection: Connection): Disposable {
    return connection.onNotification(knownNamesNotification, ({ folder, ...names }) => {
      this.#names.set(keyOf(folder ?? ''), names);
    });
  }

  /** `folder`: the URI of a workspace folder, `undefined` for templates outside of any. */
  of(folder: string | undefined): KnownNames {
    return this.#names.get(keyOf(folder ?? '')) ?? builtIn;
  }
}
