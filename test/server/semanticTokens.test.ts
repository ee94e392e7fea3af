import assert from 'node:assert/strict';
import type { SemanticTokensEdit } from 'vscode-languageserver-protocol';
import { LanguageServer } from '../support/languageServer.ts';
import {
  deltaTokens,
  fullTokens,
  rangeTokens,
  semanticWords,
  spelled,
} from '../support/semanticWords.ts';

const header = '---\nname: Letter\nvariables:\n  user: { type: object }\n  items: array\n---\n';
const mustache = header.replace('---', '---\nsyntax: mustache');

const table: [text: string, words: string[]][] = [
  ['<<user.name>>', ['user:variable', 'name:property']],
  ['<<usr>>', ['usr:variable:undeclared']],
  ['<<> rules a=user>>', ['rules:namespace', 'user:variable']],
  ['<<#> rules>>x<</rules>>', ['rules:namespace', 'rules:namespace']],
  [
    '<<#each items as |it|>><<upper it.x>><</each>>',
    [
      'each:keyword',
      'items:variable',
      'it:parameter:declaration',
      'upper:function',
      'it:parameter',
      'x:property',
      'each:keyword',
    ],
  ],
  [
    '<<#if (eq user.a "b")>><<else if 1>><<else>><</if>>',
    [
      'if:keyword',
      'eq:function',
      'user:variable',
      'a:property',
      '"b":string',
      'else:keyword',
      'if:keyword',
      '1:number',
      'else:keyword',
      'if:keyword',
    ],
  ],
  ['<<#items>>x<</items>>', ['items:variable', 'items:variable']],
  ['<<#system>>x<</system>>', ['system:promptRole', 'system:promptRole']],
  [
    '<<#each items>><<title>><<this>><<@index>><</each>>',
    [
      'each:keyword',
      'items:variable',
      'title:property',
      'this:variable:readonly:defaultLibrary',
      '@index:variable:readonly:defaultLibrary',
      'each:keyword',
    ],
  ],
  ['<<#raw>><<x>><</raw>>', ['raw:keyword', 'raw:keyword']],
  [
    '<<#*inline "row">>x<</inline>>',
    ['inline:keyword', '"row":namespace:declaration', 'inline:keyword'],
  ],
  ['<<!-- a\nb -->>', ['<<!-- a:comment', 'b -->>:comment']],
  ['<<json user\n  indent=2>>', ['json:function', 'user:variable', '2:number']],
  ['\\<<user>> << user >> <<SYS>>', []],
];

const inMustache: [text: string, words: string[]][] = [
  ['{{ user.name }}', ['{{:operator', 'user:variable', 'name:property', '}}:operator']],
  ['{{{user}}}', ['{{{:operator', 'user:variable', '}}}:operator']],
  [
    '{{#each items as |it|}}{{~/each}}',
    [
      '{{#:operator',
      'each:keyword',
      'items:variable',
      'as:keyword',
      'it:parameter:declaration',
      '}}:operator',
      '{{~/:operator',
      'each:keyword',
      '}}:operator',
    ],
  ],
  [
    '{{> rules a=true}}',
    ['{{>:operator', 'rules:namespace', 'a:property', 'true:keyword', '}}:operator'],
  ],
  ['{{! note }}', ['{{! note }}:comment']],
  ['<<user>>', []],
];

describe('semantic tokens', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  afterEach(() => server.close());
  after(() => server.stop());

  for (const [head, rows] of [
    [header, table],
    [mustache, inMustache],
  ] as const) {
    for (const [body, words] of rows) {
      it(JSON.stringify(body), async () => {
        const text = `${head}${body}`;
        await server.open(text);
        const { data } = await fullTokens(server);
        assert.deepEqual(spelled(text, semanticWords(server, text, data)), words);
      });
    }
  }

  it('are those of some lines when only these are asked for', async () => {
    const text = `${header}<<user>>\n<<items>>\n<<usr>>`;
    await server.open(text);
    const words = semanticWords(server, text, await rangeTokens(server, 7, 8));
    assert.deepEqual(spelled(text, words), ['items:variable']);
  });

  it('are complete in a document of 15,000 tags', async () => {
    const text = header + '<<user>> <<usr>>\n<<upper user>>\n'.repeat(5000);
    await server.open(text);
    const { data } = await fullTokens(server);
    assert.equal(data.length, 5 * 4 * 5000);
    assert.deepEqual(
      data.slice(0, 20),
      [6, 2, 4, 0, 0, 0, 9, 3, 0, 2, 1, 2, 5, 4, 0, 0, 6, 4, 0, 0],
    );
  });

  /** What is typed into the text at a place, and how many numbers come back at most. */
  const edits: [what: string, find: string, typed: string, most: number][] = [
    ['prose', ' one', 'x', 0],
    ['a line', 'line one', 'x\n', 1],
    ['a variable', '>> one', 'x', 5],
    ['a tag', 'line one', '<<user>>', 10],
    ['a block', 'line one', '<<#each items>>', 10_000],
    ['a declaration', '  items', '  usr: text\n', 10_000],
  ];
  for (const [what, find, typed, most] of edits) {
    it(`say only what changed when ${what} is typed`, async () => {
      const before = `${header}<<user>>\n<<usr>> one\nline one\n${'<<items>> <<usr>>\n'.repeat(500)}`;
      await server.open(before);
      const first = await fullTokens(server);
      const offset = before.indexOf(find);
      const line = before.slice(0, offset).split('\n').length - 1;
      const at = { line, character: offset - before.lastIndexOf('\n', offset - 1) - 1 };
      await server.change(2, typed, { start: at, end: at });
      const delta = await deltaTokens(server, first.resultId);
      const changes = delta !== null && 'edits' in delta ? delta.edits : [];
      assert(changes.reduce((sum, { data = [] }) => sum + data.length, 0) <= most);
      const after = before.slice(0, offset) + typed + before.slice(offset);
      await server.close();
      await server.open(after);
      assert.deepEqual(applied(first.data, changes), (await fullTokens(server)).data);
    });
  }

  it('are whole again for a client that has something else', async () => {
    await server.open(`${header}<<user>>`);
    const { data } = await fullTokens(server);
    const answer = await deltaTokens(server, 'no such result');
    assert.deepEqual(answer !== null && 'data' in answer ? answer.data : undefined, data);
  });
});

function applied(data: readonly number[], edits: readonly SemanticTokensEdit[]): number[] {
  const result = [...data];
  for (const edit of [...edits].reverse()) {
    result.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
  }
  return result;
}
