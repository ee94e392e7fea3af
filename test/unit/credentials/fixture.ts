/** A folder's credentials on a real store with a keyring in memory, new for each test. */
import { Credentials } from '../../../client/credentials/credentials.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { type Store, StoreError } from '../../../client/store/store.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { RefusingStore } from '../../support/refusingStore.ts';
import { openStoreOfProcess, temporaryDirectory } from '../../support/temporaryStore.ts';

export const folder = 'file:///folder';
export const canary = 'sk-canary-77aa';
export const diskFull = new StoreError('disk-full', 'The disk is full.');

export const work = {
  provider: 'openai',
  name: 'Work',
  baseUrl: 'https://api.example.com/v1/',
  key: canary,
};

export class CredentialsFixture {
  readonly secrets = new MemorySecrets();
  readonly redactor = new Redactor();
  readonly clock = new FakeClock();
  readonly directory: string;
  readonly store: RefusingStore;
  readonly credentials: Credentials;
  readonly #remove: () => Promise<void>;
  #ids = 0;

  private constructor(directory: string, store: RefusingStore, remove: () => Promise<void>) {
    this.directory = directory;
    this.store = store;
    this.#remove = remove;
    this.credentials = this.window(store, this.redactor);
  }

  static async open(): Promise<CredentialsFixture> {
    const { path, remove } = await temporaryDirectory();
    const store = new RefusingStore(await openStoreOfProcess(path, 1, new Set()));
    return new CredentialsFixture(path, store, remove);
  }

  /** The credentials as another window, or a later one, sees them. */
  window(store: Store, redactor: Redactor): Credentials {
    const { clock, secrets } = this;
    const newId = (): string => `c${++this.#ids}`;
    return new Credentials({ store, secrets, folder, redactor, clock, newId });
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.#remove();
  }
}
