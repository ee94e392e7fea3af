import assert from 'node:assert/strict';
import { LinkedEditingRangeRequest } from 'vscode-languageserver-protocol';
import { covered, cursorText } from '../support/cursorText.ts';
import { LanguageServer, uri } from '../support/languageServer.ts';

const rows: [marked: string, together: string[]][] = [
  ['<<#i|f x>>y<</if>>', ['if', 'if']],
  ['<<#if x>>y<</if|>>', ['if', 'if']],
  ['<<#if x>>y<<else>>z<</|if>>', ['if', 'if']],
  ['<<#user.na|me>>y<</user.name>>', ['user.name', 'user.name']],
  ['<<#> lay|out a=1>>y<</layout>>', ['layout', 'layout']],
  ['<<#> "lay|out">>y<</layout>>', ['layout', 'layout']],
  ['<<^x|>>y<</x>>', ['x', 'x']],
  ['<<#if x|>>y<</if>>', []],
  ['<<#if x>>y<<else i|f z>><</if>>', []],
  ['<<#i|f x>>y', []],
  ['<<#if x>>y<</ea|ch>>', []],
  ['<<#*inl|ine "a">>y<</inline>>', []],
  ['<<na|me>>', []],
  ['te|xt', []],
];

describe('linked editing', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [marked, together] of rows) {
    it(`${marked}: ${together.join(' and ') || 'nothing'}`, async () => {
      const { text, position } = cursorText(marked);
      await server.open(text);
      const params = { textDocument: { uri }, position };
      const found = await server.ask(LinkedEditingRangeRequest.type, params);
      assert.deepEqual(found?.ranges.map((range) => covered(text, range)) ?? [], together);
      const word = new RegExp(`^(?:${found?.wordPattern ?? ''})$`);
      for (const name of together) assert.match(name, word);
    });
  }
});
