/** A window with a queue: queues prompts for a loopback provider and works on them, and on what others left. */
import { randomUUID } from 'node:crypto';
import { JobQueue } from '../../../client/jobs/jobQueue.ts';
import { noLog } from '../../../client/providers/log.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { Registry } from '../../../client/providers/registry.ts';
import { openStore } from '../../../client/store/open.ts';
import type { Store } from '../../../client/store/store.ts';
import { orderOf } from '../orders.ts';
import { loopback } from './loopback.ts';
import { fastClock, hasty, jumpingClock } from './outside.ts';

export interface WorkOptions {
  readonly directory: string;
  /** Of the loopback provider. */
  readonly port: number;
  /** Prompts to queue: these numbers, from the first one on. */
  readonly first?: number;
  readonly count?: number;
  readonly concurrency?: number;
  /** Time of the queue; `fast` runs fifty times as fast, so that retries come while a test looks. */
  readonly clock?: 'fast' | 'jumping';
  readonly segmentBytes?: number;
  readonly snapshotBytes?: number;
  /** Acknowledges before anything is written, to see that the suite notices. */
  readonly hasty?: boolean;
  /** Waits for a line on standard input before it takes up anything. */
  readonly onWord?: boolean;
  /** Ends when no job is open any more. */
  readonly drain?: boolean;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const open = ['pending', 'processing'] as const;

export async function work(options: WorkOptions): Promise<void> {
  const {
    concurrency = 4,
    directory,
    port,
    segmentBytes = 64 * 2 ** 20,
    snapshotBytes = 8 * 2 ** 20,
  } = options;
  const opened = await openStore({
    directory,
    folder: 'file:///faults',
    segmentBytes,
    snapshotBytes,
  });
  const store = options.hasty ? hasty(opened) : opened;
  const none = undefined;
  const queue = new JobQueue({
    store,
    credentials: {
      get: async () => none,
      connection: () => Promise.reject(new Error('None')),
      touch: async () => none,
    },
    providers: new Registry([loopback(port)]),
    redactor: new Redactor(),
    clock: options.clock === 'jumping' ? jumpingClock() : fastClock,
    random: Math.random,
    newId: randomUUID,
    log: noLog,
    concurrency: () => concurrency,
    mayRun: () => true,
  });
  tellEnds(opened);
  say(`open ${store.windowId} ${store.directory}`);
  if (options.onWord) await word();
  queue.start();
  await enqueueAll(queue, options);
  say('queued all');
  if (!options.drain) {
    setInterval(() => undefined, 60_000);
    return;
  }
  await noneOpen(opened);
  await queue.close();
  await opened.close();
}

/** A few at a time, as a person or a tool would. */
async function enqueueAll(queue: JobQueue, { count = 0, first = 0 }: WorkOptions): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const lane = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const { id } = await queue.enqueue(orderOf(number));
      say(`queued ${id} ${number}`);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

/** Says of each job how it ended, as soon as it is stored. */
function tellEnds(store: Store): void {
  store.onDidChange((changes) => {
    for (const { id, table } of changes) {
      if (table === 'jobs') void tellEnd(store, id).catch(() => undefined);
    }
  });
}

async function tellEnd(store: Store, id: string): Promise<void> {
  const state = (await store.jobs.get(id))?.value.state;
  if (state !== undefined && state !== 'pending' && state !== 'processing')
    say(`ended ${id} ${state}`);
}

function word(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('data', () => {
      process.stdin.unref();
      resolve();
    });
  });
}

function noneOpen(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (store.jobs.count(open) > 0) return;
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(look, 20);
    look();
  });
}
