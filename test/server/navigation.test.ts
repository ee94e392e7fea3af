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
  [rules]:
    '---\nname: Rules\nslug: house-rules\nvariables:\n  tone: string\n---\nBe <<tone>> <<depth>>.',
  [`${folder}/caller.prompt`]:
    '---\nname: Caller\n---\n<<> letter tone="x" language="y">><<> house-rules>>',
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
  ['<<#i|f tone>>x<</if>>', 'letter 9: if'],
  ['<<#each items>>x<<el|se>>y<</each>>', 'letter 9: each'],
  ['<<#> house-rules>>x<</house-ru|les>>', 'letter 9: house-rules'],
  ['<<#to|ne>>x<</tone>>', 'letter 4: tone'],
  ['<<#*inline "row">>x<</inline>><<> ro|w>>', 'letter 9: row'],
  ['<<#with user>><<na|me>><</with>>', 'letter 3: name'],
  ['<<la|nguage>>', 'caller 3: language'],
  ['<<> house-rules dep|th=1>>', 'rules 6: depth'],
  ['<<#*inline "row">><<to|ne>><</inline>>', 'letter 4: tone'],
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
      const found = await server.ask(DefinitionRequest.type, params);
      const [first] = [found].flat() as (Location | null)[];
      assert.equal(first ? placed(text, first) : undefined, place);
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

  it('follows a variable into the partials that see it and to the callers that give it', async () => {
    const { text, params } = await at(`${header}<<to|ne>><<> house-rules>>`);
    const context = { includeDeclaration: true };
    const found = await server.ask(ReferencesRequest.type, { ...params, context });
    assert.deepEqual(
      found?.map((place) => placed(text, place)),
      [
        'letter 4: tone',
        'letter 7: tone',
        'letter 9: tone',
        'caller 3: tone',
        'rules 4: tone',
        'rules 6: tone',
      ],
    );
  });

  it('does not follow it where a call says something else', async () => {
    const { text, params } = await at(`${header}<<to|ne>><<> house-rules tone="x">>`);
    const context = { includeDeclaration: true };
    const found = await server.ask(ReferencesRequest.type, { ...params, context });
    const places = found?.map((place) => placed(text, place)) ?? [];
    assert(!places.some((place) => place.startsWith('rules')), places.join());
  });

  const inFrontMatter: [marked: string, lines: string[]][] = [
    ['---\nsamples:\n  a|da: {}\ntests:\n  - sample: ada\n---\n', ['2 ada', '4 ada']],
    ['---\nsamples:\n  ada: {}\ntests:\n  - sample: "a|da"\n---\n', ['2 ada', '4 ada']],
    ['---\nvariables: { a: text }\ntests:\n  - values: { |a: x }\n---\n', ['1 a', '3 a']],
    [
      '---\nvariables: { u: { properties: { na|me: text } } }\n---\n<<u.name>><<#with u>><<name>><</with>><<name>>',
      ['1 name', '3 name', '3 name'],
    ],
    ['---\ncredential: wo|rk\nfallback: [work]\n---\n', []],
  ];
  for (const [marked, lines] of inFrontMatter) {
    it(`finds from ${JSON.stringify(marked)}`, async () => {
      const { text, params } = await at(marked);
      const context = { includeDeclaration: true };
      const found = await server.ask(ReferencesRequest.type, { ...params, context });
      assert.deepEqual(
        found?.map(({ range }) => `${range.start.line} ${covered(text, range)}`),
        lines,
      );
    });
  }

  const highlighted: [marked: string, words: string[]][] = [
    ['<<to|ne>> <<tone>> <<user>>', ['4 tone write', '7 tone', '9 tone', '9 tone']],
    ['<<#if tone>>x<<else>>y<</i|f>>', ['9 if write', '9 <<else>>', '9 if']],
    ['<<#i|f tone>>x<<else>>y<</if>>', ['9 if write', '9 <<else>>', '9 if']],
    ['<<#to|ne>>x<</tone>>', ['4 tone write', '7 tone', '9 tone', '9 tone']],
    ['<<user.na|me>><<user.name>>', ['3 name write', '9 name', '9 name']],
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
