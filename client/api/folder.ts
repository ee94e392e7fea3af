/**
 * Everything that works for one workspace folder, without VS Code: its store, credentials, providers and queue.
 * This is its own bundle; activation does not load it.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Credentials } from '../credentials/credentials.ts';
import type { SecretStore } from '../credentials/secrets.ts';
import { JobQueue } from '../jobs/jobQueue.ts';
import type { Queue } from '../jobs/queue.ts';
import { RestrictedError } from '../jobs/restricted.ts';
import type { Disposable, JobRequest, Message } from '../model.ts';
import { systemClock } from '../providers/clock.ts';
import { type Log, redactingLog } from '../providers/log.ts';
import { type ModelInfo, ProviderError } from '../providers/provider.ts';
import type { Redactor } from '../providers/redact.ts';
import { builtInProviders, type Registry } from '../providers/registry.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { median } from '../jobs/estimate.ts';
import { tokensOf } from '../jobs/tokens.ts';
import { forecast, type Forecast } from '../providers/forecast.ts';
import { requestOf, resolveTarget, type RunWishes } from './target.ts';

/** So many of the newest answers tell how long the next one will be. */
const mostAnswers = 20;

export interface FolderOptions {
  /** The folder's URI as text, or `undefined` for files outside any folder. */
  readonly folder: string | undefined;
  /** Other URIs of the same folder, under which its history may be known. */
  readonly aliases?: readonly string[];
  /** `<globalStorage>`: the stores lie below `stores/`. */
  readonly storageDirectory: string;
  readonly secrets: SecretStore;
  /** Name shown as the person who runs and rates. */
  readonly user: () => string;
  /** Jobs at a time with a provider. */
  readonly concurrency: (provider: string) => number;
  /** False in Restricted Mode: the history can be read, but nothing is sent and no key is read. */
  readonly mayRun: () => boolean;
  /** When `mayRun` or `concurrency` may answer something else. */
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Days after which outputs are deleted; 0, or when it is missing, keeps them for ever. */
  readonly retentionDays?: () => number;
  /** While a history is read at its opening: bytes done of bytes in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The file of the worker that searches all texts. */
  readonly searchWorker?: string;
  /** Provider slug for templates that name none, asked at each run; `undefined` for automatic. */
  readonly defaultProvider: () => string | undefined;
  readonly log: Log;
  /** Learns every key of the folder; shared by all folders of the window. */
  readonly redactor: Redactor;
}

export interface Folder {
  readonly user: string;
  readonly store: Store;
  readonly queue: Queue;
  readonly credentials: Credentials;
  readonly providers: Registry;
  /**
   * Who answers a template and with what.
   * @throws ProviderError (`no_credential`, `no_model` …) with what to do.
   */
  resolveTarget(wishes: RunWishes): Promise<Omit<JobRequest, 'messages'>>;
  /** The same with the messages: the credential's system prompt counts when the template has none. */
  requestFor(wishes: RunWishes, messages: readonly Message[]): Promise<JobRequest>;
  /**
   * What running a template will use and cost, about. Sends nothing and reads no key.
   * @throws ProviderError as `resolveTarget`
   */
  forecast(template: RunWishes & { slug: string }, messages: readonly Message[]): Promise<Forecast>;
  /** The provider's own listing for this credential. @throws ProviderError, RestrictedError */
  listModels(credentialId: string, signal: AbortSignal): Promise<ModelInfo[]>;
  close(): Promise<void>;
}

/** @throws StoreError when the folder's history can be neither read nor made */
export async function openFolder(options: FolderOptions): Promise<Folder> {
  const { aliases, folder, mayRun, onProgress, redactor, retentionDays, storageDirectory } =
    options;
  const log = redactingLog(options.log, redactor);
  const store = await openStore({
    directory: join(storageDirectory, 'stores'),
    folder,
    ...(aliases && { aliases }),
    ...(onProgress && { onProgress }),
    ...(options.searchWorker !== undefined && { searchWorker: options.searchWorker }),
    // In Restricted Mode nobody has said that a folder's settings may delete anything.
    retentionDays: () => (mayRun() ? (retentionDays?.() ?? 0) : 0),
    redaction: redactor,
    onDamage: (damages) => {
      log.warn(`Unreadable places of the history were skipped: ${JSON.stringify(damages)}`);
    },
  });
  return new WorkingFolder(options, store, log);
}

class WorkingFolder implements Folder {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly credentials: Credentials;
  readonly providers: Registry;
  readonly #options: FolderOptions;
  readonly #log: Log;
  readonly #listening: Disposable;
  #keysKnown = false;

  constructor(options: FolderOptions, store: Store, log: Log) {
    const { concurrency, folder, mayRun, redactor, secrets } = options;
    const shared = { store, redactor, clock: systemClock, newId: randomUUID, log };
    this.#options = options;
    this.#log = log;
    this.store = store;
    this.providers = builtInProviders(shared);
    this.credentials = new Credentials({ ...shared, secrets, folder });
    this.queue = new JobQueue({
      ...shared,
      credentials: this.credentials,
      providers: this.providers,
      random: Math.random,
      concurrency,
      mayRun,
    });
    this.#listening = options.onDidChange(() => this.#work());
    this.#work();
  }

  get user(): string {
    return this.#options.user();
  }

  async resolveTarget(wishes: RunWishes): Promise<Omit<JobRequest, 'messages'>> {
    const { messages: _none, ...target } = await this.requestFor(wishes, []);
    return target;
  }

  async requestFor(wishes: RunWishes, messages: readonly Message[]): Promise<JobRequest> {
    const { credentials, providers } = this;
    const { defaultProvider } = this.#options;
    const target = await resolveTarget(wishes, { credentials, providers, defaultProvider });
    return requestOf(target, messages);
  }

  async forecast(
    template: RunWishes & { slug: string },
    messages: readonly Message[],
  ): Promise<Forecast> {
    const { credentials, providers } = this;
    const { defaultProvider } = this.#options;
    const target = await resolveTarget(template, { credentials, providers, defaultProvider });
    const { credential, model, provider } = target;
    const { baseUrl, offline } = provider;
    return forecast({
      request: requestOf(target, messages),
      countTokens: tokensOf,
      typical: median(this.store.outputs.tokens({ template: template.slug, model }, mostAnswers)),
      own: baseUrl !== '' && credential?.origin === new URL(baseUrl).origin,
      offline,
    });
  }

  async listModels(credentialId: string, signal: AbortSignal): Promise<ModelInfo[]> {
    if (!this.#options.mayRun()) throw new RestrictedError();
    return listModels(this.credentials, this.providers, credentialId, signal);
  }

  async close(): Promise<void> {
    this.#listening.dispose();
    await this.queue.close();
    await this.store.close();
  }

  /** Begins as soon as it may, and looks again whenever that or a setting has changed. */
  #work(): void {
    this.queue.start();
    if (this.#keysKnown || !this.#options.mayRun()) return;
    this.#keysKnown = true;
    // Not awaited: a locked keyring may ask its user first. Every key is also learned when it is used.
    void this.credentials.registerSecrets().catch((error: unknown) => {
      this.#log.warn(String(error));
    });
  }
}

async function listModels(
  credentials: Credentials,
  providers: Registry,
  id: string,
  signal: AbortSignal,
): Promise<ModelInfo[]> {
  const credential = await credentials.find(id);
  const description = credential && providers.get(credential.provider);
  if (credential === undefined || description === undefined) {
    const message = 'This credential has been removed. Choose another, or add it again.';
    throw new ProviderError({ kind: 'credential_missing', message });
  }
  const connection = await credentials.connection(credential);
  return (await description.load()).listModels(connection, signal);
}
