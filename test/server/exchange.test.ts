import assert from 'node:assert/strict';
import { exportRequest, importRequest, sniffRequest } from '../../server/protocol.ts';
import { LanguageServer, uri } from '../support/languageServer.ts';

describe('files of other tools', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  it('are made templates of, or refused', async () => {
    const ask = (fileName: string, text: string) =>
      server.connection.sendRequest(importRequest, { fileName, text });
    const found = await ask('hello.txt', 'Hello {{ name }}');
    assert.deepEqual(found?.templates, [
      {
        name: 'hello',
        text: '---\nname: Hello\nvariables:\n  name: string\n---\nHello <<name>>',
        losses: [],
      },
    ]);
    assert.equal(await ask('package.json', '{}'), null);
  });

  it('are told from ours', async () => {
    const sniff = () => server.connection.sendRequest(sniffRequest, { textDocument: { uri } });
    await server.open('---\ninput: {schema: {a: string}}\n---\n{{a}}');
    assert.deepEqual(await sniff(), { tool: 'Dotprompt' });
    await server.change(2, '---\nname: X\n---\n{{a}}');
    assert.deepEqual(await sniff(), {});
  });

  it('are made of templates', async () => {
    await server.open('---\nname: X\n---\nHi <<a>>');
    const textDocument = { uri };
    const made = await server.connection.sendRequest(exportRequest, { textDocument });
    assert.deepEqual(made, {
      body: 'Hi {{a}}',
      record: 'name: X\nslug: letter\nprompt_body: Hi {{a}}\noutput_format: text\nactive: true\n',
      losses: [],
    });
    const none = { uri: 'file:///work/none.prompt' };
    const nothing = await server.connection.sendRequest(exportRequest, { textDocument: none });
    assert.equal(nothing, null);
  });
});
