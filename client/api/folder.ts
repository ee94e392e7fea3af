/**
 * Everything that works for one workspace folder, without VS Code: its store, credentials, providers and queue.
 * This is its own bundle; activation does not load it.
 */
import type { SecretStore } from '../credentials/secrets.ts';
import type { Store } from '../store/store.ts';
import type { Queue } from '../jobs/queue.ts';

export interface FolderOptions {
  /** The folder's URI as text, or `undefined` for files outside any folder. */
  readonly folder: string | undefined;
  /** `<globalStorage>`: the stores lie below `stores/`. */
  readonly storageDirectory: string;
  readonly secrets: SecretStore;
  /** Name shown as the person who runs and rates. */
  readonly user: string;
  /** Jobs at a time. */
  readonly concurrency: number;
}

export interface Folder {
  readonly store: Store;
  readonly queue: Queue;
  close(): Promise<void>;
}
