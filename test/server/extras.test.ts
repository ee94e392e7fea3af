import assert from 'node:assert/strict';
import {
  DocumentLinkRequest,
  type SelectionRange,
  SelectionRangeRequest,
  SignatureHelpRequest,
  type SymbolInformation,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol';
import { covered, cursorText } from '../support/cursorText.ts';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const header = '---\nname: Letter\nvariables:\n  user: { type: object }\n  items: array\n---\n';
const files = {
  [`${folder}/rules.prompt`]: '---\nname: House Rules\ntags: [team]\n---\nBe kind.',
  [`${folder}/sub/sign-off.prompt`]:
    '---\nvariables: { tone: text, count: { type: integer, default: 1 } }\n---\nBye.',
};
const textDocument = { uri };

describe('links, signatures, selections, workspace symbols', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  it('links partials to their files', async () => {
    const text = `${header}<<> rules>> <<> "sign-off">> <<> nobody>> <<#> rules>><</rules>>`;
    await server.open(text);
    const links = await server.ask(DocumentLinkRequest.type, { textDocument });
    assert.deepEqual(
      links?.map(({ range, target }) => `${covered(text, range)} ${target}`),
      [
        `rules ${folder}/rules.prompt`,
        `"sign-off" ${folder}/sub/sign-off.prompt`,
        `rules ${folder}/rules.prompt`,
      ],
    );
  });

  const signatures: [marked: string, label: string | undefined, active?: string][] = [
    ['<<truncate |>>', 'truncate text length [end]', 'text'],
    ['<<truncate user |>>', 'truncate text length [end]', 'length'],
    ['<<truncate user 5 |>>', 'truncate text length [end]', '[end]'],
    ['<<truncate user 5 "x" |>>', undefined],
    ['<<#if (eq user |)>>x<</if>>', 'eq a b', 'b'],
    ['<<#if (and a b c |)>>x<</if>>', 'and value…', 'value…'],
    ['<<#each |>>x<</each>>', 'each list', 'list'],
    ['<<#if (eq (upper |) "x")>>x<</if>>', 'upper text', 'text'],
    ['<<#if (eq (upper user) "|")>>x<</if>>', 'eq a b', 'b'],
    ['<<> sign-off |>>', 'sign-off tone=text [count=integer]', ''],
    ['<<> sign-off co|>>', 'sign-off tone=text [count=integer]', '[count=integer]'],
    ['<<> sign-off tone=|>>', 'sign-off tone=text [count=integer]', 'tone=text'],
    ['<<> sign-off tone="|">>', 'sign-off tone=text [count=integer]', 'tone=text'],
    ['<<> sign-off tone=(upper |)>>', 'upper text', 'text'],
    ['<<> rules |>>', undefined],
    ['<<user |>>', undefined],
    ['text |', undefined],
  ];
  for (const [marked, label, active] of signatures) {
    it(`${marked} takes ${active ?? 'nothing'}`, async () => {
      const { text, position } = cursorText(`${header}${marked}`);
      await server.open(text);
      const help = await server.ask(SignatureHelpRequest.type, { textDocument, position });
      const [signature] = help?.signatures ?? [];
      assert.equal(signature?.label, label);
      const parameter = signature?.parameters?.[help?.activeParameter ?? 0]?.label;
      const [start, end] = Array.isArray(parameter) ? parameter : [0, 0];
      assert.equal(label?.slice(start, end), active);
    });
  }

  it('widens a selection step by step', async () => {
    const { text, position } = cursorText(
      `${header}# Head\nA\n<<#if user>>\nHi <<user.na|me>>!\n<</if>>\n`,
    );
    await server.open(text);
    const params = { textDocument, positions: [position] };
    const [found] = (await server.ask(SelectionRangeRequest.type, params)) ?? [];
    const steps: string[] = [];
    for (let at: SelectionRange | undefined = found; at !== undefined; at = at.parent) {
      steps.push(covered(text, at.range));
    }
    assert.deepEqual(steps.slice(0, 7), [
      'name',
      'user.name',
      '<<user.name>>',
      'Hi <<user.name>>!',
      '\nHi <<user.name>>!\n',
      '<<#if user>>\nHi <<user.name>>!\n<</if>>',
      '# Head\nA\n<<#if user>>\nHi <<user.name>>!\n<</if>>\n',
    ]);
    assert.equal(steps.at(-1), text);
  });

  const queries: [query: string, names: string[]][] = [
    ['', ['House Rules', 'sign-off']],
    ['hru', ['House Rules']],
    ['team', ['House Rules']],
    ['SIGN', ['sign-off']],
    ['zzz', []],
  ];
  for (const [query, names] of queries) {
    it(`finds templates for “${query}”`, async () => {
      const found = (await server.ask(WorkspaceSymbolRequest.type, {
        query,
      })) as SymbolInformation[];
      assert.deepEqual(found.map(({ name }) => name).toSorted(), names);
    });
  }
});
