import assert from 'node:assert/strict';
import {
  type CodeAction,
  CodeActionRequest,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { generateSampleRequest, lastContextNotification } from '../../server/protocol.ts';
import { cursorText } from '../support/cursorText.ts';
import { LanguageServer, uri } from '../support/languageServer.ts';

const head = '---\nname: L\nvariables:\n  a: string\n  n: {type: integer, max: 9}\n';
const user =
  '  u: {type: object, properties: {email: string, age: {type: integer, required: false}}}\n';
const body = '---\n<<a>><<n>>';

/** A marked front matter after `head`, the fix to take, and what becomes of it. */
const cases: readonly [name: string, before: string, title: string, after: string][] = [
  [
    'add one',
    'samples:\n  on|e:\n    a: x\n',
    'Add “n” to “one”',
    'samples:\n  one:\n    a: x\n    n: 3\n',
  ],
  [
    'add to nothing',
    'samples:\n  on|e:\n',
    'Add “a” to “one”',
    'samples:\n  one:\n    a: "[a_value]"\n',
  ],
  [
    'add to {}',
    'samples:\n  on|e: {}\n',
    'Add all 2 values',
    'samples:\n  one:\n    a: "[a_value]"\n    n: 3\n',
  ],
  [
    'add in one line',
    'samples:\n  on|e: { a: x }\n',
    'Add “n” to “one”',
    'samples:\n  one: { a: x, n: 3 }\n',
  ],
  [
    'fill from the last run',
    'samples:\n  on|e:\n    x-y: 1\n',
    'Fill from the last run: a, n',
    'samples:\n  one:\n    x-y: 1\n    a: said\n    n: 7\n',
  ],
  [
    'rename',
    'samples:\n  one:\n    a: x\n    |m: 1\n  two: {n: 1, a: x}\n',
    'Remove “m”',
    'samples:\n  one:\n    a: x\n  two: {n: 1, a: x}\n',
  ],
  [
    'remove from a line',
    'samples:\n  one: {a: x, |zz: 1, n: 2}\n',
    'Remove “zz”',
    'samples:\n  one: {a: x, n: 2}\n',
  ],
  [
    'remove the last of a line',
    'samples:\n  one: {a: x, n: 2, |zz: 1}\n',
    'Remove “zz”',
    'samples:\n  one: {a: x, n: 2}\n',
  ],
  [
    'remove the only one',
    'samples:\n  one:\n    |zz: 1\n',
    'Remove “zz”',
    'samples:\n  one:\n    {}\n',
  ],
  [
    'a wrong value',
    'samples:\n  one:\n    a: x\n    |n: many\n',
    'Change to 3',
    'samples:\n  one:\n    a: x\n    n: 3\n',
  ],
  [
    'a wrong value, from the last run',
    'samples:\n  one:\n    a: x\n    |n: many\n',
    'Take from the last run: 7',
    'samples:\n  one:\n    a: x\n    n: 7\n',
  ],
  [
    'a test',
    'tests:\n  - name: t\n    val|ues:\n      a: x\n',
    'Add “n” to “t”',
    'tests:\n  - name: t\n    values:\n      a: x\n      n: 3\n',
  ],
];

const nested: readonly [name: string, before: string, title: string, after: string][] = [
  [
    'add a member',
    'samples:\n  one:\n    |u:\n      age: 3\n',
    'Add “u.email” to “one”',
    'samples:\n  one:\n    u:\n      age: 3\n      email: ada@example.com\n',
  ],
  [
    'rename a member',
    'samples:\n  one:\n    u:\n      |emial: x\n',
    'Change to “email”',
    'samples:\n  one:\n    u:\n      email: x\n',
  ],
];

describe('fixes of samples', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
    const context = { a: 'said', n: 7 };
    await server.connection.sendNotification(lastContextNotification, {
      textDocument: { uri },
      context,
    });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  async function actions(marked: string): Promise<[string, CodeAction[]]> {
    const { text, position } = cursorText(marked);
    await server.open(text);
    const found = await server.ask(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    return [text, (found ?? []) as CodeAction[]];
  }

  async function fixed(marked: string, title: string): Promise<string> {
    const [text, found] = await actions(marked);
    const action = found.find((one) => one.title === title);
    assert(action, `${title} is not among ${found.map((one) => one.title).join(', ')}`);
    const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    const document = TextDocument.create(uri, '', 0, text);
    return TextDocument.applyEdits(document, (change?.edits ?? []) as never[]);
  }

  for (const [name, before, title, after] of cases) {
    it(name, async () =>
      assert.equal(await fixed(head + before + body, title), head + after + body),
    );
  }
  for (const [name, before, title, after] of nested) {
    const start = `---\nname: L\nvariables:\n${user}`;
    it(name, async () =>
      assert.equal(
        await fixed(`${start}${before}---\n<<json u>>`, title),
        `${start}${after}---\n<<json u>>`,
      ),
    );
  }

  const samples: readonly [name: string, before: string, after: string][] = [
    ['the first', '', 'samples:\n  generated:\n    a: "[a_value]"\n    n: 3\n'],
    [
      'after another',
      'samples:\n  one: {a: x, n: 1}\n',
      'samples:\n  one: {a: x, n: 1}\n  generated:\n    a: "[a_value]"\n    n: 3\n',
    ],
    [
      'a second',
      'samples:\n    generated:\n        a: x\n        n: 1\n',
      'samples:\n    generated:\n        a: x\n        n: 1\n    generated_2:\n      a: "[a_value]"\n      n: 3\n',
    ],
    ['in an empty map', 'samples: {}\n', 'samples:\n  generated:\n    a: "[a_value]"\n    n: 3\n'],
    [
      'in a key without value',
      'samples:\n',
      'samples:\n  generated:\n    a: "[a_value]"\n    n: 3\n',
    ],
    [
      'in one line',
      'samples: {one: {a: x, n: 1}}\n',
      'samples: {one: {a: x, n: 1}, generated: {"a":"[a_value]","n":3}}\n',
    ],
  ];
  for (const [name, before, after] of samples) {
    it(`generates a sample: ${name}`, async () => {
      const text = head + before + body;
      await server.open(text);
      const made = await server.connection.sendRequest(generateSampleRequest, {
        textDocument: { uri },
      });
      const document = TextDocument.create(uri, '', 0, text);
      assert.equal(TextDocument.applyEdits(document, made?.edits ?? []), head + after + body);
    });
  }

  it('offers to generate a sample at the variables and the samples, and nowhere else', async () => {
    const title = 'Generate the sample “generated”';
    const text = `${head}samples: {one: {}}\n${body}`;
    const at = (word: string) => text.replace(word, `${word.slice(0, 1)}|${word.slice(1)}`);
    assert.match(await fixed(at('variables'), title), / generated: /);
    assert.match(await fixed(at('one'), title), / generated: /);
    await assert.rejects(fixed(at('name'), title), /is not among/);
  });
});
