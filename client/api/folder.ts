/**
 * Everything that works for one workspace folder, without VS Code: its store, credentials, providers and queue.
 * This is its own bundle; activation does not load it.
 */
import type { SecretStore } from '../credentials/secrets.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Credential, JobRequest, OutputFormat } from '../model.ts';
import type { Log } from '../providers/log.ts';
import type { ModelInfo, ProviderDescription } from '../providers/provider.ts';
import type { Redactor } from '../providers/redact.ts';
import type { Store } from '../store/store.ts';

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
  /** Provider slug for templates that name none, asked at each run; `undefined` for automatic. */
  readonly defaultProvider: () => string | undefined;
  readonly log: Log;
  /** Learns every key of the folder; shared by all folders of the window. */
  readonly redactor: Redactor;
}

/** What a template says about how it wants to run (the language server's `prompt/describe`). */
export interface RunWishes {
  readonly provider?: string;
  readonly model?: string;
  /** Credential name or id. */
  readonly credential?: string;
  readonly format: OutputFormat;
  readonly schema?: unknown;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
}

/** What a person enters for a credential; without `key` it is a server that needs none. */
export interface NewCredential {
  readonly provider: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly key?: string;
}

/** A change of base URL to another origin carries the key for it, or is refused. */
export interface CredentialChanges {
  readonly name?: string;
  readonly baseUrl?: string;
  readonly key?: string;
  readonly preferredModel?: string;
}

/** Where credentials are kept: metadata in the store, keys in SecretStorage. */
export interface FolderCredentials {
  list(provider?: string): Promise<Credential[]>;
  /** @throws Error with a sentence when SecretStorage or the store refuses; nothing half done stays. */
  add(entry: NewCredential): Promise<Credential>;
  edit(id: string, changes: CredentialChanges): Promise<Credential>;
  replaceKey(id: string, key: string): Promise<void>;
  setDefault(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** A sentence when the text will not do. */
  checkName(name: string): string | undefined;
  checkBaseUrl(url: string): string | undefined;
  checkKey(key: string): string | undefined;
}

export interface Folder {
  readonly user: string;
  readonly store: Store;
  readonly queue: Queue;
  readonly credentials: FolderCredentials;
  readonly providers: {
    list(): readonly ProviderDescription[];
    get(slug: string): ProviderDescription | undefined;
  };
  /**
   * Who answers a template and with what; the credential's system prompt and parameters count where the template
   * says nothing. @throws ProviderError (`no_credential`, `no_model` …) with what to do.
   */
  resolveTarget(wishes: RunWishes): Promise<Omit<JobRequest, 'messages'>>;
  /** The provider's own listing for this credential. @throws ProviderError */
  listModels(credentialId: string, signal: AbortSignal): Promise<ModelInfo[]>;
  close(): Promise<void>;
}
