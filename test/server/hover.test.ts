import assert from 'node:assert/strict';
import { type Hover, HoverRequest, type MarkupContent } from 'vscode-languageserver-protocol';
import { covered, cursorText } from '../support/cursorText.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const header = `---
name: Letter
format: markdown
variables:
  user:
    type: object
    description: Who reads *it*.
    properties: { name: { type: string, example: Ada } }
  tone: { type: string, enum: [warm, cool], default: warm }
  items: { type: array, items: { type: object, properties: { price: number } } }
samples:
  ada: { tone: cool }
---
`;

const files = {
  [`${folder}/rules.prompt`]:
    '---\nname: Rules\ndescription: House rules.\nvariables:\n  language: { type: string, description: Of the code. }\n---\nFollow <<language>>.',
  [`${folder}/board.prompt`]: '---\nname: Board\n---\n<<> letter team="red">>',
};

/** What the pointer is over, what is marked, and what is said. */
const table: [marked: string, word: string, says: RegExp[]][] = [
  ['<<us|er>>', 'user', [/\*\*user\*\* — `object`, required/, /Who reads \\\*it\\\*\./, /line 5/]],
  ['<<user.na|me>>', 'name', [/\*\*name\*\* — `string`/, /Example: `"Ada"`/]],
  ['<<to|ne>>', 'tone', [/Default: `"warm"`/, /One of: `"warm", "cool"`|`"warm"`, `"cool"`/]],
  ['<<to|ne>>', 'tone', [/In sample `ada`: `"cool"`/]],
  ['<<usr|>>', 'usr', [/not declared/]],
  ['<<up|per tone>>', 'upper', [/upper text/, /upper case/, /<<upper name>>/]],
  ['<<#i|f tone>>x<</if>>', 'if', [/if value/]],
  ['<<#if (e|q tone "warm")>>x<</if>>', 'eq', [/eq a b/]],
  ['<<#if (eq to|ne "warm")>>x<</if>>', 'tone', [/Default/]],
  [
    '<<> ru|les language=tone>>',
    'rules',
    [/\*\*Rules\*\*/, /House rules\./, /Follow <<language>>/],
  ],
  ['<<> rules lang|uage=tone>>', 'language', [/Of the code\./]],
  ['<<> rules language=to|ne>>', 'tone', [/Default/]],
  ['<<#each items>><<pri|ce>><</each>>', 'price', [/`number`/]],
  ['<<#each items>><<@in|dex>><</each>>', 'index', [/@index/]],
  ['<<#each items>><<@in|dex>><</each>>', 'index', [/of line 14/, /<<#each items>>/]],
  ['<<#each items>>\n<<#each items>><<@../ke|y>><</each>><</each>>', 'key', [/of line 14/]],
  ['<<@in|dex>>', 'index', [/only inside of `each`/]],
  ['<<@ro|ot.tone>>', 'root', [/all variables/]],
  ['<<#if tone>>x<</i|f>>', 'if', [/Line 14/, /<<#if tone>>/]],
  // Marks of the language.
  ['<<|! note>>', '<<!', [/Comment/, /<<!-- over >> these -->>/]],
  ['|\\<<x>>', '\\', [/Backslash/]],
  ['<<#ra|w>>x<</raw>>', '<<#raw>>', [/nothing in it is a tag/]],
  ['<<|~tone>>', '~', [/white space/]],
  ['<<^|tone>>x<</tone>>', 'tone', [/Default/]],
  ['<<|^tone>>x<</tone>>', '<<^', [/no such value, or it is false or an empty list/]],
  ['<<|#> rules>>x<</rules>>', '<<#>', [/@partial-block/]],
  ['<<#*inl|ine "row">>x<</inline>>', '<<#*inline', [/defined in this template/]],
  ['<<#*inline "row">>one<</inline>><<> ro|w>>', 'row', [/defined in line 14/, /one/]],
  ['<<#sys|tem>>x<</system>>', 'system', [/chat message/]],
  ['<<te|am>>', 'team', [/not declared/, /Given by `board`: `team="red"`/]],
  ['<<#if tone>>x<<el|se>>y<</if>>', '<<else>>', [/<<#if tone>>/]],
];

describe('hover', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  after(() => server.stop());

  async function hover(marked: string) {
    const { text, position } = cursorText(marked);
    await server.open(text);
    const found = await server.ask(HoverRequest.type, { textDocument: { uri }, position });
    await server.close();
    return (
      found && {
        word: found.range && covered(text, found.range),
        says: (found.contents as MarkupContent).value,
      }
    );
  }

  for (const [marked, word, says] of table) {
    it(`${marked} ${says.join(' ')}`, async () => {
      const found = await hover(`${header}${marked}`);
      assert.equal(found?.word, word);
      for (const pattern of says) assert.match(found?.says ?? '', pattern);
    });
  }

  it('a block parameter', async () => {
    const found = await hover(`${header}<<#each items as |it|>><<i¦t>><</each>>`);
    assert.match(found?.says ?? '', /block parameter of `each`, `object`/);
  });

  it('a key and a declaration of the front matter', async () => {
    assert.match((await hover('---\nname: x\nfor|mat: json\n---\n'))?.says ?? '', /\*\*format\*\*/);
    const declared = header.replace('  tone:', '  to|ne:');
    assert.match((await hover(declared))?.says ?? '', /\*\*tone\*\*/);
  });

  const keys: [marked: string, says: RegExp | undefined][] = [
    ['variables: { a: { sensi|tive: true } }', /\*\*sensitive\*\*.*\n\n.*kept out of the store/],
    ['variables:\n  a:\n    items: { ty|pe: text }', /What kind of value/],
    ['tests:\n  - expe|ct: []', /What must hold/],
    ['format: js|on', /\*\*json\*\* — JSON/],
    ['variables: { a: { properties: { b|b: { description: Deep. } } } }', /Deep\./],
    ['samples: { o|ne: { a: 1 } }', /"a": 1/],
    ['samples: { one: {} }\ntests:\n  - sample: o|ne', /sample/],
    ['slug: let|ter', /`letter`/],
    ['x-own: v|alue', undefined],
    ['system: |te|xt'.replace('|', ''), undefined],
  ];
  for (const [marked, says] of keys) {
    it(`${marked} ${says}`, async () => {
      const found = await hover(`---\nname: x\n${marked}\n---\n`);
      if (says === undefined) assert.equal(found, null);
      else assert.match(found?.says ?? '', says);
    });
  }

  for (const marked of [
    'plain te|xt',
    '\\<<us|er>>',
    '<<! us|er >>',
    '<<#raw>><<us|er>><</raw>>',
  ]) {
    it(`nothing over ${marked}`, async () => {
      assert.equal(await hover(`${header}${marked}`), null);
    });
  }

  it('is plain text where the client knows no Markdown', async () => {
    const capabilities = { ...modernEditor, textDocument: {} };
    const plain = await LanguageServer.start({ capabilities });
    await plain.open(`${header}<<tone>>`);
    const found = await plain.ask(HoverRequest.type, {
      textDocument: { uri },
      position: { line: 13, character: 3 },
    });
    const { kind, value } = (found as Hover).contents as MarkupContent;
    assert.equal(kind, 'plaintext');
    assert.match(value, /^tone — string\n/);
    plain.stop();
  });
});
