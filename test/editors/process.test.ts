import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { root } from '../support/paths.ts';

const script = join(root, 'dist/server.cjs');
const textDocument = { uri: 'untitled:Letter' };

/** Prints from anywhere, as soon as the server listens. */
const noisy = `setInterval(() => {
  if (process.stdin.listenerCount('data') === 0) return;
  console.log('noise');
  console.info({ noise: true });
  process.stdout.write('Content-Length: 5\\r\\n\\r\\nnoise');
}, 2).unref();`;

describe('the built server as a process', () => {
  let child: ChildProcessWithoutNullStreams;
  let connection: ProtocolConnection;
  let said: string;
  before(() => assert(existsSync(script), `${script} is missing: run npm run build`));
  afterEach(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });

  async function start(processId: number | null, ...flags: string[]): Promise<void> {
    said = '';
    child = spawn(process.execPath, [...flags, script, '--stdio']);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    await connection.sendRequest('initialize', { processId, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
  }

  const exitCode = async () => {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  const note = (method: string) => connection.sendNotification(method);

  async function render(): Promise<unknown> {
    const text = {
      ...textDocument,
      languageId: 'prompt-template',
      version: 1,
      text: 'Hi <<name>>',
    };
    await connection.sendNotification('textDocument/didOpen', { textDocument: text });
    const params = { textDocument, context: { name: 'Ada' } };
    const { messages } = await connection.sendRequest<{ messages: unknown }>(
      'prompt/render',
      params,
    );
    return messages;
  }

  it('renders, shuts down and exits with 0', async () => {
    await start(process.pid);
    assert.deepEqual(await render(), [{ role: 'user', content: 'Hi Ada' }]);
    await connection.sendRequest('shutdown');
    const code = exitCode();
    await note('exit');
    assert.equal(await code, 0);
    assert.equal(said, '');
  });

  it('exits with 1 when nobody asked it to shut down', async () => {
    await start(process.pid);
    const code = exitCode();
    await note('exit');
    assert.equal(await code, 1);
  });

  it('exits when the client hangs up', async () => {
    await start(null);
    const code = exitCode();
    child.stdin.end();
    assert.equal(await code, 1);
  });

  it('exits when the process it serves is gone, though its input stays open', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    assert(parent.pid);
    await start(parent.pid);
    const code = exitCode();
    parent.kill('SIGKILL');
    assert.equal(await code, 1);
  });

  it('keeps what is printed out of the protocol', async () => {
    await start(process.pid, '--import', `data:text/javascript,${encodeURIComponent(noisy)}`);
    for (let round = 0; round < 50; round++) {
      assert.deepEqual(await render(), [{ role: 'user', content: 'Hi Ada' }]);
    }
    await connection.sendRequest('shutdown');
    const code = exitCode();
    await note('exit');
    assert.equal(await code, 0);
    assert.match(said, /noise/);
  });
});
