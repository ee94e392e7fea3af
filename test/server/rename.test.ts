import assert from 'node:assert/strict';
import {
  PrepareRenameRequest,
  type PrepareRenameResult,
  RenameRequest,
  type RenameFile,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { covered, cursorText, edited } from '../support/cursorText.ts';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const rules = `${folder}/rules.prompt`;
const caller = `${folder}/caller.prompt`;
const taken = `${folder}/taken.prompt`;
const windows = `${folder}/windows.prompt`;
const files: Record<string, string> = {
  [taken]: '---\nname: Off\nslug: off\n---\n',
  [windows]: '\uFEFF---\r\nname: W\r\nvariables:\r\n  tone: string\r\n---\r\n<<> off>>\r\n<<tone>>',
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
      [rules]: `→ ${folder}/house-rules.prompt`,
    },
  ],
  [
    'the slug of a partial whose file cannot take the name',
    '---\nname: L\n---\n<<> ru|les>>',
    'taken',
    {
      [uri]: '---\nname: L\n---\n<<> taken>>',
      [rules]: '---\nname: Rules\nvariables:\n  tone: string\nslug: taken\n---\nBe <<tone>>.',
    },
  ],
  [
    'the slug of a partial that the front matter says, with quotes, closing tags and callers of every kind',
    '---\nname: L\n---\n<<> "of|f">><<#> off>>x<</off>> <<> off tone="off">>',
    'away',
    {
      [uri]: '---\nname: L\n---\n<<> "away">><<#> away>>x<</away>> <<> away tone="off">>',
      [taken]: '---\nname: Off\nslug: away\n---\n',
      [windows]: '---\r\nname: W\r\nvariables:\r\n  tone: string\r\n---\r\n<<> away>>\r\n<<tone>>',
    },
  ],
  [
    'from the slug itself',
    '---\nslug: le|tter\n---\nx',
    'note',
    {
      [uri]: '---\nslug: note\n---\nx',
      [caller]: '---\nname: Caller\nvariables:\n  tone: string\n---\n<<> note>><<> note tone="x">>',
    },
  ],
  [
    'a section with its closing tag',
    '<<#own|er>><</owner>><<^owner>><<else>><</owner>><<#owner.a>><</owner.a>>',
    'reader',
    {
      [uri]: '<<#reader>><</reader>><<^reader>><<else>><</reader>><<#reader.a>><</reader.a>>',
    },
  ],
  [
    'a section from its closing tag',
    '<<#items>>x<</it|ems>>',
    'rows',
    { [uri]: '<<#rows>>x<</rows>>' },
  ],
  [
    'a block parameter that opens a section',
    '<<#each xs as |x|>><<#x.a>>y<</x¦.a>><</each>>',
    'item',
    { [uri]: '<<#each xs as |item|>><<#item.a>>y<</item.a>><</each>>' },
  ],
  [
    'the values of tests and samples, in both ways to write them',
    '---\nvariables: { wo|rd: text }\nsamples:\n  a:\n    word: x\ntests:\n  - name: t\n    values: { word: y }\n---\n<<word>>',
    'mood',
    {
      [uri]:
        '---\nvariables: { mood: text }\nsamples:\n  a:\n    mood: x\ntests:\n  - name: t\n    values: { mood: y }\n---\n<<mood>>',
    },
  ],
  [
    'a sample and the tests that name it',
    '---\nsamples:\n  a|da: {}\ntests:\n  - sample: ada\n  - sample: "ada"\n---\n',
    'grace h',
    {
      [uri]:
        '---\nsamples:\n  grace h: {}\ntests:\n  - sample: grace h\n  - sample: "grace h"\n---\n',
    },
  ],
  [
    'a partial of the template itself',
    '<<#*inline "row">>x<</inline>><<> ro|w>><<#> row>><</row>>',
    'line',
    { [uri]: '<<#*inline "line">>x<</inline>><<> line>><<#> line>><</line>>' },
  ],
  [
    'in a mustache file, with carriage returns',
    '---\r\nsyntax: mustache\r\nvariables:\r\n  word: text\r\n---\r\n{{ wo|rd }} {{{word}}} {{#if word}}{{/if}}',
    'mood',
    {
      [uri]:
        '---\r\nsyntax: mustache\r\nvariables:\r\n  mood: text\r\n---\r\n{{ mood }} {{{mood}}} {{#if mood}}{{/if}}',
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
  ['<<up|per tone>>', 'x', /is built in/],
  ['pro|se', 'x', /nothing here/],
  ['<<> nobo|dy>>', 'x', /no template “nobody”/],
  ['<<to|ne>>', 'helperMissing', /reserved/],
  ['<<#to|ne>>x<</tone>>', 'user', /line 1 it opens a block/],
  ['<<#each xs as |a i|>><<¦a>><</each>>', 'i', /has a parameter “i” already/],
  ['<<#each xs as |a|>><<a¦>><<b>><</each>>', 'b', /used for something else in line 1/],
  [
    '<<#each xs as |a|>><<#each ys as |b|>><<a¦>><</each>><</each>>',
    'b',
    /“b” is another block parameter/,
  ],
  ['<<#each xs>><<@in|dex>><</each>>', 'x', /@index.*built in/],
  ['---\nna|me: x\n---\n', 'x', /fixed meaning/],
  ['---\nvariables: { u: { properties: { a: text } } }\n---\n<<u.a|>>', 'b', /named by the data/],
  ['---\nsamples: { one: {}, tw|o: {} }\n---\n', 'one', /sample “one” already/],
  ['<<#*inline "a">>x<</inline>><<#*inline "b">>x<</inline>><<> a|>>', 'b', /partial “b” already/],
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
      const changes = (edit?.documentChanges ?? []) as (TextDocumentEdit | RenameFile)[];
      const texts = changes.map((change) => {
        if ('newUri' in change) return [change.oldUri, `→ ${change.newUri}`];
        const { uri: at } = change.textDocument;
        // As an editor shows it: without the byte-order mark.
        const before = at === uri ? text : (files[at] ?? '').replace('\uFEFF', '');
        return [at, edited(before, change.edits as TextEdit[])];
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
