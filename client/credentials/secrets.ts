/** SecretStorage as the credentials room sees it; `client/editor/secrets.ts` adapts VS Code's, tests bring a map. */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  /** @throws when the keyring refuses; the caller tells the person and keeps what was typed. */
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Where a credential's key lies: provider + workspace folder + credential id. */
export function secretName(provider: string, folder: string, credentialId: string): string {
  return `promptWorkbench.key/${provider}/${encodeURIComponent(folder)}/${credentialId}`;
}
