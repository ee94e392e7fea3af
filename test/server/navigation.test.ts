import assert from 'node:assert/strict';
import {
  DefinitionRequest,
  DocumentHighlightRequest,
  type Location,
  ReferencesRequest,
} from 'vscode-languageserver-protocol';
import { covered, cursorText } from '../support/cursorText.ts';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const header = `---
name: Letter
variables:
  user: { type: object, properties: { name: string } }
  tone: string
  items: array
samples:
  ada: { tone: warm }
---
`;
const rules = `${folder}/rules.prompt`;
const files: Record<string, string> = {
  [rules]: '---\nname: Rules\nslug: house-rules\nvariables:\n  tone: string\n---\nBe <<tone>>.',
  [`${folder}/caller.prompt`]: '---\nname: Caller\n---\n<<> letter tone="x">><<> house-rules>>',
};

/** `letter 4: tone` */
function placed(text: string, { uri: at, range }: Location): string {
  const name = at.slice(at.lastIndexOf('/') + 1).replace('.prompt', '');
  return `${name} ${range.start.line}: ${covered(at === uri ? text : (files[at] ?? ''), range)}`;
}

const definitions: [marked: string, place: string | undefined][] = [
  ['<<to|ne>>', 'letter 4: tone'],
  ['<<us|er.name>>', 'letter 3: user'],
  ['<<user.na|me>>', 'letter 3: name'],
  ['<<> house-ru|les>>', 'rules 2: house-rules'],
  ['<<> house-rules to|ne=user>>', 'rules 4: tone'],
  ['<<#if tone>>x<</i|f>>', 'letter 9: if'],
  ['<<#if tone>>x<<el|se>>y<</if>>', 'letter 9: if'],
  ['<<unknow|n>>', undefined],
  ['<<up|per tone>>', undefined],
  ['pro|se', undefined],
];

describe('definition, references and highlights', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  async function at(marked: string) {
    const { text, position } = cursorText(marked);
    await server.open(text);
    return { text, params: { textDocument: { uri }, position } };
  }

  for (const [marked, place] of definitions) {
    it(`${marked} is defined at ${place ?? 'no place'}`, async () => {
      const { text, params } = await at(`${header}${marked}`);
      const found = (await server.ask(DefinitionRequest.type, params)) as Location | null;
      assert.equal(found === null ? undefined : placed(text, found), place);
    });
  }

  it('a block parameter is defined in its tag', async () => {
    const { text, params } = await at(`${header}<<#each items as |it|>><<i¦t>><</each>>`);
    const found = (await server.ask(DefinitionRequest.type, params)) as Location;
    assert.equal(placed(text, found), 'letter 9: it');
    assert.equal(found.range.start.character, 18);
  });

  const body = '<<#if to|ne>><<tone>><</if>>';
  it('finds a variable in declaration, samples, body and callers', async () => {
    const { text, params } = await at(`${header}${body}`);
    const context = { includeDeclaration: true };
    const found = await server.ask(ReferencesRequest.type, { ...params, context });
    assert.deepEqual(
      found?.map((place) => placed(text, place)),
      ['letter 4: tone', 'letter 7: tone', 'letter 9: tone', 'letter 9: tone', 'caller 3: tone'],
    );
  });

  it('leaves the declaration out when asked to', async () => {
    const { text, params } = await at(`${header}${body}`);
    const context = { includeDeclaration: false };
    const found = await server.ask(ReferencesRequest.type, { ...params, context });
    assert(!found?.map((place) => placed(text, place)).includes('letter 4: tone'));
  });

  it('finds the callers of a partial', async () => {
    const { text, params } = await at(`${header}<<> house-ru|les>>`);
    const context = { includeDeclaration: true };
    const found = await server.ask(ReferencesRequest.type, { ...params, context });
    assert.deepEqual(found?.map((place) => placed(text, place)).toSorted(), [
      'caller 3: house-rules',
      'letter 9: house-rules',
      'rules 2: house-rules',
    ]);
  });

  const highlighted: [marked: string, words: string[]][] = [
    ['<<to|ne>> <<tone>> <<user>>', ['4 tone write', '7 tone', '9 tone', '9 tone']],
    ['<<#if tone>>x<<else>>y<</i|f>>', ['9 if write', '9 <<else>>', '9 if']],
  ];
  for (const [marked, words] of highlighted) {
    it(`highlights in ${marked}`, async () => {
      const { text, params } = await at(`${header}${marked}`);
      const found = await server.ask(DocumentHighlightRequest.type, params);
      assert.deepEqual(
        found?.map(({ range, kind }) =>
          `${range.start.line} ${covered(text, range)} ${kind === 3 ? 'write' : ''}`.trim(),
        ),
        words,
      );
    });
  }
});
