import type { Credential, Execution, Job, Output } from '../../../client/model.ts';
import { openStore } from '../../../client/store/open.ts';
import type { StoreOptions } from '../../../client/store/open.ts';
import type { Host } from '../../../client/store/presence.ts';
import type { Change, Op, Store } from '../../../client/store/store.ts';
import { StoreClock, StoreDisk } from '../../support/storeDisk.ts';

const template = { slug: 'greet', name: 'Greet', uri: 'file:///p/greet.prompt' };
const request = {
  provider: 'echo',
  model: 'echo-1',
  messages: [{ role: 'user', content: 'Hello' }],
  parameters: {},
  format: 'text',
} as const;

export function job(id: string, part: Partial<Job> = {}): Job {
  return {
    id,
    state: 'pending',
    priority: 'default',
    template,
    context: {},
    request,
    user: 'Ada',
    startedBy: 'user',
    queuedAt: 1_700_000_000_000,
    queuedBy: 'window',
    attempts: [],
    outputId: `output of ${id}`,
    executionId: `execution of ${id}`,
    ...part,
  };
}

export function output(id: string, part: Partial<Output> = {}): Output {
  return {
    id,
    jobId: `job of ${id}`,
    executionId: `execution of ${id}`,
    template,
    provider: 'echo',
    model: 'echo-1',
    format: 'text',
    status: 'completed',
    text: 'Hello',
    partial: false,
    offline: false,
    createdAt: 1_700_000_000_000,
    ...part,
  };
}

export function execution(id: string): Execution {
  return {
    id,
    jobId: `job of ${id}`,
    outputId: `output of ${id}`,
    template,
    context: {},
    request,
    status: 'completed',
    preview: false,
    user: 'Ada',
    queuedAt: 1_700_000_000_000,
    finishedAt: 1_700_000_001_000,
    attempts: [],
  };
}

export function credential(id: string, part: Partial<Credential> = {}): Credential {
  return {
    id,
    provider: 'openai',
    name: id,
    baseUrl: 'https://api.openai.com/v1',
    origin: 'https://api.openai.com',
    keyless: false,
    isDefault: false,
    enabled: true,
    priority: 0,
    createdAt: 1_700_000_000_000,
    ...part,
  };
}

/** A small entity with a text of one's own: values remembered for a template. */
export function note(id: string, rev: number, text = `${id} ${rev}`): Op {
  return ['contexts', id, rev, { id, values: { text }, at: rev }];
}

export async function textOf(store: Store, id: string): Promise<unknown> {
  return (await store.contexts.get(id))?.value.values.text;
}

const host: Host = { pid: 1, name: 'here', boot: 'now', isRunning: () => true };
const folder = 'file:///p';
const root = '/stores';

/** Windows of one folder on a disk in memory. */
export class Windows {
  readonly disk: StoreDisk;
  readonly clock = new StoreClock();
  readonly #open: Store[] = [];
  #ids = 0;

  constructor(disk = new StoreDisk()) {
    this.disk = disk;
  }

  async open(options: Partial<StoreOptions> = {}): Promise<Store> {
    const store = await openStore({
      directory: root,
      folder,
      files: this.disk,
      clock: this.clock,
      host,
      newId: () => `id-${(this.#ids += 1)}`,
      ...options,
    });
    this.#open.push(store);
    return store;
  }

  async close(): Promise<void> {
    for (const store of this.#open.splice(0)) await store.close();
  }

  /** The journal's files by name. */
  get journal(): ReadonlyMap<string, Buffer> {
    return this.#files('journal');
  }

  get snapshots(): ReadonlyMap<string, Buffer> {
    return this.#files('index');
  }

  path(name: string): string {
    const path = this.disk.paths().find((path) => path.endsWith(`/${name}`));
    if (!path) throw new Error(`There is no ${name}`);
    return path;
  }

  #files(directory: string): ReadonlyMap<string, Buffer> {
    const paths = this.disk.paths(root).filter((path) => path.split('/').at(-2) === directory);
    return new Map(paths.map((path) => [path.split('/').at(-1)!, this.disk.bytes(path)]));
  }
}

/** Resolves with the first changes that satisfy the condition. */
export function changes(
  store: Store,
  condition: (changes: readonly Change[]) => boolean,
): Promise<readonly Change[]> {
  return new Promise((resolve) => {
    const listening = store.onDidChange((changes) => {
      if (!condition(changes)) return;
      listening.dispose();
      resolve(changes);
    });
  });
}

/** The `code` a promise rejects with; `undefined` when it resolves. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
