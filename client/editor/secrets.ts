import type * as vscode from 'vscode';
import type { SecretStore } from '../credentials/secrets.ts';

/** VS Code's SecretStorage as the credentials room sees it. */
export function secretStore(storage: vscode.SecretStorage): SecretStore {
  return {
    get: async (name) => storage.get(name),
    set: async (name, value) => storage.store(name, value),
    delete: async (name) => storage.delete(name),
  };
}
