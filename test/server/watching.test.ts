import assert from 'node:assert/strict';
import {
  type DocumentLink,
  DocumentLinkRequest,
  ReferencesRequest,
} from 'vscode-languageserver-protocol';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const textDocument = { uri };
const at = (name: string) => `${folder}/${name}.prompt`;

describe('what changes on disk outside of the editor', () => {
  let server: LanguageServer;
  const texts = () => server.files.texts;
  beforeEach(async () => {
    server = await LanguageServer.start({
      files: { [at('old/a')]: 'A', [at('old/deep/b')]: 'B', [at('c')]: 'C' },
    });
    await server.open('<<> a>><<> b>><<> c>><<> d>>');
  });
  afterEach(() => server.stop());

  /** The files that the partials of the open document are found in. */
  async function linked(): Promise<string[]> {
    const links = (await server.ask(DocumentLinkRequest.type, { textDocument })) ?? [];
    return links.map(({ target = '' }: DocumentLink) => target.replace(`${folder}/`, ''));
  }

  function move(from: string, to: string): void {
    const moved = Array.from(texts()).filter(([name]) => name.startsWith(from));
    for (const [name, text] of moved) {
      texts().delete(name);
      texts().set(to + name.slice(from.length), text);
    }
  }

  it('a folder is moved, and only the folder is told of', async () => {
    assert.deepEqual(await linked(), ['old/a.prompt', 'old/deep/b.prompt', 'c.prompt']);
    move(`${folder}/old/`, `${folder}/new.2/`);
    await server.cameAndWent([`${folder}/new`, `${folder}/new.2`], [`${folder}/old`]);
    assert.deepEqual(await linked(), ['new.2/a.prompt', 'new.2/deep/b.prompt', 'c.prompt']);
  });

  it('a folder is deleted', async () => {
    move(`${folder}/old/`, `${folder}/node_modules/old/`);
    await server.cameAndWent([`${folder}/node_modules`], [`${folder}/old`]);
    assert.deepEqual(await linked(), ['c.prompt']);
  });

  it('what is open stays when its folder is deleted, until it is closed', async () => {
    await server.open('A', at('old/a'));
    move(`${folder}/old/`, 'file:///elsewhere/');
    await server.cameAndWent([], [`${folder}/old`]);
    assert.deepEqual(await linked(), ['old/a.prompt', 'c.prompt']);
    await server.close(at('old/a'));
    await server.settled();
    assert.deepEqual(await linked(), ['c.prompt']);
  });

  it('a file is renamed', async () => {
    move(at('c'), at('d'));
    await server.cameAndWent([at('d')], [at('c')]);
    assert.deepEqual((await linked()).slice(2), ['d.prompt']);
  });

  it('another branch is checked out: many files at once', async () => {
    const names = Array.from({ length: 300 }, (_, i) => at(`many/t${i}`));
    for (const name of names) texts().set(name, '<<> a>>');
    texts().delete(at('c'));
    await server.cameAndWent(names, [at('c')]);
    const context = { includeDeclaration: false };
    const position = { line: 0, character: 5 };
    const found = await server.ask(ReferencesRequest.type, { textDocument, position, context });
    assert.equal(found?.length, 301);
    assert(!(await linked()).includes('c.prompt'));
    for (const name of names) texts().delete(name);
    await server.cameAndWent([], [`${folder}/many`]);
    const left = await server.ask(ReferencesRequest.type, { textDocument, position, context });
    assert.equal(left?.length, 1);
  });

  it('a file of another kind is none of its business', async () => {
    await server.cameAndWent([`${folder}/a.txt`, `${folder}/.git/x`], [`${folder}/old.md`]);
    assert.equal((await linked()).length, 3);
    assert.deepEqual(server.logged, []);
  });
});
