import assert from 'node:assert/strict';
import type { Position, Range } from 'vscode-languageserver-protocol';
import { encodingOf, type PositionEncoding } from '../../server/positionEncoding.ts';
import {
  fromEncoding,
  inEncoding,
  lengthOf,
  mapPositions,
  tokenPlaces,
} from '../support/encodings.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const encodings: readonly PositionEncoding[] = ['utf-8', 'utf-16', 'utf-32'];

/** Characters of two, three and four bytes before everything that has a place. */
const letter = `---
name: 😀 Grüße
variables: { "größe": { type: string, default: "😀" }, 名前: { type: object } }
samples: { "😀": { größe: "🎈", 名前: { x: 1 } }, leer: {} }
tests: [ { name: "🎈", values: { "größe": "x" }, expect: [] } ]
---
# 😀 <<größe>> <<upper  größe>>
🎈 <<#if 名前>>é <<名前.x>> <<nobody>><<else>>🎈<</if>> <<> rules größe="🎈" 名前=größe>> <<größ>>
😀 <<#each 名前 as |wört|>>😀 <<wört>><</each>> <<date größe "😀">> 😀 <<#if größe>>
`;
const rulesUri = `${folder}/rules.prompt`;
const rules = `---
name: Regeln 😀
variables: { "größe": string, 名前: any }
---
😀é <<größe>> 😀 <<> letter größe=größe>>`;
const texts: Readonly<Record<string, string>> = { [uri]: letter, [rulesUri]: rules };

/** The place behind a piece of the letter. */
function behind(piece: string, from = letter): Position {
  const end = from.indexOf(piece) + piece.length;
  assert(end >= piece.length, piece);
  const before = from.slice(0, end).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const textDocument = { uri };
const range: Range = { start: behind('name: 😀'), end: behind('<<größ>>') };
const inName = { textDocument, position: behind('# 😀 <<grö') };
const inBlock = { textDocument, position: behind('🎈 <<#i') };
const context = { diagnostics: [] };
const rangeOf = (piece: string): Range => {
  const end = behind(piece);
  return { start: { line: end.line, character: end.character - piece.length }, end };
};

/** Every request with places in it, as a client that counts in UTF-16 sends it. */
const requests: [method: string, params: object][] = [
  ['textDocument/diagnostic', { textDocument }],
  ['textDocument/completion', inName],
  ['textDocument/completion', { textDocument, position: behind('<<> rul') }],
  ['textDocument/completion', { textDocument, position: behind('{ type: obj') }],
  ['textDocument/hover', inName],
  ['textDocument/hover', { textDocument, position: behind('<<upp') }],
  ['textDocument/definition', inName],
  ['textDocument/definition', { textDocument, position: behind('<<> rul') }],
  ['textDocument/references', { ...inName, context: { includeDeclaration: true } }],
  ['textDocument/documentHighlight', inBlock],
  ['textDocument/prepareRename', inName],
  ['textDocument/rename', { ...inName, newName: 'maß' }],
  ['textDocument/rename', { textDocument, position: behind('<<> rul'), newName: 'regeln' }],
  ['textDocument/linkedEditingRange', inBlock],
  ['textDocument/codeAction', { textDocument, range, context }],
  ['textDocument/codeAction', { textDocument, range: rangeOf('😀é'.slice(0, 2)), context }],
  ['textDocument/codeAction', { textDocument, range: rangeOf('<<nobody>>'), context }],
  ['textDocument/codeLens', { textDocument }],
  ['textDocument/documentSymbol', { textDocument }],
  ['textDocument/foldingRange', { textDocument }],
  ['textDocument/selectionRange', { textDocument, positions: [inName.position, inBlock.position] }],
  ['textDocument/inlayHint', { textDocument, range }],
  ['textDocument/signatureHelp', { textDocument, position: behind('<<date größe "') }],
  ['textDocument/documentLink', { textDocument }],
  ['textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }],
  [
    'textDocument/rangeFormatting',
    { textDocument, range, options: { tabSize: 2, insertSpaces: true } },
  ],
  ['workspace/symbol', { query: 'r' }],
  ['workspace/willRenameFiles', { files: [{ oldUri: rulesUri, newUri: `${folder}/neu.prompt` }] }],
  ['prompt/render', { textDocument, context: {} }],
];

async function serverWith(offered: readonly string[]): Promise<LanguageServer> {
  const general = { positionEncodings: [...offered] };
  const server = await LanguageServer.start({
    capabilities: { ...modernEditor, general },
    files: { [rulesUri]: rules },
  });
  await server.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { promptWorkbench: { inlayHints: { sampleValues: true } } },
  });
  await server.open(letter);
  return server;
}

const asked = (at: Position, encoding: PositionEncoding) => inEncoding(at, letter, encoding);

/** The answer with its places counted in UTF-16, and how many of them differ from what the client was told. */
function translated(answer: unknown, encoding: PositionEncoding): [answer: unknown, moved: number] {
  let moved = 0;
  const result = mapPositions(answer, uri, (at, of) => {
    const there = fromEncoding(at, texts[of] ?? '', encoding);
    if (there.character !== at.character) moved++;
    return there;
  });
  return [result, moved];
}

describe('position encodings', () => {
  const servers = new Map<PositionEncoding, LanguageServer>();
  before(async () => {
    for (const encoding of encodings) servers.set(encoding, await serverWith([encoding]));
  });
  after(() => servers.forEach((server) => server.stop()));

  const offers: [offered: unknown, taken: PositionEncoding][] = [
    [undefined, 'utf-16'],
    [null, 'utf-16'],
    ['utf-8', 'utf-16'],
    [[], 'utf-16'],
    [['utf-16', 'utf-8'], 'utf-16'],
    [['utf-8', 'utf-16'], 'utf-8'],
    [['utf-32', 'utf-8'], 'utf-32'],
    [['utf-7', 5, 'utf-8'], 'utf-8'],
    [['utf-7'], 'utf-16'],
  ];
  for (const [offered, taken] of offers) {
    it(`takes ${taken} of ${JSON.stringify(offered) ?? 'nothing'}`, () => {
      assert.equal(encodingOf(offered), taken);
    });
  }

  it('says which it took', () => {
    for (const [encoding, { initialized }] of servers) {
      assert.equal(initialized.capabilities.positionEncoding, encoding);
    }
  });

  async function ask(encoding: PositionEncoding, method: string, params: object): Promise<unknown> {
    const own = mapPositions(params, uri, (at) => asked(at, encoding)) as object;
    return servers.get(encoding)?.connection.sendRequest(method, own);
  }

  let movedInAll = 0;
  for (const [index, [method, params]] of requests.entries()) {
    it(`${index + 1}. ${method}`, async () => {
      const plain = await ask('utf-16', method, params);
      assert(plain !== null && !(Array.isArray(plain) && plain.length === 0), 'an answer');
      for (const encoding of ['utf-8', 'utf-32'] as const) {
        const [answer, moved] = translated(await ask(encoding, method, params), encoding);
        assert.deepEqual(withoutIds(answer), withoutIds(plain), encoding);
        movedInAll += moved;
      }
    });
  }

  it('nearly all places differ between the encodings', () => {
    assert(movedInAll > 200, String(movedInAll));
  });

  const wordsOf = (data: readonly number[], text: string, encoding: PositionEncoding) =>
    tokenPlaces(data).map(({ line, character, length }) => {
      const start = fromEncoding({ line, character }, text, encoding);
      const end = fromEncoding({ line, character: character + length }, text, encoding);
      return (text.split('\n')[line] ?? '').slice(start.character, end.character);
    });

  const tokenRequests: [method: string, params: object][] = [
    ['textDocument/semanticTokens/full', { textDocument }],
    ['textDocument/semanticTokens/range', { textDocument, range }],
  ];
  for (const [method, params] of tokenRequests) {
    it(method, async () => {
      const words: string[][] = [];
      for (const encoding of encodings) {
        const answer = (await ask(encoding, method, params)) as { data: number[] };
        words.push(wordsOf(answer.data, letter, encoding));
      }
      assert(words[1]?.includes('größe') && words[1].includes('"🎈"'), String(words[1]));
      assert.deepEqual(words[0], words[1]);
      assert.deepEqual(words[2], words[1]);
    });
  }

  for (const encoding of encodings) {
    it(`edits in ${encoding}`, async () => {
      const server = await serverWith([encoding]);
      let text = letter;
      const steps: [piece: string, by: string][] = [
        ['# 😀 ', '# 😀é🎈'],
        ['<<größe>> <<upper', '<<🎈>> 名<<upper'],
        ['é <<名前.x>>', ''],
        ['😀 <<#if größe>>\n', '\r\n😀 <<größe>>é\r\n🎈'],
        ['>>é\r\n🎈', '>>\n'],
      ];
      for (const [index, [piece, by]] of steps.entries()) {
        const start = text.indexOf(piece);
        assert(start >= 0, piece);
        const ends = [text.slice(0, start), text.slice(0, start + piece.length)].map((before) => {
          const lines = before.split(/\r\n|\r|\n/);
          const character = lengthOf(lines.at(-1) ?? '', encoding);
          return { line: lines.length - 1, character };
        });
        const [from, to] = ends as [Position, Position];
        await server.change(index + 2, by, { start: from, end: to });
        text = text.replace(piece, () => by);
      }
      const edits = await server.connection.sendRequest('prompt/describe', { textDocument });
      await server.close();
      await server.open(text);
      const anew = await server.connection.sendRequest('prompt/describe', { textDocument });
      assert.deepEqual(edits, anew);
      const rendered = async () =>
        server.connection.sendRequest('prompt/render', { textDocument, context: {} });
      assert(await rendered());
      assert.deepEqual(server.logged, []);
      server.stop();
    });
  }

  it('pushed diagnostics', async () => {
    const found: unknown[] = [];
    for (const encoding of encodings) {
      const { diagnostic: _, ...textDocument } = modernEditor.textDocument ?? {};
      const general = { positionEncodings: [encoding] };
      const capabilities = { ...modernEditor, textDocument, general };
      const server = await LanguageServer.start({ capabilities, files: { [rulesUri]: rules } });
      await server.open(letter);
      const { diagnostics } = await server.pushed();
      found.push(translated(diagnostics, encoding)[0]);
      server.stop();
    }
    assert(Array.isArray(found[0]) && found[0].length > 2);
    assert.deepEqual(found[0], found[1]);
    assert.deepEqual(found[2], found[1]);
  });
});

/** Numbers that only tell one answer from the next. */
function withoutIds(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (key, value) => (key === 'resultId' ? 0 : value)));
}
