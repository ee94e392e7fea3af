import type { Credential } from '../model.ts';
import type { Clock } from '../providers/clock.ts';
import { type Connection, ProviderError } from '../providers/provider.ts';
import type { Redactor } from '../providers/redact.ts';
import type { Op, Store, Versioned } from '../store/store.ts';
import { chainOf, defaultOf, ranked } from './choice.ts';
import { Keys, originMismatch } from './keys.ts';
import type { SecretStore } from './secrets.ts';
import {
  CredentialError,
  problemWithBaseUrl,
  problemWithKey,
  problemWithName,
  tidyBaseUrl,
} from './validation.ts';

export interface CredentialsOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  /** The folder's URI as text. */
  readonly folder: string | undefined;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What can be changed without touching the key. A property given as `undefined` is cleared. */
type Preferences = Partial<
  Pick<
    Credential,
    | 'preferredModel'
    | 'temperature'
    | 'maxTokens'
    | 'system'
    | 'enabled'
    | 'priority'
    | 'rateLimits'
  >
>;

export interface NewCredential extends Preferences {
  /** Provider slug. */
  readonly provider: string;
  readonly name: string;
  readonly baseUrl: string;
  /** `undefined` for a server that needs none. */
  readonly key?: string;
}

export interface CredentialChanges extends Preferences {
  readonly name?: string;
  readonly baseUrl?: string;
  /** Needed when the base URL moves to another server: a key is never taken along. */
  readonly key?: string;
}

/** Use is noted at most this often (milliseconds): a note per request would be a write per request. */
const touchInterval = 60_000;

/**
 * The credentials of one folder. The public half is in the store, the key in the secret storage; when only one of
 * two writes succeeds, what is left is a credential whose key is missing, which shows and can be repaired, never a
 * key nobody knows of and never a key that goes to another server than it was entered for.
 */
export class Credentials {
  readonly #store: Store;
  readonly #keys: Keys;
  readonly #clock: Clock;
  readonly #newId: () => string;
  /** All rows as the store has them; every run asks for some. Read anew after any change. */
  #rows: Promise<Versioned<Credential>[]> | undefined;

  constructor({ store, secrets, folder, redactor, clock, newId }: CredentialsOptions) {
    this.#store = store;
    // For as long as the store lives.
    store.onDidChange((changes) => {
      if (changes.some(({ table }) => table === 'credentials')) this.#rows = undefined;
    });
    this.#keys = new Keys(secrets, folder, redactor);
    this.#clock = clock;
    this.#newId = newId;
  }

  async list(provider?: string): Promise<Credential[]> {
    const all = (await this.#all()).map(({ value }) => value);
    return provider === undefined ? all : all.filter((one) => one.provider === provider);
  }

  async get(id: string): Promise<Credential | undefined> {
    return (await this.list()).find((one) => one.id === id);
  }

  /** By id, else by name (upper and lower case are the same). */
  async find(nameOrId: string): Promise<Credential | undefined> {
    const all = await this.list();
    const name = nameOrId.trim().toLowerCase();
    return (
      all.find(({ id }) => id === nameOrId) ?? all.find((one) => one.name.toLowerCase() === name)
    );
  }

  /** What is wrong with this text as a name, for a form that checks while one types. */
  readonly checkName = problemWithName;
  readonly checkBaseUrl = problemWithBaseUrl;
  readonly checkKey = problemWithKey;

  /** The first of its provider becomes the default. @throws CredentialError, StoreError, Error (secret storage) */
  async add(input: NewCredential): Promise<Credential> {
    const { provider, name, baseUrl, key, ...preferences } = input;
    demand('name', problemWithName(name, await this.#names()));
    demand('baseUrl', problemWithBaseUrl(baseUrl));
    if (key !== undefined) demand('key', problemWithKey(key));
    const credential: Credential = {
      id: this.#newId(),
      provider,
      name: name.trim(),
      baseUrl: tidyBaseUrl(baseUrl),
      origin: new URL(baseUrl).origin,
      keyless: key === undefined,
      isDefault: (await this.list(provider)).length === 0,
      enabled: true,
      priority: 0,
      createdAt: this.#clock.now(),
      ...preferences,
    };
    // First what can be seen: a crash in between leaves a credential that asks for its key, no secret without owner.
    await this.#store.put([['credentials', credential.id, 1, credential]]);
    if (key !== undefined) await this.#setFirstKey(credential, key.trim());
    return credential;
  }

  /**
   * @throws ProviderError `origin_mismatch` when the base URL moves to another server and no key is given;
   * otherwise as `add`.
   */
  async edit(id: string, changes: CredentialChanges): Promise<Credential> {
    const { key, ...rest } = changes;
    if (rest.name !== undefined) demand('name', problemWithName(rest.name, await this.#names(id)));
    if (rest.baseUrl !== undefined) demand('baseUrl', problemWithBaseUrl(rest.baseUrl));
    if (key !== undefined) demand('key', problemWithKey(key));
    const current = await this.#get(id);
    const changed = withChanges(current.value, rest, key !== undefined);
    if (key === undefined && !changed.keyless && changed.origin !== current.value.origin) {
      throw originMismatch(changed, current.value.origin);
    }
    // First the key: bound to its own origin, it goes nowhere else when a crash prevents the second write.
    const undo = key === undefined ? undefined : await this.#keys.set(changed, key.trim());
    try {
      return await this.#update(id, (one) => withChanges(one, rest, key !== undefined));
    } catch (error) {
      await undo?.();
      throw error;
    }
  }

  async replaceKey(id: string, key: string): Promise<void> {
    await this.edit(id, { key });
  }

  /** True when this base URL can only be taken with a key entered for it. */
  needsKey(credential: Credential, baseUrl: string): boolean {
    return (
      !credential.keyless &&
      URL.canParse(baseUrl.trim()) &&
      new URL(baseUrl.trim()).origin !== credential.origin
    );
  }

  /**
   * First the key, then the rest.
   * @throws Error when the secret storage refuses: then the credential stays as it was. StoreError when the store
   * does: then it stays without its key.
   */
  async remove(id: string): Promise<void> {
    const found = await this.#store.credentials.get(id);
    if (found === undefined) return;
    if (!found.value.keyless) await this.#keys.delete(found.value);
    for (let row: typeof found | undefined = found; row !== undefined;) {
      const [applied] = await this.#store.put([['credentials', id, row.rev + 1, null]]);
      row = applied ? undefined : await this.#store.credentials.get(id);
    }
  }

  /** Makes it the default of its provider, and no other. */
  async setDefault(id: string): Promise<void> {
    const { provider } = (await this.#get(id)).value;
    const rows = await this.#store.credentials.list(provider);
    const ops = rows.flatMap(({ rev, value }): Op[] =>
      value.isDefault === (value.id === id)
        ? []
        : [['credentials', value.id, rev + 1, { ...value, isDefault: value.id === id }]],
    );
    if (ops.length === 0) return;
    const applied = await this.#store.put(ops);
    if (applied.includes(false)) await this.setDefault(id);
  }

  /** The folder's default for a provider, else its only credential. */
  async defaultFor(provider: string): Promise<Credential | undefined> {
    return defaultOf(await this.list(provider));
  }

  /** The one most likely to work: enabled and with its key on this machine. */
  async bestFor(provider: string): Promise<Credential | undefined> {
    return ranked(await this.#usable(provider))[0];
  }

  /** What to try, in order: the named one or the default, then usable backups of the same provider. */
  async chainFor(provider: string, named?: Credential): Promise<Credential[]> {
    return chainOf(named ?? (await this.defaultFor(provider)), await this.#usable(provider));
  }

  /** Where and with what a request of this credential goes. @throws ProviderError when it cannot go */
  async connection(credential: Credential): Promise<Connection> {
    const { name, baseUrl, origin, keyless } = credential;
    if (new URL(baseUrl).origin !== origin) throw originMismatch(credential, origin);
    if (keyless) return { name, baseUrl, origin, key: undefined };
    const key = await this.#keys.get(credential);
    return { name, baseUrl, origin, key: () => key };
  }

  /** Notes that it was used just now. */
  async touch(id: string): Promise<void> {
    const found = (await this.#all()).find(({ value }) => value.id === id);
    if (found === undefined) return;
    const now = this.#clock.now();
    if (now - (found.value.lastUsedAt ?? 0) < touchInterval) return;
    // Whoever was faster has noted the same.
    await this.#store.put([
      ['credentials', id, found.rev + 1, { ...found.value, lastUsedAt: now }],
    ]);
  }

  /** Makes every key of the folder known to the redactor. Keys that cannot be read are not in danger of showing. */
  async registerSecrets(): Promise<void> {
    const keyed = (await this.list()).filter(({ keyless }) => !keyless);
    await Promise.allSettled(keyed.map((credential) => this.#keys.has(credential)));
  }

  #all(): Promise<Versioned<Credential>[]> {
    this.#rows ??= this.#store.credentials.list().catch((error: unknown) => {
      this.#rows = undefined;
      throw error;
    });
    return this.#rows;
  }

  async #names(exceptId?: string): Promise<string[]> {
    return (await this.list()).filter(({ id }) => id !== exceptId).map(({ name }) => name);
  }

  async #usable(provider: string): Promise<Credential[]> {
    const enabled = (await this.list(provider)).filter((one) => one.enabled);
    const ready = await Promise.all(
      enabled.map(async (one) => one.keyless || this.#keys.has(one).catch(() => false)),
    );
    return enabled.filter((_, index) => ready[index]);
  }

  /** When the key cannot be stored, the credential goes too: nothing is left half done. */
  async #setFirstKey(credential: Credential, key: string): Promise<void> {
    try {
      await this.#keys.set(credential, key);
    } catch (error) {
      await this.#store.put([['credentials', credential.id, 2, null]]);
      throw error;
    }
  }

  async #get(id: string): Promise<Versioned<Credential>> {
    const found = await this.#store.credentials.get(id);
    if (found !== undefined) return found;
    throw new ProviderError({
      kind: 'credential_missing',
      message: 'This credential has been removed. Choose another, or add it again.',
    });
  }

  /** Applies a change to the newest state, however many windows write at the same time. */
  async #update(id: string, change: (credential: Credential) => Credential): Promise<Credential> {
    for (;;) {
      const { rev, value } = await this.#get(id);
      const changed = change(value);
      const [applied] = await this.#store.put([['credentials', id, rev + 1, changed]]);
      if (applied) return changed;
    }
  }
}

function withChanges(
  credential: Credential,
  { name, baseUrl, ...preferences }: Omit<CredentialChanges, 'key'>,
  hasNewKey: boolean,
): Credential {
  const url = baseUrl === undefined ? credential.baseUrl : tidyBaseUrl(baseUrl);
  return {
    ...credential,
    ...preferences,
    name: name?.trim() ?? credential.name,
    baseUrl: url,
    origin: new URL(url).origin,
    keyless: credential.keyless && !hasNewKey,
    edits: (credential.edits ?? 0) + 1,
  };
}

function demand(field: CredentialError['field'], problem: string | undefined): void {
  if (problem !== undefined) throw new CredentialError(field, problem);
}
