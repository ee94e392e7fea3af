import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  createProtocolConnection,
  ErrorCodes,
  type InitializeParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { startServer } from '../../server/server.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { InMemoryFiles } from '../support/inMemoryFiles.ts';
import { folder, uri } from '../support/languageServer.ts';
import { codeOf } from '../support/answers.ts';
import { root } from '../support/paths.ts';
import { RenderHost, workerBeside } from '../../server/renderHost.ts';

const textDocument = { uri };
const position = { line: 0, character: 0 };

/** A server that nobody has initialized. */
function connected(files: Readonly<Record<string, string>> = {}) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  const renderer = new RenderHost(workerBeside(join(root, 'server/main.ts')));
  const started = startServer(server, {
    files: new InMemoryFiles(files),
    renderer,
    clock: new FakeClock(),
  });
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const logged: string[] = [];
  client.onNotification('window/logMessage', ({ message }: { message: string }) => {
    logged.push(message);
  });
  client.listen();
  const stop = () => {
    started.dispose();
    client.dispose();
    server.dispose();
  };
  const initialize = (params: Partial<InitializeParams> & { readonly rootPath?: string }) =>
    client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      ...params,
    });
  return { client, initialize, logged, stop };
}

describe('the life of a server', () => {
  it('refuses what comes before initialize, and what comes after shutdown', async () => {
    const { client, initialize, stop } = connected();
    const hover = () =>
      codeOf(client.sendRequest('textDocument/hover', { textDocument, position }));
    const text = { uri, languageId: 'prompt-template', version: 1, text: '<<x>>' };
    await client.sendNotification('textDocument/didOpen', { textDocument: text });
    assert.equal(await hover(), ErrorCodes.ServerNotInitialized);
    assert.equal(await codeOf(initialize({})), 'answered');
    assert.equal(await codeOf(initialize({})), ErrorCodes.InvalidRequest);
    assert.equal(await hover(), 'answered');
    assert.equal(await codeOf(client.sendRequest('no/such')), ErrorCodes.MethodNotFound);
    assert.equal(await codeOf(client.sendRequest('shutdown')), 'answered');
    assert.equal(await hover(), ErrorCodes.InvalidRequest);
    assert.equal(await codeOf(client.sendRequest('no/such')), ErrorCodes.InvalidRequest);
    await client.sendNotification('textDocument/didOpen', { textDocument: text });
    assert.equal(await hover(), ErrorCodes.InvalidRequest);
    stop();
  });

  const roots: [name: string, params: object, codes: string[]][] = [
    ['workspaceFolders', { workspaceFolders: [{ uri: folder, name: 'work' }] }, []],
    ['rootUri', { rootUri: folder }, []],
    ['rootUri where the folders are null', { rootUri: folder, workspaceFolders: null }, []],
    ['rootUri where there are no folders', { rootUri: folder, workspaceFolders: [] }, []],
    ['rootPath', { rootPath: '/work' }, []],
    ['nothing: a file alone', {}, ['unknown-partial']],
  ];
  for (const [name, params, codes] of roots) {
    it(`finds partials by ${name}`, async () => {
      const { client, initialize, logged, stop } = connected({
        [`${folder}/rules.prompt`]: 'Be kind.',
      });
      await initialize({ ...params, capabilities: { textDocument: { diagnostic: {} } } });
      await client.sendNotification('initialized', {});
      await client.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'prompt-template', version: 1, text: '<<> rules>>' },
      });
      const { items } = await client.sendRequest<{ items: { code: string }[] }>(
        'textDocument/diagnostic',
        { textDocument },
      );
      assert.deepEqual(
        items.map(({ code }) => code),
        codes,
      );
      assert.deepEqual(logged, []);
      stop();
    });
  }
});
