import type { Credential } from '../model.ts';
import { ProviderError } from '../providers/provider.ts';
import type { Redactor } from '../providers/redact.ts';
import { type SecretStore, secretName } from './secrets.ts';

/**
 * The keys of one folder's credentials. A key is stored together with the origin it was entered for: the store is a
 * file that others can write, so a changed base URL there must not decide where a key goes.
 */
export class Keys {
  readonly #secrets: SecretStore;
  readonly #folder: string;
  readonly #redactor: Redactor;

  constructor(secrets: SecretStore, folder: string | undefined, redactor: Redactor) {
    this.#secrets = secrets;
    this.#folder = folder ?? '';
    this.#redactor = redactor;
  }

  /**
   * @returns the undoing, which puts the key back that was there before.
   * @throws Error with a sentence when the secret storage refuses; nothing has changed then.
   */
  async set(credential: Credential, key: string): Promise<() => Promise<void>> {
    this.#redactor.add(key);
    const name = this.#name(credential);
    const value = JSON.stringify({ origin: credential.origin, key } satisfies Secret);
    try {
      const before = await this.#secrets.get(name);
      await this.#secrets.set(name, value);
      return async () =>
        before === undefined ? this.#secrets.delete(name) : this.#secrets.set(name, before);
    } catch (error) {
      throw new Error(refusal('store', error), { cause: error });
    }
  }

  /** The key, only if it was entered for the credential's origin. @throws ProviderError saying why there is none */
  async get(credential: Credential): Promise<string> {
    const secret = await this.#read(credential);
    if (secret === undefined) {
      throw new ProviderError({
        kind: 'key_missing',
        message: `The key of '${credential.name}' is not on this machine. Enter it with Replace Key.`,
      });
    }
    if (secret.origin !== credential.origin) throw originMismatch(credential, secret.origin);
    return secret.key;
  }

  async has(credential: Credential): Promise<boolean> {
    return (await this.#read(credential))?.origin === credential.origin;
  }

  /** @throws Error with a sentence when the secret storage refuses; the key is still there then. */
  async delete(credential: Credential): Promise<void> {
    try {
      await this.#secrets.delete(this.#name(credential));
    } catch (error) {
      throw new Error(refusal('delete', error), { cause: error });
    }
  }

  async #read(credential: Credential): Promise<Secret | undefined> {
    let text: string | undefined;
    try {
      text = await this.#secrets.get(this.#name(credential));
    } catch (error) {
      throw new ProviderError({ kind: 'key_missing', message: refusal('read', error) });
    }
    const secret = text === undefined ? undefined : parse(text);
    if (secret !== undefined) this.#redactor.add(secret.key);
    return secret;
  }

  #name({ provider, id }: Credential): string {
    return secretName(provider, this.#folder, id);
  }
}

export function originMismatch(credential: Credential, keyOrigin: string): ProviderError {
  const [to, from] = [credential.baseUrl, keyOrigin].map((url) => new URL(url).host);
  return new ProviderError({
    kind: 'origin_mismatch',
    message: `The key of '${credential.name}' was entered for ${from} and is not sent to ${to}. Enter a key for ${to}.`,
  });
}

interface Secret {
  readonly origin: string;
  readonly key: string;
}

function parse(text: string): Secret | undefined {
  try {
    const { origin, key } = JSON.parse(text) as Partial<Secret>;
    const whole = typeof origin === 'string' && URL.canParse(origin) && typeof key === 'string';
    return whole ? { origin, key } : undefined;
  } catch {
    return undefined;
  }
}

function refusal(verb: 'store' | 'read' | 'delete', error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The secret storage of this machine refused to ${verb} the key: ${reason}. Is the system's keyring unlocked?`;
}
