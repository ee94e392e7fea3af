import assert from 'node:assert/strict';
import { chosen, offered } from '../support/codeActions.ts';
import { folder, LanguageServer, modernEditor } from '../support/languageServer.ts';

const files = { [`${folder}/be-kind.prompt`]: 'x' };

/** What is selected, the action, and every file afterwards. */
const rows: [marked: string, title: string, after: Record<string, string>][] = [
  [
    '---\nname: L\n---\nWrite in a ⟦warm and kind⟧ tone.',
    'Extract to the variable “warm_and_kind”',
    {
      'letter.prompt':
        '---\nname: L\nvariables:\n  warm_and_kind:\n    default: warm and kind\n---\nWrite in a <<warm_and_kind>> tone.',
    },
  ],
  [
    '**Tone**: ⟦warm ⟧\nBe warm, not lukewarm.',
    'Extract all 2 to the variable “tone”',
    {
      'letter.prompt':
        '---\nvariables:\n  tone:\n    default: warm\n---\n**Tone**: <<tone>> \nBe <<tone>>, not lukewarm.',
    },
  ],
  [
    '---\nvariables: { tone: string }\n---\nTone: ⟦a\nb⟧',
    'Extract to the variable “tone_2”',
    {
      'letter.prompt':
        '---\nvariables: { tone: string, tone_2: { default: "a\\nb" } }\n---\nTone: <<tone_2>>',
    },
  ],
  [
    '---\nvariables:\n  list: array\n---\n<<#each list>>⟦Hi there⟧<</each>>',
    'Extract to the variable “hi_there”',
    {
      'letter.prompt':
        '---\nvariables:\n  list: array\n  hi_there:\n    default: Hi there\n---\n<<#each list>><<@root.hi_there>><</each>>',
    },
  ],
  [
    '---\nname: L\n---\nC:\\⟦path⟧',
    'Extract to the variable “path”',
    {
      'letter.prompt': '---\nname: L\nvariables:\n  path:\n    default: path\n---\nC:\\\\<<path>>',
    },
  ],
  [
    '---\nname: L\n---\nWrite ⟦\\<<x>>⟧.',
    'Extract to the variable “x”',
    { 'letter.prompt': '---\nname: L\nvariables:\n  x:\n    default: <<x>>\n---\nWrite <<x>>.' },
  ],
  [
    '---\nvariables:\n  a: string\n---\n<<truncate a ⟦20⟧>>',
    'Extract to the variable “text”',
    {
      'letter.prompt':
        '---\nvariables:\n  a: string\n  text:\n    default: 20\n---\n<<truncate a text>>',
    },
  ],
  [
    '---\nvariables:\n  a: string\n---\n<<default a "⟦no one⟧">>',
    'Extract to the variable “no_one”',
    {
      'letter.prompt':
        '---\nvariables:\n  a: string\n  no_one:\n    default: no one\n---\n<<default a no_one>>',
    },
  ],
  [
    'Dear ⟦Ann⟧',
    'Extract to the variable “ann”, as a sample value',
    {
      'letter.prompt':
        '---\nvariables:\n  ann: string\nsamples:\n  example:\n    ann: Ann\n---\nDear <<ann>>',
    },
  ],
  [
    '---\nvariables:\n  a: string\nsamples:\n  one: { a: x }\n  two:\n    a: y\n---\nDear ⟦Ann⟧',
    'Extract to the variable “ann”, as a sample value',
    {
      'letter.prompt':
        '---\nvariables:\n  a: string\n  ann: string\nsamples:\n  one: { a: x, ann: Ann }\n  two:\n    a: y\n    ann: Ann\n---\nDear <<ann>>',
    },
  ],
  [
    '---\nvariables:\n  user: { type: object, description: d }\n  tone: string\n---\nHi\n⟦# Be kind\nto <<user.name>>, <<tone>>\n⟧Bye',
    'Extract to the partial “be-kind-2”',
    {
      'be-kind-2.prompt':
        '---\nname: Be Kind 2\nvariables:\n  user:\n    type: object\n    description: d\n  tone: string\n---\n# Be kind\nto <<user.name>>, <<tone>>\n',
      'letter.prompt':
        '---\nvariables:\n  user: { type: object, description: d }\n  tone: string\n---\nHi\n<<> be-kind-2>>\nBye',
    },
  ],
  [
    '---\nvariables: { list: array }\n---\n<<#each list as |it i|>>a ⟦Hello <<it.name>> <<i>> <<@index>> <<../x>> <<y>> <<#with it>><<z>> <<this>> <<../../x>><</with>> <<this>>⟧<</each>>',
    'Extract to the partial “hello”',
    {
      'hello.prompt':
        '---\nname: Hello\nvariables:\n  y: any\n  it: object\n  i: integer\n  index: integer\n  x: any\n  item: any\n---\nHello <<it.name>> <<i>> <<index>> <<x>> <<y>> <<#with it>><<z>> <<this>> <<../x>><</with>> <<item>>',
      'letter.prompt':
        '---\nvariables: { list: array }\n---\n<<#each list as |it i|>>a <<> hello it=it i=i index=@index x=../x item=this>><</each>>',
    },
  ],
  [
    '---\nsyntax: mustache\nname: L\n---\nA\n⟦Say {{x}}⟧',
    'Extract to the partial “say”',
    {
      'say.prompt': '---\nname: Say\nvariables:\n  x: string\nsyntax: mustache\n---\nSay {{x}}',
      'letter.prompt': '---\nsyntax: mustache\nname: L\n---\nA\n{{> say}}',
    },
  ],
];

const refused: [what: string, marked: string, title: RegExp][] = [
  ['a variable where a bracket stands before', 'a <⟦b⟧', /variable/],
  ['a variable with a tag in it', '⟦a <<b>>⟧', /variable/],
  ['a variable within raw', '<<#raw>>a ⟦b⟧<</raw>>', /variable/],
  ['a variable in the front matter', '---\nname: ⟦Ann⟧\n---\n', /Extract/],
  ['half a block', '⟦<<#if a>>b⟧<</if>>', /Extract/],
  ['an inline partial', '⟦<<#*inline "a">>b<</inline>>⟧', /Extract/],
  ['a call of an inline partial', '<<#*inline "a">>b<</inline>>⟦c<<> a>>d⟧', /partial/],
  ['what a neighbour strips', '<<x~>> ⟦a b⟧', /partial/],
  ['a block that has lines only here', '⟦<<#if a>>\nx\n<</if>>⟧ y', /partial/],
];

describe('extracting', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [marked, title, after] of rows) {
    it(`${JSON.stringify(marked)}: ${title}`, async () => {
      assert.deepEqual(await chosen(server, marked, title), after);
    });
  }
  for (const [what, marked, title] of refused) {
    it(`does not extract ${what}`, async () => {
      const { actions } = await offered(server, marked, { only: ['refactor.extract'] });
      assert.deepEqual(
        actions.map((one) => one.title).filter((one) => title.test(one)),
        [],
      );
    });
  }

  it('offers no partial to a client that creates no files', async () => {
    const { workspaceEdit: _, ...workspace } = modernEditor.workspace ?? {};
    const old = await LanguageServer.start({ capabilities: { ...modernEditor, workspace } });
    const { actions } = await offered(old, 'Hi ⟦Ann⟧', { only: ['refactor.extract'] });
    assert(actions.length > 0 && !actions.some(({ title }) => title.includes('partial')));
    old.stop();
  });
});
