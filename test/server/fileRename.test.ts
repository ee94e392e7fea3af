import assert from 'node:assert/strict';
import {
  DefinitionRequest,
  DidRenameFilesNotification,
  type Location,
  type TextDocumentEdit,
  WillRenameFilesRequest,
} from 'vscode-languageserver-protocol';
import { edited } from '../support/cursorText.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const files: Record<string, string> = {
  [`${folder}/rules.prompt`]: 'Be kind. <<> sign-off>>',
  [`${folder}/sub/sign-off.prompt`]: 'Bye.',
  [`${folder}/fixed.prompt`]: '---\nname: F\nslug: steady\n---\nF',
  [`${folder}/caller.prompt`]: '<<> rules>><<> "rules" a=1>><<#> rules>>x<</rules>><<> steady>>',
};
const opened = '<<> rules>>';

/** From and to, below the folder; the texts that change. */
const rows: [what: string, moves: [string, string][], texts: Record<string, string>][] = [
  [
    'the callers follow a file',
    [['rules.prompt', 'House Rules.prompt']],
    {
      'letter.prompt': '<<> house-rules>>',
      'caller.prompt':
        '<<> house-rules>><<> "house-rules" a=1>><<#> house-rules>>x<</house-rules>><<> steady>>',
    },
  ],
  ['also one that only changes places', [['rules.prompt', 'other/rules.prompt']], {}],
  [
    'two files that are renamed together',
    [
      ['rules.prompt', 'sign-off.prompt'],
      ['sub/sign-off.prompt', 'sub/rules.prompt'],
    ],
    {
      'letter.prompt': '<<> sign-off>>',
      'rules.prompt': 'Be kind. <<> rules>>',
      'caller.prompt':
        '<<> sign-off>><<> "sign-off" a=1>><<#> sign-off>>x<</sign-off>><<> steady>>',
    },
  ],
  ['a slug in the front matter stays', [['fixed.prompt', 'loose.prompt']], {}],
  [
    'no caller is led to a template that has the name already',
    [['rules.prompt', 'steady.prompt']],
    {},
  ],
  ['a folder keeps the names of its files', [['sub', 'deep/er']], {}],
  ['what is no template any more', [['rules.prompt', 'rules.txt']], {}],
  ['a file that nobody knows', [['none.prompt', 'nobody.prompt']], {}],
];

describe('renaming files', () => {
  let server: LanguageServer;
  const at = (path: string) => `${folder}/${path}`;
  const renames = (moves: readonly [string, string][]) => ({
    files: moves.map(([from, to]) => ({ oldUri: at(from), newUri: at(to) })),
  });

  beforeEach(async () => {
    server = await LanguageServer.start({ files });
    await server.open(opened);
  });
  afterEach(() => server.stop());

  for (const [what, moves, texts] of rows) {
    it(what, async () => {
      const edit = await server.ask(WillRenameFilesRequest.type, renames(moves));
      const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
      const found = changes.map(({ textDocument, edits }) => {
        const before = textDocument.uri === uri ? opened : (files[textDocument.uri] ?? '');
        return [
          textDocument.uri.slice(folder.length + 1),
          edited(before, edits as Parameters<typeof edited>[1]),
        ];
      });
      assert.deepEqual(Object.fromEntries(found), texts);
    });
  }

  it('tells a client without versioned edits as well', async () => {
    const { workspaceEdit: _, ...workspace } = modernEditor.workspace ?? {};
    const old = await LanguageServer.start({
      capabilities: { ...modernEditor, workspace },
      files,
    });
    const edit = await old.ask(
      WillRenameFilesRequest.type,
      renames([['sub/sign-off.prompt', 'sub/bye.prompt']]),
    );
    assert.deepEqual(Object.keys(edit?.changes ?? {}), [at('rules.prompt')]);
    old.stop();
  });

  const followed: [what: string, move: [string, string], calls: string][] = [
    ['a file', ['rules.prompt', 'laws.prompt'], 'laws'],
    ['the files of a folder', ['sub', 'deep/er'], 'sign-off'],
  ];
  for (const [what, [from, to], slug] of followed) {
    it(`finds ${what} at the new place, without watching files`, async () => {
      for (const [path, text] of Object.entries(files)) {
        if (!path.startsWith(at(from))) continue;
        server.files.texts.delete(path);
        server.files.texts.set(at(to) + path.slice(at(from).length), text);
      }
      await server.connection.sendNotification(
        DidRenameFilesNotification.type,
        renames([[from, to]]),
      );
      await server.close();
      await server.open(`<<> ${slug}>>`);
      const position = { line: 0, character: 5 };
      const params = { textDocument: { uri }, position };
      const found = (await server.ask(DefinitionRequest.type, params)) as Location[];
      const target = to.endsWith('.prompt') ? to : `${to}/sign-off.prompt`;
      assert.deepEqual(
        [found].flat().map((one) => one.uri),
        [at(target)],
      );
    });
  }
});
