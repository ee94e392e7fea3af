import assert from 'node:assert/strict';
import { CompletionResolveRequest, InsertTextFormat } from 'vscode-languageserver-protocol';
import { Completions } from '../support/completions.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const header = `---
name: Letter
variables:
  user:
    type: object
    description: Who reads it.
    properties: { name: string, address: { type: object, properties: { city: string } } }
  items: { type: array, items: { type: object, properties: { title: string, price: number } } }
  tone: { type: string, enum: [warm, cool], default: warm }
  vip: boolean
samples:
  ada: { tone: warm }
---
`;

const files = {
  [`${folder}/rules.prompt`]:
    '---\nname: Rules\ndescription: House rules.\ntags: [team, style]\nvariables:\n  language: string\n  depth: { type: number, default: 1 }\n---\nFollow <<language>> <<depth>>.',
  [`${folder}/footer.prompt`]: '---\nname: Footer\ntags: [style]\nmodel: gpt-4o\n---\nBye.',
};

/** The text with the cursor, what is taken, and the text afterwards. */
const accepted: [marked: string, label: string, text: string][] = [
  ['<<|', 'tone', '<<tone>>'],
  ['<<|>>', 'tone', '<<tone>>'],
  ['<<to|', 'tone', '<<tone>>'],
  ['<<to|>>', 'tone', '<<tone>>'],
  ['<<to|ne>>', 'tone', '<<tone>>'],
  ['<<~|~>>', 'tone', '<<~tone~>>'],
  ['Say <<to| and more', 'tone', 'Say <<tone>> and more'],
  ['<<user.|', 'name', '<<user.name>>'],
  ['<<user.|>>', 'name', '<<user.name>>'],
  ['<<user.na|>>', 'name', '<<user.name>>'],
  ['<<user.address.|>>', 'city', '<<user.address.city>>'],
  ['<<upper |>>', 'tone', '<<upper tone>>'],
  ['<<upper to|>>', 'tone', '<<upper tone>>'],
  ['<<#if |>>x<</if>>', 'vip', '<<#if vip>>x<</if>>'],
  ['<<#if (|)>>x<</if>>', 'eq', '<<#if (eq ${1:a} ${2:b})>>x<</if>>'],
  ['<<#if |>>x<</if>>', 'eq', '<<#if (eq ${1:a} ${2:b})>>x<</if>>'],
  ['<<|>>', 'join', '<<join ${1:list}>>'],
  ['<<#|', 'if', '<<#if ${1|vip,tone,items,user|}>>\n$0\n<</if>>'],
  ['<<#|>>', 'each', '<<#each ${1|items,user|}>>\n$0\n<</each>>'],
  ['say <<#|>>', 'each', 'say <<#each ${1|items,user|}>>$0<</each>>'],
  ['<<|>>', '#each', '<<#each ${1|items,user|}>>\n$0\n<</each>>'],
  ['<<#ea|>>\n<</each>>', 'each', '<<#each>>\n<</each>>'],
  ['<<#*|', 'inline', '<<#*inline "${1:name}">>\n$0\n<</inline>>'],
  ['<<#*|>>', 'inline', '<<#*inline "${1:name}">>\n$0\n<</inline>>'],
  ['a <<#*in|>>', 'inline', 'a <<#*inline "${1:name}">>$0<</inline>>'],
  ['<<#|>>', '*inline', '<<#*inline "${1:name}">>\n$0\n<</inline>>'],
  ['<<#*in| "x">>y<</inline>>', 'inline', '<<#*inline "x">>y<</inline>>'],
  ['<<@root.user.|', 'name', '<<@root.user.name>>'],
  [
    '<<#each items>><<@root.user.address.|>><</each>>',
    'city',
    '<<#each items>><<@root.user.address.city>><</each>>',
  ],
  ['<<#|>>', 'system', '<<#system>>\n$0\n<</system>>'],
  ['<<#|>>x<</items>>', 'items', '<<#items>>x<</items>>'],
  ['<<#if vip>>x<</|', 'if', '<<#if vip>>x<</if>>'],
  ['<<#if vip>>x<</|>>', 'if', '<<#if vip>>x<</if>>'],
  ['<<#each items>><<#if vip>>x<</|', 'if', '<<#each items>><<#if vip>>x<</if>>'],
  ['<<#if vip>>x<<|', '/if', '<<#if vip>>x<</if>>'],
  ['<<#if vip>>x<<|>>', 'else', '<<#if vip>>x<<else>>'],
  ['<<#if vip>>x<<el|>>', 'else', '<<#if vip>>x<<else>>'],
  ['<<#if vip>>x<<else |>>y<</if>>', 'if', '<<#if vip>>x<<else if $0>>y<</if>>'],
  ['<<#each items>><<|>><</each>>', 'title', '<<#each items>><<title>><</each>>'],
  ['<<#each items>><<|>><</each>>', 'this', '<<#each items>><<this>><</each>>'],
  ['<<#each items>><<|>><</each>>', '../tone', '<<#each items>><<../tone>><</each>>'],
  [
    '<<#each items>><<#with ../user>><<|>><</with>><</each>>',
    '../../tone',
    '<<#each items>><<#with ../user>><<../../tone>><</with>><</each>>',
  ],
  [
    '<<#each items>><<#with ../user>><<|>><</with>><</each>>',
    '../title',
    '<<#each items>><<#with ../user>><<../title>><</with>><</each>>',
  ],
  ['<<#each items>><<this.|', 'price', '<<#each items>><<this.price>>'],
  ['<<#with user>>\n<<ad|\n<</with>>', 'address', '<<#with user>>\n<<address>>\n<</with>>'],
  ['<<#with user>>\n<<address.|\n<</with>>', 'city', '<<#with user>>\n<<address.city>>\n<</with>>'],
  ['<<other>> <<|>>', 'other', '<<other>> <<other>>'],
  ['<<#each items>><<../|>><</each>>', 'tone', '<<#each items>><<../tone>><</each>>'],
  ['<<#each items>><<this.|>><</each>>', 'price', '<<#each items>><<this.price>><</each>>'],
  ['<<#each items>><<@|>><</each>>', '@index', '<<#each items>><<@index>><</each>>'],
  ['<<#each items>><<|>><</each>>', '@index', '<<#each items>><<@index>><</each>>'],
  ['<<@|>>', '@date', '<<@date>>'],
  ['<<#each items as |it i|>><<¦>><</each>>', 'it', '<<#each items as |it i|>><<it>><</each>>'],
  [
    '<<#each items as |it i|>><<it.¦>><</each>>',
    'title',
    '<<#each items as |it i|>><<it.title>><</each>>',
  ],
  ['<<>|', 'rules', '<<> rules language=${1:language}>>'],
  ['<<> |>>', 'rules', '<<> rules language=${1:language}>>'],
  ['<<> ru|>>', 'rules', '<<> rules language=${1:language}>>'],
  ['<<>|>>', 'footer', '<<> footer>>'],
  ['<<|>>', '> footer', '<<> footer>>'],
  ['<<> rules |>>', 'language=', '<<> rules language=>>'],
  ['<<> rules language=|>>', 'tone', '<<> rules language=tone>>'],
];

const notOffered: [marked: string, labels: string[]][] = [
  ['Prose with a < |', ['tone']],
  ['<<half|>>', ['half']],
  ['<<#if half|>>', ['half']],
  ['a |', ['tone']],
  ['<<! |>>', ['tone']],
  ['<<#raw>><<|>><</raw>>', ['tone']],
  ['<<upper "|">>', ['tone']],
  ['<<user.|>>', ['tone', 'if', 'upper']],
  ['<<#user>>x<<|>>', ['else']],
  ['<<#if vip>>x<</|>>', ['each']],
  ['<<> rules language=tone |>>', ['language=']],
];

describe('completion', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  after(() => server.stop());

  for (const [marked, label, text] of accepted) {
    it(`${marked.replaceAll('\n', '⏎')} + ${label}`, async () => {
      const completions = await Completions.at(server, `${header}${marked}`);
      assert.equal(completions.accept(label).slice(header.length), text);
    });
  }

  for (const [marked, labels] of notOffered) {
    it(`${marked} offers no ${labels.join(', ')}`, async () => {
      const completions = await Completions.at(server, `${header}${marked}`);
      assert.deepEqual(
        labels.filter((label) => completions.labels.includes(label)),
        [],
      );
    });
  }

  it('lists what is nearest first', async () => {
    const marked = `${header}<<#each items as \\|it\\|>><<|>><</each>>`;
    const bars = marked.replaceAll('\\|', '\u0000').replace('|', '¦').replaceAll('\u0000', '|');
    const { labels } = await Completions.at(server, bars);
    const order = ['it', 'title', 'this', '/each', '@index', 'upper', '#if', '> footer', '@date'];
    const places = order.map((label) => labels.indexOf(label));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      labels.join(' '),
    );
    assert(!places.includes(-1), labels.join(' '));
  });

  it('puts what a helper can take first', async () => {
    const { labels } = await Completions.at(server, `${header}<<join |>>`);
    assert(labels.indexOf('items') < labels.indexOf('tone'), labels.join(' '));
  });

  it('shows the type and documents on request', async () => {
    const item = (await Completions.at(server, `${header}<<|>>`)).item('user');
    assert.equal(item.detail, 'object');
    await server.open(`${header}<<user>>`);
    const resolved = await server.ask(CompletionResolveRequest.type, item);
    assert.match(JSON.stringify(resolved.documentation), /Who reads it\./);
    await server.close();
  });

  it('uses the closing pair and names of a mustache file', async () => {
    const mustache = header.replace('name: Letter', 'name: Letter\nsyntax: mustache');
    const completions = await Completions.at(server, `${mustache}{{to|`);
    assert.equal(completions.accept('tone').slice(mustache.length), '{{tone}}');
    const block = await Completions.at(server, `${mustache}{{#|}}`);
    assert.equal(
      block.accept('each').slice(mustache.length),
      '{{#each ${1|items,user|\\}\\}\n$0\n{{/each\\}\\}'.replace('|\\}\\}', '|}\\}\\}'),
    );
  });

  it('answers nothing for a document that is not open', async () => {
    const answer = await server.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: `${folder}/none.prompt` },
      position: { line: 3, character: 0 },
    });
    assert.deepEqual(answer, []);
  });

  it('follows the document while it is typed', async () => {
    await server.open(`${header}<<`);
    const line = header.split('\n').length - 1;
    for (const [i, letter] of ['t', 'o', 'n'].entries()) {
      const at = { line, character: 2 + i };
      await server.change(i + 2, letter, { start: at, end: at });
    }
    const answer = await server.connection.sendRequest<{ label: string }[]>(
      'textDocument/completion',
      { textDocument: { uri }, position: { line, character: 5 } },
    );
    assert(answer.some(({ label }) => label === 'tone'));
    await server.close();
  });
});

describe('completion for a client without snippets', () => {
  let server: LanguageServer;
  before(async () => {
    const { textDocument, ...others } = modernEditor;
    const capabilities = { ...others, textDocument: { ...textDocument, completion: {} } };
    server = await LanguageServer.start({ files, capabilities });
  });
  after(() => server.stop());

  const plain: [marked: string, label: string, text: string][] = [
    ['<<|', 'tone', '<<tone>>'],
    ['<<|', 'upper', '<<upper '],
    ['<<|>>', 'upper', '<<upper>>'],
    ['<<#|', 'each', '<<#each '],
    ['<<#|', 'system', '<<#system>>'],
    ['<<>|', 'rules', '<<> rules>>'],
  ];
  for (const [marked, label, text] of plain) {
    it(`${marked} + ${label}`, async () => {
      const completions = await Completions.at(server, `${header}${marked}`);
      assert.notEqual(completions.item(label).insertTextFormat, InsertTextFormat.Snippet);
      assert.equal(completions.accept(label).slice(header.length), text);
    });
  }
});
