import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Folder, openFolder } from '../../../client/api/folder.ts';
import type { Job } from '../../../client/model.ts';
import { noLog } from '../../../client/providers/log.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import {
  answer,
  chunk,
  chunkedHead,
  delta,
  FaultServer,
  stall,
} from '../../support/faultServer.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { root } from '../../support/paths.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

const open = ['pending', 'processing'] as const;

describe('jobs of a killed process', function () {
  this.timeout(60_000);
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let server: FaultServer;
  let children: ChildProcess[];

  beforeEach(async () => {
    directory = await temporaryDirectory();
    server = await FaultServer.start();
    children = [];
  });

  afterEach(async () => {
    await Promise.all(children.map(kill));
    await server.stop();
    await directory.remove();
  });

  function start(first: number, count: number): ChildProcess {
    const script = join(root, 'test/support/jobProcess.ts');
    const child = fork(script, [directory.path, server.baseUrl, `${first}`, `${count}`]);
    children.push(child);
    return child;
  }

  it('are interrupted when they were sent, taken up when not, and never sent twice', async () => {
    server.behaviour = stall(chunkedHead + chunk(delta('Hel')));
    const child = start(0, 3);
    await once(child, 'message');
    while (server.requests.length < 2) await new Promise(setImmediate);
    await kill(child);
    server.behaviour = answer();
    const folder = await reopen(directory.path);
    const jobs = await allEnded(folder);
    assert.deepEqual(jobs.map(({ state }) => state).sort(), [
      'completed',
      'interrupted',
      'interrupted',
    ]);
    assert.deepEqual(sends(server), new Map([0, 1, 2].map((number) => [number, 1])));
    await folder.close();
  });

  it('end in a named state each, none sent twice, however often and whenever a process is killed', async () => {
    // Slow enough that a kill finds some waiting, some on their way and some done.
    server.behaviour = async (socket, request) => {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      await answer()(socket, request);
    };
    const each = 15;
    for (const [round, sentBefore] of [1, 4, 9].entries()) {
      const before = server.requests.length;
      const child = start(round * each, each);
      while (server.requests.length < before + sentBefore) await new Promise(setImmediate);
      await kill(child);
    }
    const folder = await reopen(directory.path);
    const jobs = await allEnded(folder);
    const sent = sends(server);
    for (const job of jobs) {
      const number = numberIn(job.request.messages[0]!.content);
      assert(job.state === 'completed' || job.state === 'interrupted', job.state);
      const times = sent.get(number) ?? 0;
      if (job.state === 'completed') assert.equal(times, 1);
      else assert(times <= 1, `prompt ${number} was sent ${times} times`);
      const output = (await folder.store.outputs.get(job.outputId))?.value;
      const execution = (await folder.store.executions.get(job.executionId))?.value;
      assert.deepEqual([output?.status, execution?.status], [job.state, job.state]);
      if (job.state === 'completed') assert.equal(output?.text, 'Hello');
    }
    assert(jobs.length > 15 && jobs.some(({ state }) => state === 'completed'));
    await folder.close();
  });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function reopen(storageDirectory: string): Promise<Folder> {
  return openFolder({
    folder: 'file:///folder',
    storageDirectory,
    secrets: new MemorySecrets(),
    user: () => 'me',
    concurrency: () => 4,
    mayRun: () => true,
    onDidChange: () => ({ dispose: () => undefined }),
    defaultProvider: () => undefined,
    log: noLog,
    redactor: new Redactor(),
  });
}

/** All jobs, once none is open any more. */
async function allEnded(folder: Folder): Promise<Job[]> {
  while (folder.store.jobs.count(open) > 0) await new Promise(setImmediate);
  const rows = await folder.store.jobs.list(undefined, { limit: 1000 });
  return rows.map(({ value }) => value);
}

/** How often each prompt reached the server. */
function sends(server: FaultServer): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { body } of server.requests) {
    const number = numberIn(body);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
}

function numberIn(text: string): number {
  return Number(/prompt (\d+)\./.exec(text)?.[1]);
}
