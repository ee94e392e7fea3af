import assert from 'node:assert/strict';
import {
  type CodeAction,
  CodeActionRequest,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { cursorText, edited } from '../support/cursorText.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const header = '---\nname: Letter\nvariables:\n  user: string\n---\n';

/** The problem under the mark, the fix, and the text after it. */
const inBody: [marked: string, title: string, text: string][] = [
  ['<<#i|f user>>x', 'Close with <</if>>', '<<#if user>>x<</if>>'],
  ['<<#i|f user>>\nx\n', 'Close with <</if>>', '<<#if user>>\nx\n<</if>>'],
  ['<<#i|f user>>\nx', 'Close with <</if>>', '<<#if user>>\nx\n<</if>>'],
  ['<<#i|f user>>x', 'Make it text', '\\<<#if user>>x'],
  ['a<</i|f>>b', 'Remove this tag', 'ab'],
  ['<<el|se>>', 'Make it text', '\\<<else>>'],
  ['<<#if user>>x<</ea|ch>>', 'Change to “<</if>>”', '<<#if user>>x<</if>>'],
  ['<<i|f user>>x<</if>>', 'Insert “#”', '<<#if user>>x<</if>>'],
  ['<<uper| user>>', 'Change to “upper”', '<<upper user>>'],
  ['<<usr|>>', 'Change to “user”', '<<user>>'],
  ['<<sho|ut user>>', 'Make it text', '\\<<shout user>>'],
  ['<<a|>> <<a>>', 'Make every “a” text', '\\<<a>> \\<<a>>'],
  ['<< us|er >>', 'Write “<<user>>”', '<<user>>'],
  ['<<<us|er>>>', 'Write “<<user>>”', '<<user>>'],
  ['{{us|er}} {{ user }}', 'Write all tags with << >>', '<<user>> <<user>>'],
];

/** The same where the front matter changes: the whole text. */
const inHead: [what: string, marked: string, title: string, text: string][] = [
  [
    'a variable into a block of declarations',
    `${header}<<user>><<ad|dress.city>>`,
    'Declare “address”',
    '---\nname: Letter\nvariables:\n  user: string\n  address: object\n---\n<<user>><<address.city>>',
  ],
  [
    'several variables at once',
    `${header}<<user>><<a|>><<#if b>><</if>>`,
    'Declare all 2 variables',
    '---\nname: Letter\nvariables:\n  user: string\n  a: string\n  b: boolean\n---\n<<user>><<a>><<#if b>><</if>>',
  ],
  [
    'a variable into a map on one line',
    '---\nname: L\nvariables: { user: string }\n---\n<<user>><<a|>>',
    'Declare “a”',
    '---\nname: L\nvariables: { user: string, a: string }\n---\n<<user>><<a>>',
  ],
  [
    'the first variable',
    '---\nname: L\n---\n<<a|>>',
    'Declare “a”',
    '---\nname: L\nvariables:\n  a: string\n---\n<<a>>',
  ],
  [
    'the first variable below a key without a value',
    '---\nname: L\nvariables:\n---\n<<a|>>',
    'Declare “a”',
    '---\nname: L\nvariables:\n  a: string\n---\n<<a>>',
  ],
  ['a front matter', '<<a|>>', 'Declare “a”', '---\nvariables:\n  a: string\n---\n<<a>>'],
  [
    'the missing name',
    '--|-\nformat: text\n---\nx',
    'Add “name: Letter”',
    '---\nformat: text\nname: Letter\n---\nx',
  ],
  [
    'a key with a slip',
    '---\nname: L\nformt|: text\n---\nx',
    'Change to “format”',
    '---\nname: L\nformat: text\n---\nx',
  ],
  [
    'an unused variable',
    '---\nname: L\nvariables:\n  a|: string\n  b: string\n---\n<<b>>',
    'Remove “a”',
    '---\nname: L\nvariables:\n  b: string\n---\n<<b>>',
  ],
  [
    'a value a sample lacks',
    '---\nname: L\nvariables:\n  a: string\n  b: number\nsamples:\n  on|e:\n    a: x\n---\n<<a>><<b>>',
    'Add “b” to “one”',
    '---\nname: L\nvariables:\n  a: string\n  b: number\nsamples:\n  one:\n    a: x\n    b: 3\n---\n<<a>><<b>>',
  ],
  [
    'the other syntax',
    '---\nname: L\nvariables:\n  a: string\n---\n{{a|}}',
    'Add “syntax: mustache”',
    '---\nname: L\nvariables:\n  a: string\nsyntax: mustache\n---\n{{a}}',
  ],
];

describe('quick fixes', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  async function actions(marked: string, from = server): Promise<[string, CodeAction[]]> {
    const { text, position } = cursorText(marked);
    await from.open(text);
    const found = await from.ask(CodeActionRequest.type, {
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
    return edited(text, (change?.edits ?? []) as TextEdit[]);
  }

  for (const [marked, title, text] of inBody) {
    it(`${JSON.stringify(marked)}: ${title}`, async () => {
      assert.equal((await fixed(`${header}${marked}`, title)).slice(header.length), text);
    });
  }
  for (const [what, marked, title, text] of inHead) {
    it(`${what}: ${title}`, async () => assert.equal(await fixed(marked, title), text));
  }

  it('creates a missing template beside its caller', async () => {
    const [, found] = await actions(`${header}<<user>><<> no|body>>`);
    const action = found.find(({ title }) => title === 'Create the template “nobody”');
    const [create, content] = action?.edit?.documentChanges ?? [];
    assert.deepEqual(create, {
      kind: 'create',
      uri: `${folder}/nobody.prompt`,
      options: { ignoreIfExists: true },
    });
    assert.match(JSON.stringify(content), /name: nobody/);
  });

  it('has none where nothing is wrong', async () => {
    assert.deepEqual((await actions(`${header}<<us|er>>`))[1], []);
  });

  it('has none for a client that knows only commands', async () => {
    const { codeAction: _, ...textDocument } = modernEditor.textDocument ?? {};
    const old = await LanguageServer.start({ capabilities: { textDocument } });
    assert.deepEqual((await actions(`${header}<<usr|>>`, old))[1], []);
    old.stop();
  });
});
