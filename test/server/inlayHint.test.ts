import assert from 'node:assert/strict';
import {
  type ClientCapabilities,
  DidChangeConfigurationNotification,
  type InlayHint,
  InlayHintRequest,
} from 'vscode-languageserver-protocol';
import { documentOf } from '../support/cursorText.ts';
import { LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const header = `---
variables:
  user: { type: object }
  tone: { default: warm }
  long: string
  key: { type: string, sensitive: true }
samples:
  first: { user: { name: Ann, age: 4 }, long: "${'x'.repeat(40)}", key: sk }
  second: { user: { name: Bob } }
---
`;

const rows: [body: string, shown: string][] = [
  ['Hi <<user.name>>!', 'Hi <<user.name[= Ann]>>!'],
  ['<<user>>', '<<user[= {"name":"Ann","age":4}]>>'],
  ['<<number user.age 1>> <<tone>>', '<<number user.age[= 4] 1>> <<tone[= warm]>>'],
  ['<<#if tone>>x<</if>>', '<<#if tone[= warm]>>x<</if>>'],
  ['<<long>>', `<<long[= ${'x'.repeat(30)}…]>>`],
  ['<<key>> <<user.none>> <<nobody>>', '<<key>> <<user.none>> <<nobody>>'],
  ['<<#with user>><<name>><</with>>', '<<#with user[= {"name":"Ann","age":4}]>><<name>><</with>>'],
];

const asking: ClientCapabilities = {
  ...modernEditor,
  workspace: {
    ...modernEditor.workspace,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
  },
};

const labelOf = ({ label }: InlayHint) =>
  typeof label === 'string' ? label : label.map(({ value }) => value).join('');

describe('sample values behind variables', () => {
  let server: LanguageServer;
  let answer: unknown = { sampleValues: true };
  let asked = 0;
  let refreshes = 0;

  async function start(capabilities: ClientCapabilities): Promise<void> {
    server = await LanguageServer.start({ capabilities });
    server.connection.onRequest('workspace/configuration', ({ items }: { items: object[] }) => {
      asked++;
      return items.map(() => answer);
    });
    server.connection.onRequest('workspace/inlayHint/refresh', () => {
      refreshes++;
      return null;
    });
  }

  async function shown(body: string): Promise<string> {
    await server.close();
    const text = header + body;
    await server.open(text);
    const document = documentOf(text);
    const range = { start: document.positionAt(0), end: document.positionAt(text.length) };
    const hints = await server.ask(InlayHintRequest.type, { textDocument: { uri }, range });
    const at = ({ position }: InlayHint) => document.offsetAt(position);
    const [all, end] = (hints ?? []).reduce(
      ([done, from], hint) => [`${done}${text.slice(from, at(hint))}[${labelOf(hint)}]`, at(hint)],
      ['', 0],
    );
    return (all + text.slice(end)).slice(header.length);
  }

  beforeEach(() => {
    answer = { sampleValues: true };
    asked = 0;
    refreshes = 0;
  });
  afterEach(() => server.stop());

  it('shows values of the first sample, then defaults, but nothing sensitive', async () => {
    await start(asking);
    for (const [body, expected] of rows) assert.equal(await shown(body), expected);
    assert.equal(asked, 1);
  });

  it('stays off unless the settings say otherwise', async () => {
    await start(asking);
    for (const off of [null, {}, { sampleValues: false }, { sampleValues: 'yes' }]) {
      answer = off;
      await server.connection.sendNotification(DidChangeConfigurationNotification.type, {
        settings: null,
      });
      assert.equal(await shown('<<tone>>'), '<<tone>>');
    }
  });

  it('asks again and lets the client ask again when the settings change', async () => {
    answer = null;
    await start(asking);
    await server.settled();
    assert(server.registered.includes('workspace/didChangeConfiguration'));
    assert.equal(await shown('<<tone>>'), '<<tone>>');
    answer = { sampleValues: true };
    await server.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    assert.equal(await shown('<<tone>>'), '<<tone[= warm]>>');
    assert.equal(refreshes, 1);
  });

  it('believes a client that tells its settings and cannot be asked', async () => {
    await start(modernEditor);
    assert.equal(await shown('<<tone>>'), '<<tone>>');
    await server.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { promptWorkbench: { inlayHints: { sampleValues: true } } },
    });
    assert.equal(await shown('<<tone>>'), '<<tone[= warm]>>');
    assert.equal(asked, 0);
  });

  it('looks only where it is asked', async () => {
    await start(asking);
    const text = `${header}<<tone>>\n<<tone>>\n<<tone>>`;
    await server.open(text);
    const line = header.split('\n').length;
    const range = { start: { line, character: 0 }, end: { line, character: 8 } };
    const hints = await server.ask(InlayHintRequest.type, { textDocument: { uri }, range });
    assert.deepEqual(
      hints?.map(({ position }) => position),
      [{ line, character: 6 }],
    );
  });
});
