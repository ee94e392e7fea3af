import type { SecretStore } from '../../client/credentials/secrets.ts';

/** A keyring in memory. `refusing` makes each operation it names fail. */
export class MemorySecrets implements SecretStore {
  readonly values = new Map<string, string>();
  /** Names that were asked for, in order. */
  readonly reads: string[] = [];
  readonly refusing = new Set<keyof SecretStore>();

  async get(name: string): Promise<string | undefined> {
    this.reads.push(name);
    this.#refuse('get');
    return this.values.get(name);
  }

  async set(name: string, value: string): Promise<void> {
    this.#refuse('set');
    this.values.set(name, value);
  }

  async delete(name: string): Promise<void> {
    this.#refuse('delete');
    this.values.delete(name);
  }

  #refuse(operation: keyof SecretStore): void {
    if (this.refusing.has(operation)) throw new Error('The keyring is locked');
  }
}
