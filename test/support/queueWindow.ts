/** A window with a queue on a real store; several may share a directory. Time moves by hand. */
import { JobQueue } from '../../client/jobs/jobQueue.ts';
import type { NewJob } from '../../client/jobs/queue.ts';
import type { Credential, Execution, Job, JobState, Output } from '../../client/model.ts';
import { type Connection, ProviderError } from '../../client/providers/provider.ts';
import { Redactor } from '../../client/providers/redact.ts';
import { Registry } from '../../client/providers/registry.ts';
import type { Store } from '../../client/store/store.ts';
import { FakeClock } from './fakeClock.ts';
import { RecordingLog } from './recordingLog.ts';
import { RefusingStore } from './refusingStore.ts';
import { ScriptedProvider } from './scriptedProvider.ts';
import { openStoreOfProcess } from './temporaryStore.ts';

export interface WindowOptions {
  readonly clock?: FakeClock;
  readonly concurrency?: number;
  /** Different windows are different processes. */
  readonly pid?: number;
  /** Processes that are gone. */
  readonly dead?: Set<number>;
  readonly random?: () => number;
}

/** Everything a job leaves in the store. */
export interface Record {
  readonly job: Job;
  readonly output: Output;
  readonly execution: Execution | undefined;
}

export class QueueWindow {
  readonly clock: FakeClock;
  readonly store: RefusingStore;
  readonly queue: JobQueue;
  /** Behind provider `scripted`; `other` is a second one. */
  readonly provider = new ScriptedProvider();
  readonly other = new ScriptedProvider();
  readonly redactor = new Redactor();
  readonly log = new RecordingLog();
  /** Jobs at a time; counts at the next `start`. */
  concurrency: number;
  /** False: as in Restricted Mode. */
  trusted = true;
  /** Credentials that have been removed. */
  readonly gone = new Set(['gone']);
  /** Keys are read when this resolves. */
  keyring: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(store: Store, options: WindowOptions) {
    this.clock = options.clock ?? new FakeClock();
    this.store = new RefusingStore(store);
    this.concurrency = options.concurrency ?? 2;
    let id = 0;
    this.queue = new JobQueue({
      store: this.store,
      credentials: {
        get: (credential) => this.#credential(credential),
        connection: (credential) => this.#connection(credential),
        touch: async () => undefined,
      },
      providers: new Registry([
        this.#describe('scripted', this.provider),
        this.#describe('other', this.other),
      ]),
      redactor: this.redactor,
      clock: this.clock,
      random: options.random ?? (() => 0.5),
      newId: () => `w${options.pid ?? 1}-${++id}`,
      log: this.log,
      concurrency: () => this.concurrency,
      mayRun: () => this.trusted,
    });
  }

  static async open(directory: string, options: WindowOptions = {}): Promise<QueueWindow> {
    const { dead = new Set(), pid = 1 } = options;
    return new QueueWindow(await openStoreOfProcess(directory, pid, dead), options);
  }

  /** On a store the test has opened; closed with the window. */
  static on(store: Store, options: WindowOptions = {}): QueueWindow {
    return new QueueWindow(store, options);
  }

  /** Opened, and looking after what earlier windows have left. */
  static async start(directory: string, options: WindowOptions = {}): Promise<QueueWindow> {
    const window = await QueueWindow.open(directory, options);
    window.queue.start();
    return window;
  }

  enqueue(prompt: string, order: Partial<NewJob> = {}, request: Partial<Job['request']> = {}) {
    return this.queue.enqueue({
      template: { slug: 'greet', name: 'Greet', uri: 'file:///folder/greet.prompt' },
      context: {},
      priority: 'default',
      user: 'me',
      startedBy: 'user',
      ...order,
      request: {
        provider: 'scripted',
        model: 'm-1',
        credential: 'work',
        messages: [{ role: 'user', content: prompt }],
        parameters: {},
        format: 'text',
        ...request,
      },
    });
  }

  async read(jobId: string): Promise<Record> {
    const job = (await this.store.jobs.get(jobId))?.value;
    if (job === undefined)
      throw new ProviderError({ kind: 'internal', message: `No job ${jobId}` });
    const [output, execution] = await Promise.all([
      this.store.outputs.get(job.outputId),
      this.store.executions.get(job.executionId),
    ]);
    return { job, output: output!.value, execution: execution?.value };
  }

  /** Resolves when the store, by whichever window, says so of the job. */
  async when(jobId: string, holds: (record: Record) => boolean): Promise<Record> {
    return this.whenStored(async () => {
      const record = await this.read(jobId);
      return holds(record) ? record : undefined;
    });
  }

  inState(jobId: string, state: JobState): Promise<Record> {
    return this.when(jobId, ({ job }) => job.state === state);
  }

  /** Asks again after every change of the store. */
  async whenStored<T>(probe: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const changed = Promise.withResolvers<void>();
      const listening = this.store.onDidChange(() => changed.resolve());
      try {
        const found = await probe();
        if (found !== undefined) return found;
        await changed.promise;
      } finally {
        listening.dispose();
      }
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.queue.close();
    await this.store.close();
  }

  /** Every credential is known unless it is `gone`; the store knows more of some. */
  async #credential(id: string): Promise<Credential | undefined> {
    if (this.gone.has(id)) return undefined;
    return (await this.store.credentials.get(id))?.value ?? ({ id } as Credential);
  }

  async #connection({ id }: Credential): Promise<Connection> {
    await this.keyring;
    const origin = 'https://api.example.com';
    return { name: id, baseUrl: origin, origin, key: () => 'sk-unused-key' };
  }

  #describe(slug: string, provider: ScriptedProvider) {
    return {
      slug,
      name: slug,
      baseUrl: 'https://api.example.com',
      needsCredential: true,
      offline: slug === 'other',
      load: async () => provider,
    };
  }
}
