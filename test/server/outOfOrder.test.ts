import assert from 'node:assert/strict';
import { LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const textDocument = { uri };
const position = { line: 0, character: 0 };

describe('documents that come out of order', () => {
  const note = (server: LanguageServer, method: string, params: object) =>
    server.connection.sendNotification(`textDocument/${method}`, params);
  const textOf = async (server: LanguageServer) => {
    const { messages } = await server.connection.sendRequest<{ messages: { content: string }[] }>(
      'prompt/render',
      { textDocument, context: {} },
    );
    return messages.map(({ content }) => content).join('');
  };

  it('a change of what is not open, a close of what is not open', async () => {
    const server = await LanguageServer.start();
    await server.change(2, 'x');
    await server.close();
    await server.open('a');
    assert.equal(await textOf(server), 'a');
    await server.close();
    await server.close();
    await server.change(3, 'y');
    await server.open('b');
    assert.equal(await textOf(server), 'b');
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  it('opened twice: the second text counts', async () => {
    const server = await LanguageServer.start();
    await server.open('a');
    await server.open('b');
    assert.equal(await textOf(server), 'b');
    await server.change(2, 'c', { start: position, end: { line: 0, character: 1 } });
    assert.equal(await textOf(server), 'c');
    await server.close();
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  it('versions that stay, go back or jump: the text counts', async () => {
    const { diagnostic: _, ...textDocument } = modernEditor.textDocument ?? {};
    const server = await LanguageServer.start({ capabilities: { ...modernEditor, textDocument } });
    await server.open('<<#if x>>');
    const codes = async () => {
      const { diagnostics } = await server.pushed();
      return diagnostics.filter(({ severity }) => severity === 1).map(({ code }) => code);
    };
    assert.deepEqual(await codes(), ['unclosed-block']);
    for (const version of [1, 1, 0, -5, 7, 7, 2]) {
      await server.change(version, 'fine');
      assert.deepEqual(await codes(), [], String(version));
      await server.change(version, '<</if>>');
      assert.deepEqual(await codes(), ['stray-close'], String(version));
    }
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  const wrongChanges: unknown[] = [
    undefined,
    null,
    'x',
    [null],
    [{}],
    [{ text: 5 }],
    [{ range: 'x', text: 'y' }],
    [{ range: { start: null, end: position }, text: 'y' }],
    [{ range: { start: position }, text: 'y' }],
  ];
  it('changes that are none leave the text as it is', async () => {
    const server = await LanguageServer.start();
    await server.open('a');
    for (const contentChanges of wrongChanges) {
      await note(server, 'didChange', { textDocument: { uri, version: 2 }, contentChanges });
      assert.equal(await textOf(server), 'a', JSON.stringify(contentChanges));
    }
    for (const wrong of [null, undefined, {}, { uri: 5 }, { uri }]) {
      await note(server, 'didOpen', { textDocument: wrong });
      await note(server, 'didChange', { textDocument: wrong, contentChanges: [{ text: 'x' }] });
      await note(server, 'didClose', {
        textDocument: wrong === undefined ? {} : { ...wrong, uri: 6 },
      });
    }
    assert.equal(await textOf(server), 'a');
    server.stop();
  });
});
