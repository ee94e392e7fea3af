import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  LSPErrorCodes,
  RequestType0,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const position = { line: 0, character: 0 };
const textDocument = { uri };
const range = { start: position, end: position };

/** Every request of the server, with parameters that fit, as a client may send them at any time. */
const requests: Record<string, object> = {
  'textDocument/completion': { textDocument, position },
  'completionItem/resolve': { label: 'x' },
  'textDocument/hover': { textDocument, position },
  'textDocument/documentSymbol': { textDocument },
  'textDocument/foldingRange': { textDocument },
  'textDocument/definition': { textDocument, position },
  'textDocument/references': { textDocument, position, context: { includeDeclaration: true } },
  'textDocument/documentHighlight': { textDocument, position },
  'textDocument/prepareRename': { textDocument, position },
  'textDocument/codeAction': { textDocument, range, context: { diagnostics: [] } },
  'textDocument/linkedEditingRange': { textDocument, position },
  'textDocument/inlayHint': { textDocument, range },
  'workspace/willRenameFiles': { files: [{ oldUri: uri, newUri: `${folder}/other.prompt` }] },
  'textDocument/diagnostic': { textDocument },
  'prompt/render': { textDocument, context: {} },
  'prompt/describe': { textDocument },
};

/** Texts that are unfinished or odd in every way. */
const texts = [
  '',
  '---',
  '---\n',
  '---\nname: [\n---\n<<',
  '---\nvariables:\n  - x\n---\n<<x>>',
  '\uFEFF---\r\nname: x\r\n---\r\n<<x>>\r\n',
  '<<',
  '<<#',
  '<<#if',
  '<<#each xs as |',
  '<</',
  '<<>',
  '<<> ',
  '<<x (',
  '<<x.',
  '<<@',
  '<<!--',
  '<<#raw>>',
  '<<#*inline',
  '<<x "',
  '<<#if x>>'.repeat(150),
  '<<x '.repeat(500),
  '{{x}} <<y>>',
  '\u0000<<\u2028>>',
  `<<${'a.'.repeat(1000)}b>>`,
];

/** What keeps its name refuses to be renamed, with a reason: an answer like any other. */
async function ask(server: LanguageServer, method: string, params: object): Promise<unknown> {
  try {
    return await server.connection.sendRequest(method, params);
  } catch (error) {
    const refused = error instanceof ResponseError && error.code === LSPErrorCodes.RequestFailed;
    if (refused && method.endsWith('prepareRename')) return null;
    throw error;
  }
}

describe('any client', () => {
  let child: ChildProcessWithoutNullStreams | undefined;
  after(() => child?.kill());

  it('one that announces nothing and has no folder', async () => {
    const server = await LanguageServer.start({ capabilities: {}, folders: null });
    for (const text of texts) {
      await server.open(text);
      for (const [method, params] of Object.entries(requests)) {
        if (method === 'textDocument/diagnostic') continue;
        await ask(server, method, params);
      }
      await server.close();
    }
    assert.deepEqual(server.logged, []);
    assert.deepEqual(server.registered, []);
    server.stop();
  });

  it('a modern one, at every offset of unfinished texts', async () => {
    const server = await LanguageServer.start();
    for (const text of texts) {
      await server.open(text);
      const lines = text.split(/\r\n|\n/);
      for (const [line, { length }] of lines.entries()) {
        for (let character = 0; character <= Math.min(length, 30); character++) {
          for (const method of ['completion', 'hover', 'definition', 'prepareRename']) {
            const params = { textDocument, position: { line, character } };
            await ask(server, `textDocument/${method}`, params);
          }
        }
      }
      await server.connection.sendRequest('textDocument/diagnostic', { textDocument });
      await server.close();
    }
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  it('requests for documents that are not open', async () => {
    const server = await LanguageServer.start();
    for (const [method, params] of Object.entries(requests)) {
      const answer = await ask(server, method, params);
      assert(answer !== undefined, method);
    }
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  it('positions outside the text', async () => {
    const server = await LanguageServer.start();
    await server.open('<<x>>');
    const far = { line: 99, character: 99 };
    for (const [method, params] of Object.entries(requests)) {
      if ('position' in params) {
        await ask(server, method, { ...params, position: far });
      }
    }
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  it('cancelled requests are answered as such and others go on', async () => {
    const server = await LanguageServer.start();
    await server.open('<<x>>');
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol');
    const source = new CancellationTokenSource();
    const asked = server.connection.sendRequest(
      'textDocument/foldingRange',
      { textDocument },
      source.token,
    );
    source.cancel();
    await assert.rejects(asked, /cancel/i);
    const answer = await server.connection.sendRequest('textDocument/foldingRange', {
      textDocument,
    });
    assert.deepEqual(answer, []);
    server.stop();
  });

  it('workspace folders that come and go', async () => {
    const other = 'file:///other';
    const files = {
      [`${folder}/a.prompt`]: 'A',
      [`${other}/b.prompt`]: 'B',
    };
    const server = await LanguageServer.start({ files });
    await server.open('<<> b>>', `${other}/c.prompt`);
    const codes = async () => {
      const report = await server.connection.sendRequest<{ items: { code: string }[] }>(
        'textDocument/diagnostic',
        { textDocument: { uri: `${other}/c.prompt` } },
      );
      return report.items.map(({ code }) => code);
    };
    assert.deepEqual(await codes(), ['unknown-partial']);
    await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: other, name: 'other' }], removed: [] },
    });
    assert.deepEqual(await codes(), []);
    await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: other, name: 'other' }] },
    });
    assert.deepEqual(await codes(), ['unknown-partial']);
    server.stop();
  });

  it('over the standard streams, as a process of its own', async () => {
    child = spawn(process.execPath, ['server/main.ts', '--stdio']);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const exited = once(child, 'exit');
    const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: modernEditor,
      workspaceFolders: null,
    });
    assert(capabilities.completionProvider);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'prompt-template', version: 1, text: 'Hi <<name>>' },
    });
    const rendered = await connection.sendRequest<{ messages: object[] }>('prompt/render', {
      textDocument,
      context: { name: 'Ada' },
    });
    assert.deepEqual(rendered.messages, [{ role: 'user', content: 'Hi Ada' }]);
    const unknown = connection.sendRequest(new RequestType0('no/such/thing'));
    await assert.rejects(unknown, /Unhandled method/);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.deepEqual((await exited)[0], 0);
    connection.dispose();
  });
});
