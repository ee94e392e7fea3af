import assert from 'node:assert/strict';
import { fixed } from '../support/codeActions.ts';
import { folder, LanguageServer } from '../support/languageServer.ts';

const header = '---\nname: Letter\nvariables:\n  user: string\n---\n';

const files = { [`${folder}/rules.prompt`]: 'Be kind. <<> letter>>' };

/** The problem under the mark, the fix, and the whole text after it. */
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
    'a guess from all uses',
    '---\nname: L\n---\n<<#if a|>><<number a>><</if>><<#if b>><</if>><<#each c>><</each>><<d.e>>',
    'Declare all 4 variables',
    '---\nname: L\nvariables:\n  a: number\n  b: boolean\n  c: array\n  d: object\n---\n<<#if a>><<number a>><</if>><<#if b>><</if>><<#each c>><</each>><<d.e>>',
  ],
  [
    'an unused variable with its values',
    '---\nname: L\nvariables: { a|: string, b: string }\nsamples:\n  one:\n    a: x\n    b: y\n---\n<<b>>',
    'Remove “a”',
    '---\nname: L\nvariables: { b: string }\nsamples:\n  one:\n    b: y\n---\n<<b>>',
  ],
  [
    'all unused variables',
    '---\nname: L\nvariables:\n  a|: string\n  b:\n    type: string\n  c: string\n---\n<<c>>',
    'Remove all 2 unused variables',
    '---\nname: L\nvariables:\n  c: string\n---\n<<c>>',
  ],
  [
    'every variable',
    '---\nname: L\nvariables:\n  a|: string\n---\nx',
    'Remove “a”',
    '---\nname: L\n---\nx',
  ],
  [
    'a member that is not declared',
    '---\nname: L\nvariables:\n  user:\n    properties:\n      name: string\n---\n<<user.ci|ty>><<user.name>>',
    'Declare “city” in “user”',
    '---\nname: L\nvariables:\n  user:\n    properties:\n      name: string\n      city: string\n---\n<<user.city>><<user.name>>',
  ],
  [
    'a member within braces',
    '---\nname: L\nvariables:\n  user: { properties: { name: string } }\n---\n<<user.ci|ty>>',
    'Declare “city” in “user”',
    '---\nname: L\nvariables:\n  user: { properties: { name: string, city: string } }\n---\n<<user.city>>',
  ],
  [
    'another type',
    '---\nname: L\nvariables:\n  a: string\n---\n<<#each a|>>x<</each>>',
    'Declare “a” as array',
    '---\nname: L\nvariables:\n  a: array\n---\n<<#each a>>x<</each>>',
  ],
  [
    'another type within braces',
    '---\nname: L\nvariables:\n  a: { type: string, description: d }\n---\n<<#each a|>>x<</each>>',
    'Declare “a” as array',
    '---\nname: L\nvariables:\n  a: { type: array, description: d }\n---\n<<#each a>>x<</each>>',
  ],
  [
    'a variable named like a helper',
    '---\nname: L\nvariables:\n  date: string\n---\n<<da|te>>',
    'Write “this.date”',
    '---\nname: L\nvariables:\n  date: string\n---\n<<this.date>>',
  ],
  [
    'a variable named like a helper, by another name',
    '---\nname: L\nvariables:\n  date: string\nsamples:\n  a: { date: x }\n---\n<<da|te>>',
    'Rename the variable to “date_value”',
    '---\nname: L\nvariables:\n  date_value: string\nsamples:\n  a: { date_value: x }\n---\n<<date_value>>',
  ],
  [
    'a front matter without end',
    '--|-\nname: L\nformat: text\n',
    'Close the front matter with ---',
    '---\nname: L\nformat: text\n---\n',
  ],
  [
    'tabs',
    '---\nname: L\nvariables:\n\t|a: string\n\tb: string\n---\n',
    'Indent with spaces',
    '---\nname: L\nvariables:\n  a: string\n  b: string\n---\n',
  ],
  ['a colon', '---\nname: A|: b\n---\n', 'Put the text into quotes', '---\nname: "A: b"\n---\n'],
  [
    'a key that is there twice',
    '---\nname: A\nnam|e: B\n---\n',
    'Remove this line',
    '---\nname: A\n---\n',
  ],
  [
    'a key of one’s own',
    '---\nname: A\nteam|: x\n---\n',
    'Keep it as “x-team”',
    '---\nname: A\nx-team: x\n---\n',
  ],
  ['an unknown key', '---\nname: A\nteam|:\n  - x\n---\n', 'Remove “team”', '---\nname: A\n---\n'],
  [
    'a number out of range',
    '---\nname: A\ntemperature: 3|\n---\n',
    'Change to “2”',
    '---\nname: A\ntemperature: 2\n---\n',
  ],
  [
    'a parameter with a wrong value',
    '---\nname: A\ntemperature: 3|\n---\n',
    'Remove “temperature”',
    '---\nname: A\n---\n',
  ],
  [
    'a number within quotes',
    '---\nname: A\ntemperature: "0.5|"\n---\n',
    'Change to “0.5”',
    '---\nname: A\ntemperature: 0.5\n---\n',
  ],
  [
    'words that should be a list',
    '---\nname: A\ntags: a, b|\n---\n',
    'Change to “[a, b]”',
    '---\nname: A\ntags: [a, b]\n---\n',
  ],
  [
    'a slug that cannot be',
    '---\nname: A\nslug: My| Prompt\n---\n',
    'Change to “my-prompt”',
    '---\nname: A\nslug: my-prompt\n---\n',
  ],
  [
    'one of few values',
    '---\nname: A\npriority: urgent|\n---\n',
    'Change to “high”',
    '---\nname: A\npriority: high\n---\n',
  ],
  [
    'an answer in other words',
    '---\nname: A\nactive: n|o\n---\n',
    'Change to “false”',
    '---\nname: A\nactive: false\n---\n',
  ],
  [
    'a slug that another template has',
    '---\nname: A\nslug: rul|es\n---\n',
    'Use the slug “rules-2”',
    '---\nname: A\nslug: rules-2\n---\n',
  ],
  [
    'the other syntax',
    '---\nname: L\nvariables:\n  a: string\n---\n{{a|}}',
    'Add “syntax: mustache”',
    '---\nname: L\nvariables:\n  a: string\nsyntax: mustache\n---\n{{a}}',
  ],
];

describe('quick fixes of the front matter', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [what, marked, title, text] of inHead) {
    it(`${what}: ${title}`, async () => assert.equal(await fixed(server, marked, title), text));
  }
});
