import assert from 'node:assert/strict';
import {
  PrepareRenameRequest,
  type PrepareRenameResult,
  RenameRequest,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { covered, cursorText, edited } from '../support/cursorText.ts';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const rules = `${folder}/rules.prompt`;
const caller = `${folder}/caller.prompt`;
const files: Record<string, string> = {
  [rules]: '---\nname: Rules\nvariables:\n  tone: string\n---\nBe <<tone>>.',
  [caller]: '---\nname: Caller\nvariables:\n  tone: string\n---\n<<> letter>><<> letter tone="x">>',
};

const renames: [what: string, marked: string, name: string, after: Record<string, string>][] = [
  [
    'a variable: declaration, samples, uses, and what is passed on',
    '---\nname: L\nvariables:\n  tone: string\nsamples:\n  a: { tone: x }\n---\n<<to|ne>><<#if tone>><</if>><<> rules>><<> rules tone=tone>>',
    'mood',
    {
      [uri]:
        '---\nname: L\nvariables:\n  mood: string\nsamples:\n  a: { mood: x }\n---\n<<mood>><<#if mood>><</if>><<> rules tone=mood>><<> rules tone=mood>>',
      [caller]:
        '---\nname: Caller\nvariables:\n  tone: string\n---\n<<> letter mood=tone>><<> letter mood="x">>',
    },
  ],
  [
    'a variable from its declaration',
    '---\nname: L\nvariables:\n  us|er: string\n---\n<<user.name>>',
    'reader',
    { [uri]: '---\nname: L\nvariables:\n  reader: string\n---\n<<reader.name>>' },
  ],
  [
    'a block parameter, not the variable of the same name',
    '<<x>><<#each xs as |x i|>><<¦x.y>><<i>><</each>><<#each xs as |x|>><<x>><</each>>',
    'item',
    {
      [uri]:
        '<<x>><<#each xs as |item i|>><<item.y>><<i>><</each>><<#each xs as |x|>><<x>><</each>>',
    },
  ],
  [
    'the slug of a partial that comes from the file name',
    '---\nname: L\n---\n<<> ru|les>>',
    'house-rules',
    {
      [uri]: '---\nname: L\n---\n<<> house-rules>>',
      [rules]: '---\nname: Rules\nvariables:\n  tone: string\nslug: house-rules\n---\nBe <<tone>>.',
    },
  ],
  [
    'a variable of a partial from its argument',
    '---\nname: L\n---\n<<> rules to|ne="x">>',
    'mood',
    {
      [uri]: '---\nname: L\n---\n<<> rules mood="x">>',
      [rules]: '---\nname: Rules\nvariables:\n  mood: string\n---\nBe <<mood>>.',
    },
  ],
];

const refused: [marked: string, name: string, says: RegExp][] = [
  ['<<to|ne>>', '', /cannot be a name/],
  ['<<to|ne>>', 'a b', /cannot be a name/],
  ['<<to|ne>>', '2x', /cannot be a name/],
  ['<<to|ne>>', 'this', /cannot be a name/],
  ['<<to|ne>><<user>>', 'user', /already/],
  ['<<> ru|les>>', 'No Slug', /A slug has/],
  ['<<> ru|les>>', 'caller', /already/],
  ['<<up|per tone>>', 'x', /cannot be renamed/],
  ['pro|se', 'x', /cannot be renamed/],
];

describe('rename', () => {
  let server: LanguageServer;
  beforeEach(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(() => server.stop());

  for (const [what, marked, newName, after] of renames) {
    it(what, async () => {
      const { text, position } = cursorText(marked);
      await server.open(text);
      const edit = await server.ask(RenameRequest.type, {
        textDocument: { uri },
        position,
        newName,
      });
      const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
      const texts = changes.map(({ textDocument: { uri: at }, edits }) => {
        const before = at === uri ? text : (files[at] ?? '');
        return [at, edited(before, edits as TextEdit[])];
      });
      assert.deepEqual(Object.fromEntries(texts), after);
    });
  }

  for (const [marked, newName, says] of refused) {
    it(`${marked} is not renamed to “${newName}”`, async () => {
      const { text, position } = cursorText(marked);
      await server.open(text);
      const asked = server.ask(RenameRequest.type, { textDocument: { uri }, position, newName });
      await assert.rejects(asked, says);
    });
  }

  it('says beforehand what will be renamed', async () => {
    const { text, position } = cursorText('Hi <<us|er.name>>');
    await server.open(text);
    const found = (await server.ask(PrepareRenameRequest.type, {
      textDocument: { uri },
      position,
    })) as Extract<PrepareRenameResult, { placeholder: string }>;
    assert.equal(found.placeholder, 'user');
    assert.equal(covered(text, found.range), 'user');
  });

  it('gives plain changes to a client without versions', async () => {
    const old = await LanguageServer.start({ capabilities: {}, files });
    const { text, position } = cursorText('<<us|er>>');
    await old.open(text);
    const edit = await old.ask(RenameRequest.type, {
      textDocument: { uri },
      position,
      newName: 'reader',
    });
    assert.equal(edited(text, edit?.changes?.[uri] ?? []), '<<reader>>');
    old.stop();
  });
});
