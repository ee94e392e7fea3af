import assert from 'node:assert/strict';
import { fixed, offered } from '../support/codeActions.ts';
import { LanguageServer } from '../support/languageServer.ts';

const head = '---\nname: L\nvariables:\n  ok: boolean\n  list: array\n  user: object\n---\n';

/** Below the declarations: what is selected, the action, and the body afterwards. */
const wraps: [marked: string, title: string, body: string][] = [
  ['Be ⟦very kind⟧.', 'Wrap in <<#if>>', 'Be <<#if ok>>very kind<</if>>.'],
  ['a\n⟦  b\n⟧c', 'Wrap in <<#if>>', 'a\n  <<#if ok>>\n  b\n  <</if>>\nc'],
  ['a\n⟦b⟧', 'Wrap in <<#if>>', 'a\n<<#if ok>>\nb<</if>>'],
  ['a\r\n⟦b⟧\r\nc', 'Wrap in <<#if>>', 'a\r\n<<#if ok>>\r\nb\r\n<</if>>\r\nc'],
  [
    '<<#each list as |x|>>⟦<<x>> <<a>>⟧<</each>>',
    'Wrap in <<#if>>',
    '<<#each list as |x|>><<#if @root.condition>><<x>> <<a>><</if>><</each>>',
  ],
  [
    '⟦<<user.name>> <<this.ok>> <<#with user>><<name>> <<../ok>><</with>> <<upper a>>⟧!',
    'Wrap in <<#each>>',
    '<<#each list as |item|>><<../user.name>> <<../ok>> <<#with ../user>><<name>> <<../../ok>><</with>> <<upper ../a>><</each>>!',
  ],
  [
    '⟦<<#user>>x<</user>> <<#ok>>y<</ok>> <<> p>> <<#with user>><<> q>><</with>>⟧.',
    'Wrap in <<#each>>',
    '<<#each list as |item|>><<#user>>x<</user>> <<#../ok>>y<</../ok>> <<> p ..>> <<#with ../user>><<> q>><</with>><</each>>.',
  ],
  ['a ⟦\\<<b>> <<c⟧', 'Wrap in raw: nothing in it is a tag', 'a <<#raw>><<b>> <<c<</raw>>'],
  ['⟦Be kind.\n⟧Hi', 'Wrap in a system message', '<<#system>>\nBe kind.\n<</system>>\nHi'],
];

/** Where half of something is selected, or what cannot be. */
const refused: [marked: string, title: string][] = [
  ['⟦a <<us⟧er>>', 'Wrap in <<#if>>'],
  ['⟦a <<#if ok>>b⟧<</if>>', 'Wrap in <<#if>>'],
  ['<<#if ok>>⟦b<<else>>⟧c<</if>>', 'Wrap in <<#if>>'],
  ['\\⟦<<a>>⟧', 'Wrap in <<#if>>'],
  ['⟦ \n⟧', 'Wrap in <<#if>>'],
  ['|a', 'Wrap in <<#if>>'],
  ['<<#each list>>⟦<<@index>>⟧<</each>>', 'Wrap in <<#each>>'],
  ['⟦<<#raw>>x<</raw>>⟧', 'Wrap in raw: nothing in it is a tag'],
  ['<<#user>>⟦x⟧<</user>>', 'Wrap in a system message'],
  ['⟦<<#user>>x<</user>>⟧', 'Wrap in a system message'],
];

const toggles: [marked: string, title: string, body: string][] = [
  ['<<us|er>>', 'Make this tag text', '\\<<user>>'],
  ['<<#if| ok>>a<<else>>b<</if>>', 'Make this tag text', '\\<<#if ok>>a\\<<else>>b\\<</if>>'],
  ['\\<<us|er>>', 'Make this text a tag', '<<user>>'],
  ['|\\<<user>>', 'Make this text a tag', '<<user>>'],
];

/** The whole text. */
const whole: [what: string, marked: string, title: string, text: string][] = [
  [
    'declares what it needs',
    '---\nname: L\n---\n⟦a⟧ b',
    'Wrap in <<#if>>',
    '---\nname: L\nvariables:\n  condition: boolean\n---\n<<#if condition>>a<</if>> b',
  ],
  [
    'finds a free name',
    '---\nvariables:\n  items: string\n---\n⟦a⟧ b',
    'Wrap in <<#each>>',
    '---\nvariables:\n  items: string\n  items_2: array\n---\n<<#each items_2 as |item|>>a<</each>> b',
  ],
  [
    'knows the other brackets',
    '---\nsyntax: mustache\nvariables: { ok: boolean }\n---\n⟦a⟧ b',
    'Wrap in {{#if}}',
    '---\nsyntax: mustache\nvariables: { ok: boolean }\n---\n{{#if ok}}a{{/if}} b',
  ],
  [
    'converts to braces',
    '|<<a>> {{b}}',
    'Convert the whole prompt to {{ }}',
    '---\nsyntax: mustache\n---\n{{a}} \\{{b}}',
  ],
  [
    'converts to angle brackets',
    '---\nname: L\nsyntax: mustache # old\n---\n|{{ a }} <<b>>',
    'Convert the whole prompt to << >>',
    '---\nname: L\n---\n<<a>> \\<<b>>',
  ],
  [
    'leaves no empty front matter',
    '---\nsyntax: mustache\n---\n|{{a}}',
    'Convert the whole prompt to << >>',
    '<<a>>',
  ],
  [
    'but keeps one that hides another',
    '---\nsyntax: mustache\n---\n---\n|{{a}}',
    'Convert the whole prompt to << >>',
    '---\n---\n---\n<<a>>',
  ],
  [
    'sorts variables with their comments',
    '---\nname: L\nvariables:\n  # about b\n  b|:\n    type: string\n\n  # about a,\n  # in two lines\n  a: string # short\nformat: text\n---\n',
    'Sort variables',
    '---\nname: L\nvariables:\n\n  # about a,\n  # in two lines\n  a: string # short\n  # about b\n  b:\n    type: string\nformat: text\n---\n',
  ],
  [
    'sorts variables within braces',
    '---\nvariables: { b|: string, a: { type: number } }\n---\n',
    'Sort variables',
    '---\nvariables: { a: { type: number }, b: string }\n---\n',
  ],
];

describe('rewriting', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [marked, title, body] of [...wraps, ...toggles]) {
    it(`${JSON.stringify(marked)}: ${title}`, async () => {
      const text = await fixed(server, head + marked, title);
      const added = text.slice(0, text.indexOf('\n---\n', 5) + 5);
      assert.equal(text.slice(added.length), body);
    });
  }
  for (const [what, marked, title, text] of whole) {
    it(what, async () => assert.equal(await fixed(server, marked, title), text));
  }
  for (const [marked, title] of refused) {
    it(`${JSON.stringify(marked)}: no ${title}`, async () => {
      const { actions } = await offered(server, head + marked);
      assert(!actions.some((one) => one.title === title));
    });
  }

  it('sorts when it is saved, where that is wished', async () => {
    const text = '---\nvariables:\n  b: string\n  a: string\n---\n|';
    const { actions } = await offered(server, text, { only: ['source.sortVariables'] });
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.sortVariables.promptWorkbench'],
    );
    await server.close();
    const sorted = await offered(server, text.replace('b:', 'A:'), {
      only: ['source.sortVariables.promptWorkbench'],
    });
    assert.deepEqual(sorted.actions, []);
  });

  it('does not sort what an alias refers to', async () => {
    const text = '---\nvariables:\n  b|: &x { type: string }\n  a: *x\n---\n';
    const { actions } = await offered(server, text);
    assert(!actions.some(({ title }) => title === 'Sort variables'));
  });

  it('speaks of conversion only when asked', async () => {
    const { actions } = await offered(server, 'a|<<b>>', { triggerKind: 2 });
    assert(!actions.some(({ title }) => title.startsWith('Convert')));
  });
});
