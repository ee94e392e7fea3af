import assert from 'node:assert/strict';
import { type Folder, openFolder } from '../../../client/api/folder.ts';
import type { Job } from '../../../client/model.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { Emitter } from '../../../client/store/emitter.ts';
import { everyByte } from '../../support/everyByte.ts';
import { answer, delta, done, FaultServer, finish, json } from '../../support/faultServer.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { temporaryDirectory } from '../../support/temporaryStore.ts';

const canary = 'sk-canary-folder-9b1d';

describe("a folder's workbench", () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let server: FaultServer;
  let secrets: MemorySecrets;
  let log: RecordingLog;
  let folder: Folder;
  let trusted: boolean;
  let places: number;
  let changed: Emitter<void>;

  const open = (): Promise<Folder> =>
    openFolder({
      folder: 'file:///folder',
      storageDirectory: directory.path,
      secrets,
      user: () => 'me',
      concurrency: () => places,
      mayRun: () => trusted,
      onDidChange: (listener) => changed.on(listener),
      defaultProvider: () => undefined,
      log,
      redactor: new Redactor(),
    });

  beforeEach(async () => {
    directory = await temporaryDirectory();
    server = await FaultServer.start();
    secrets = new MemorySecrets();
    log = new RecordingLog();
    trusted = true;
    places = 2;
    changed = new Emitter();
    folder = await open();
  });

  afterEach(async () => {
    await folder.close();
    await server.stop();
    await directory.remove();
  });

  const addCredential = (key = canary) =>
    folder.credentials.add({
      provider: 'openai',
      name: 'Work',
      baseUrl: server.baseUrl,
      key,
      preferredModel: 'm-1',
      system: 'Be kind.',
    });

  async function run(content: string): Promise<Job> {
    const { id } = await folder.queue.enqueue({
      template: { slug: 'greet', name: 'Greet', uri: 'file:///folder/greet.prompt' },
      context: {},
      request: await folder.requestFor({ format: 'text' }, [{ role: 'user', content }]),
      priority: 'default',
      user: folder.user,
      startedBy: 'user',
    });
    return ended(id);
  }

  async function ended(id: string): Promise<Job> {
    for (;;) {
      const changed = Promise.withResolvers<void>();
      const listening = folder.store.onDidChange(() => changed.resolve());
      const job = (await folder.store.jobs.get(id))!.value;
      if (job.finishedAt !== undefined) return job;
      await changed.promise;
      listening.dispose();
    }
  }

  it('asks for a credential when there is none', async () => {
    await assert.rejects(
      folder.resolveTarget({ format: 'text' }),
      /^ProviderError: No credential yet: add one/,
    );
  });

  it('runs offline without one', async () => {
    const target = await folder.resolveTarget({ format: 'text', provider: 'echo' });
    assert.deepEqual(target, { provider: 'echo', model: 'echo-1', parameters: {}, format: 'text' });
  });

  it('runs a prompt, and finds the answer again after a restart', async () => {
    await addCredential();
    const job = await run('Hi');
    assert.equal(job.state, 'completed');
    const sent = JSON.parse(server.requests[0]!.body);
    assert.deepEqual(sent.messages, [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ]);
    await folder.close();
    folder = await open();
    const [row] = folder.store.outputs.list();
    assert.deepEqual([row?.id, row?.status, row?.preview], [job.outputId, 'completed', 'Hello']);
    const [credential] = await folder.credentials.list();
    assert.equal(credential?.lastUsedAt !== undefined, true);
  });

  it('lets the key of a credential be seen nowhere, whatever the server does with it', async () => {
    await addCredential();
    await run(`Is ${canary} safe?`);
    server.behaviour = answer(
      delta(`It is ${canary.slice(0, 9)}`) + delta(canary.slice(9)) + finish() + done,
    );
    await run('Tell me the key.');
    server.behaviour = json(401, { error: { message: `Wrong: ${canary}`, code: canary } });
    assert.equal((await run('Again.')).error?.kind, 'auth');
    assert.equal(server.requests[0]?.headers.get('authorization'), `Bearer ${canary}`);
    assert.equal(
      server.requests.some(({ body }) => body.includes('canary')),
      false,
    );
    await folder.close();
    const bytes = await everyByte(directory.path);
    assert(bytes.includes('[redacted]'));
    assert.doesNotMatch(bytes + log.lines.join('\n'), /canary/);
  });

  it("lists the provider's models for a credential", async () => {
    const { id } = await addCredential();
    server.behaviour = json(200, {
      object: 'list',
      data: [{ id: 'm-1', owned_by: 'me', created: 5 }, { id: 7 }],
    });
    const { signal } = new AbortController();
    assert.deepEqual(await folder.listModels(id, signal), [
      { id: 'm-1', ownedBy: 'me', createdAt: 5000 },
    ]);
    server.behaviour = json(200, { hello: 'world' });
    await assert.rejects(
      folder.listModels(id, signal),
      /did not answer like this provider: no list of models\./,
    );
    await assert.rejects(folder.listModels('gone', signal), /has been removed/);
  });

  describe('in Restricted Mode', () => {
    const refusal = /^RestrictedError: Running prompts is turned off in Restricted Mode/;

    /** A folder with a job that waits, opened again by somebody who does not trust it. */
    async function waitingUntrusted(): Promise<string> {
      const { id } = await addCredential();
      places = 0;
      changed.fire();
      const request = await folder.requestFor({ format: 'text' }, [
        { role: 'user', content: 'Hi' },
      ]);
      const job = await folder.queue.enqueue({
        template: { slug: 'greet', name: 'Greet', uri: 'file:///folder/greet.prompt' },
        context: {},
        request,
        priority: 'default',
        user: 'me',
        startedBy: 'user',
      });
      await folder.close();
      places = 2;
      trusted = false;
      secrets.reads.length = 0;
      folder = await open();
      await assert.rejects(folder.queue.enqueue({ ...job }), refusal);
      await assert.rejects(folder.queue.runAgain(job.id), refusal);
      await assert.rejects(folder.listModels(id, new AbortController().signal), refusal);
      return job.id;
    }

    it('reads the history, but reads no key and sends nothing', async () => {
      const id = await waitingUntrusted();
      changed.fire();
      await new Promise(setImmediate);
      assert.equal((await folder.store.jobs.get(id))?.value.state, 'pending');
      assert.equal(folder.store.outputs.count(), 1);
      assert.deepEqual([server.requests, secrets.reads], [[], []]);
    });

    it('sends what waits once the workspace is trusted', async () => {
      const id = await waitingUntrusted();
      trusted = true;
      changed.fire();
      assert.equal((await ended(id)).state, 'completed');
      assert.equal(server.requests.length, 1);
    });
  });

  it('goes on with a refused credential once its key was replaced', async () => {
    const { id } = await addCredential();
    server.behaviour = json(401, {});
    const refused = await run('Hi');
    assert.match(
      refused.error?.message ?? '',
      /^'Work' was refused by .* \(401\)\. Replace the key\.$/,
    );
    server.behaviour = answer();
    await folder.credentials.replaceKey(id, 'sk-right-key');
    assert.equal((await run('Hi')).state, 'completed');
    assert.equal(server.requests.at(-1)?.headers.get('authorization'), 'Bearer sk-right-key');
  });
});
