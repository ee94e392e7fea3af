import assert from 'node:assert/strict';
import { type ClientCapabilities, ErrorCodes, ResponseError } from 'vscode-languageserver-protocol';
import { LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const textDocument = { uri };
const position = { line: 0, character: 0 };

describe('settings of a client', () => {
  const asking: ClientCapabilities = {
    ...modernEditor,
    workspace: {
      ...modernEditor.workspace,
      configuration: true,
      inlayHint: { refreshSupport: true },
    },
  };
  const text = '---\nvariables: { x: string }\nsamples: { a: { x: Ada } }\n---\n<<x>>';
  const whole = { start: position, end: { line: 99, character: 0 } };

  async function hintsOf(server: LanguageServer): Promise<object[]> {
    return server.connection.sendRequest('textDocument/inlayHint', { textDocument, range: whole });
  }

  const answers: [name: string, answer: () => unknown, hints: number, logs: number][] = [
    ['null', () => null, 0, 0],
    ['a list of null', () => [null], 0, 0],
    ['an empty list', () => [], 0, 0],
    ['something else', () => ['x'], 0, 0],
    ['what was asked for', () => [{ sampleValues: true }], 1, 0],
    ['an error', () => new ResponseError(ErrorCodes.InternalError, 'no settings'), 0, 1],
  ];
  for (const [name, answer, hints, logs] of answers) {
    it(`may be ${name}`, async () => {
      const server = await LanguageServer.start({ capabilities: asking });
      server.connection.onRequest('workspace/configuration', answer);
      await server.open(text);
      assert.equal((await hintsOf(server)).length, hints);
      assert.equal(server.logged.length, logs);
      server.stop();
    });
  }

  it('may never come, or late', async () => {
    const server = await LanguageServer.start({ capabilities: asking });
    const { promise: settings, resolve: answer } = Promise.withResolvers<object[]>();
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { promise: refreshed, resolve: refresh } = Promise.withResolvers<void>();
    server.connection.onRequest('workspace/configuration', () => {
      asked();
      return settings;
    });
    server.connection.onRequest('workspace/inlayHint/refresh', () => {
      refresh();
      return null;
    });
    await server.open(text);
    const hints = hintsOf(server);
    await isAsked;
    await server.settled();
    server.clock.advance(1000);
    assert.deepEqual(await hints, []);
    assert.deepEqual(await hintsOf(server), []);
    answer([{ sampleValues: true }]);
    await refreshed;
    assert.equal((await hintsOf(server)).length, 1);
    server.stop();
  });
});
