/** The queue against the SDK alone: the same requests, to the same server, as many at a time. */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { OpenAI } from 'openai';
import type * as FolderModule from '../../client/api/folder.ts';
import type { Folder } from '../../client/api/folder.ts';
import { noLog } from '../../client/providers/log.ts';
import { Redactor } from '../../client/providers/redact.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { root } from '../support/paths.ts';
import { temporaryDirectory } from '../support/temporaryStore.ts';
import type { BenchRow } from './row.ts';

const concurrency = 8;
/** The fastest models take this long to their first word, in milliseconds. */
const thinking = 30;
const singles = 100;
const messages = [{ role: 'user', content: 'Tell me a story about a queue, please.' }] as const;

export async function bench(): Promise<BenchRow[]> {
  return [
    ...(await against(thinking, async ({ folder, client }) => [
      row('10,000 jobs, 30 ms each', await all(folder, 10_000), await allBare(client, 10_000)),
    ])),
    ...(await against(0, async ({ folder, client }) => [
      row('1,000 jobs, answered at once', await all(folder, 1000), await allBare(client, 1000)),
      row(
        'first token p50',
        await median(() => firstText(folder)),
        await median(() => firstChunk(client)),
      ),
    ])),
  ];
}

interface Peers {
  readonly folder: Folder;
  readonly client: OpenAI;
}

/** @param delay of the server's answers, in milliseconds */
async function against(
  delay: number,
  measure: (peers: Peers) => Promise<BenchRow[]>,
): Promise<BenchRow[]> {
  const server = new Worker(new URL('answerServer.ts', import.meta.url), { workerData: delay });
  const [port] = (await once(server, 'message')) as [number];
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const directory = await temporaryDirectory();
  const folder = await open(directory.path, baseUrl);
  const client = new OpenAI({ apiKey: 'sk-bench-key', baseURL: baseUrl, maxRetries: 0 });
  try {
    // Both have answered before they are measured: no loading, no first connection.
    await firstText(folder);
    await firstChunk(client);
    return await measure({ folder, client });
  } finally {
    await folder.close();
    await server.terminate();
    await directory.remove();
  }
}

function row(name: string, ours: number, peer: number): BenchRow {
  return { bench: 'queue', case: name, ours, peer, unit: 'ms', ratio: ours / peer };
}

async function open(storageDirectory: string, baseUrl: string): Promise<Folder> {
  const bundle = join(root, 'dist/folder.cjs');
  const { openFolder } = createRequire(import.meta.url)(bundle) as typeof FolderModule;
  const folder = await openFolder({
    folder: 'file:///bench',
    storageDirectory,
    secrets: new MemorySecrets(),
    user: () => 'bench',
    concurrency: () => concurrency,
    mayRun: () => true,
    onDidChange: () => ({ dispose: () => undefined }),
    defaultProvider: () => 'openai',
    log: noLog,
    redactor: new Redactor(),
  });
  const preferredModel = 'm-1';
  const key = 'sk-bench-key';
  await folder.credentials.add({ provider: 'openai', name: 'Bench', baseUrl, key, preferredModel });
  return folder;
}

async function enqueue(folder: Folder) {
  return folder.queue.enqueue({
    template: { slug: 'bench', name: 'Bench', uri: 'file:///bench/bench.prompt' },
    context: {},
    request: await folder.requestFor({ format: 'text' }, messages),
    priority: 'default',
    user: folder.user,
    startedBy: 'test',
  });
}

/** Milliseconds until so many jobs were queued, sent, answered and stored. */
async function all(folder: Folder, jobs: number): Promise<number> {
  const before = folder.store.jobs.count(['completed']);
  const start = performance.now();
  // A hundred at a time, each acknowledged before the next: whoever queues so many reads them from somewhere.
  for (let queued = 0; queued < jobs; queued += 100) {
    await Promise.all(Array.from({ length: 100 }, () => enqueue(folder)));
  }
  // Counting costs: a person does not look more often either.
  while (folder.store.jobs.count(['completed']) < before + jobs) await setTimeout(10);
  return performance.now() - start;
}

/** The same without a queue: nothing is kept. */
async function allBare(client: OpenAI, jobs: number): Promise<number> {
  const start = performance.now();
  let left = jobs;
  const work = async (): Promise<void> => {
    while (left-- > 0) await ask(client, () => undefined);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return performance.now() - start;
}

async function ask(client: OpenAI, onText: () => void): Promise<void> {
  const stream = await client.chat.completions.create({
    model: 'm-1',
    messages: [...messages],
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) onText();
}

/** Milliseconds from asking for a job to its first text, its records included. */
async function firstText(folder: Folder): Promise<number> {
  const start = performance.now();
  const arrived = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<void>();
  const texts = folder.queue.onText(() => arrived.resolve(performance.now() - start));
  const states = folder.store.onDidChange(() => {
    if (folder.store.jobs.count(['pending', 'processing']) === 0) ended.resolve();
  });
  await enqueue(folder);
  const time = await arrived.promise;
  await ended.promise;
  texts.dispose();
  states.dispose();
  return time;
}

async function firstChunk(client: OpenAI): Promise<number> {
  const start = performance.now();
  let time: number | undefined;
  await ask(client, () => (time ??= performance.now() - start));
  return time ?? performance.now() - start;
}

async function median(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < singles; index++) times.push(await measure());
  return times.sort((a, b) => a - b)[singles / 2]!;
}
