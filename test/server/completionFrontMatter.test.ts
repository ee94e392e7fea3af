import assert from 'node:assert/strict';
import { knownNamesNotification } from '../../server/protocol.ts';
import { Completions } from '../support/completions.ts';
import { folder, LanguageServer } from '../support/languageServer.ts';

const files = {
  [`${folder}/rules.prompt`]: '---\nname: Rules\ntags: [team, style]\n---\nBe kind.',
  [`${folder}/footer.prompt`]: '---\nname: Footer\ntags: [style]\nmodel: gpt-4o\n---\nBye.',
};

/** The text with the cursor, what is taken, and the text afterwards. */
const frontMatter: [marked: string, label: string, text: string][] = [
  ['---\nna|\n---\n', 'name', '---\nname: $1\n---\n'],
  [
    '---\nname: x\nfor|\n---\n',
    'format',
    '---\nname: x\nformat: ${1|text,markdown,json,html,yaml,xml|}\n---\n',
  ],
  ['---\nname: x\nformat: |\n---\n', 'json', '---\nname: x\nformat: json\n---\n'],
  ['---\nname: x\nformat: j|\n---\n', 'json', '---\nname: x\nformat: json\n---\n'],
  ['---\nname: x\nactive: |\n---\n', 'false', '---\nname: x\nactive: false\n---\n'],
  ['---\nname: x\ntags: [|]\n---\n', 'style', '---\nname: x\ntags: [style]\n---\n'],
  ['---\nname: x\ntags:\n  - |\n---\n', 'team', '---\nname: x\ntags:\n  - team\n---\n'],
  ['---\nname: x\nmodel: |\n---\n', 'gpt-4o', '---\nname: x\nmodel: gpt-4o\n---\n'],
  ['---\nname: x\nprovider: |\n---\n', 'echo', '---\nname: x\nprovider: echo\n---\n'],
  [
    '---\nname: x\nvariables:\n  a: |\n---\n',
    'integer',
    '---\nname: x\nvariables:\n  a: integer\n---\n',
  ],
  [
    '---\nname: x\nvariables:\n  a:\n    de|\n---\n',
    'description',
    '---\nname: x\nvariables:\n  a:\n    description: \n---\n',
  ],
  [
    '---\nname: x\nvariables:\n  a:\n    type: |\n---\n',
    'array',
    '---\nname: x\nvariables:\n  a:\n    type: array\n---\n',
  ],
  [
    '---\nname: x\nvariables:\n  a: { type: |}\n---\n',
    'array',
    '---\nname: x\nvariables:\n  a: { type: array}\n---\n',
  ],
  [
    '---\nname: x\nvariables: { a: string }\nsamples:\n  one:\n    |\n---\n',
    'a',
    '---\nname: x\nvariables: { a: string }\nsamples:\n  one:\n    a: \n---\n',
  ],
  ['---\n|', 'name', '---\nname: $1'],
  // Half-typed: not closed, or not YAML yet.
  ['---\nname: x\n|', 'tags', '---\nname: x\ntags: [$1]'],
  ['---\nname: x\nformat: |', 'json', '---\nname: x\nformat: json'],
  ['---\nname: x\nformat:|\n---\n', 'json', '---\nname: x\nformat: json\n---\n'],
  ['---\nname: x\nformat: "j|\n---\n', 'json', '---\nname: x\nformat: "json"\n---\n'],
  ['---\nname: x\nformat: "j|"\n---\n', 'json', '---\nname: x\nformat: "json"\n---\n'],
  ['---\nname: x\ntags: ["s|"]\n---\n', 'style', '---\nname: x\ntags: ["style"]\n---\n'],
  ["---\ntags: ['s|']\n---\n", 'style', "---\ntags: ['style']\n---\n"],
  ['---\nbad: [1, 2\nsl|\n---\n', 'slug', '---\nbad: [1, 2\nslug: \n---\n'],
  ['---\r\nname: x\r\nsl|\r\n---\r\n', 'slug', '---\r\nname: x\r\nslug: \r\n---\r\n'],
  ['\uFEFF---\nsl|\n---\n', 'slug', '\uFEFF---\nslug: \n---\n'],
  ['---\nslug: |\n---\n', 'letter', '---\nslug: letter\n---\n'],
  // Inside braces, at any depth.
  [
    '---\nvariables:\n  a: { type: array, items: { | } }\n---\n',
    'description',
    '---\nvariables:\n  a: { type: array, items: { description:  } }\n---\n',
  ],
  [
    '---\nvariables: {\n  a: { properties: { b: | } }\n}\n---\n',
    'integer',
    '---\nvariables: {\n  a: { properties: { b: integer } }\n}\n---\n',
  ],
  [
    '---\nvariables: { a: { it| } }\n---\n',
    'items',
    '---\nvariables: { a: { items: { $1 } } }\n---\n',
  ],
  // What the body uses and nothing declares, with the type it seems to have.
  [
    '---\nvariables:\n  |\n---\n<<#each rows>>x<</each>>',
    'rows',
    '---\nvariables:\n  rows: ${1¦array,string,text,number,integer,boolean,object,any¦}\n---\n<<#each rows>>x<</each>>'.replaceAll(
      '¦',
      '|',
    ),
  ],
  // Values that fit the variable.
  [
    '---\nvariables:\n  a: { enum: [x, "no"] }\nsamples:\n  one: { a: | }\n---\n',
    'no',
    '---\nvariables:\n  a: { enum: [x, "no"] }\nsamples:\n  one: { a: "no" }\n---\n',
  ],
  [
    '---\nvariables:\n  a: { enum: [x, y], default: | }\n---\n',
    'y',
    '---\nvariables:\n  a: { enum: [x, y], default: y }\n---\n',
  ],
  [
    '---\nvariables:\n  a:\n    properties: { b: boolean }\nsamples:\n  one:\n    a:\n      |\n---\n',
    'b',
    '---\nvariables:\n  a:\n    properties: { b: boolean }\nsamples:\n  one:\n    a:\n      b: \n---\n',
  ],
  [
    '---\nvariables:\n  a:\n    properties: { b: boolean }\nsamples:\n  one:\n    a: { b: | }\n---\n',
    'true',
    '---\nvariables:\n  a:\n    properties: { b: boolean }\nsamples:\n  one:\n    a: { b: true }\n---\n',
  ],
  [
    '---\nsamples:\n  one: {}\ntests:\n  - sample: |\n---\n',
    'one',
    '---\nsamples:\n  one: {}\ntests:\n  - sample: one\n---\n',
  ],
  [
    '---\nformat: json\nschema:\n  properties:\n    a: { type: | }\n---\n',
    'integer',
    '---\nformat: json\nschema:\n  properties:\n    a: { type: integer }\n---\n',
  ],
  ['---\nschema:\n  re|\n---\n', 'required', '---\nschema:\n  required: [$1]\n---\n'],
];

describe('completion in the front matter', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  after(() => server.stop());

  for (const [marked, label, text] of frontMatter) {
    it(`${marked.replaceAll('\n', '⏎')} + ${label}`, async () => {
      assert.equal((await Completions.at(server, marked)).accept(label), text);
    });
  }

  it('does not offer a key twice', async () => {
    const { labels } = await Completions.at(server, '---\nname: x\n|\n---\n');
    assert(labels.includes('format'));
    assert(!labels.includes('name'));
  });

  it('does not offer a tag twice', async () => {
    const { labels } = await Completions.at(server, '---\nname: x\ntags: [style, |]\n---\n');
    assert.deepEqual(labels, ['team']);
  });

  it('offers among the keys of a sample those that are missing, required ones first', async () => {
    const marked =
      '---\nvariables:\n  c: { default: x }\n  b: string\n  a: string\nsamples:\n  one:\n    b: x\n    |\n---\n';
    assert.deepEqual((await Completions.at(server, marked)).labels, ['a', 'c']);
  });

  it('names what belongs to a JSON Schema only where its keys are', async () => {
    const marked = '---\nformat: json\nschema:\n  properties:\n    |\n---\n';
    assert.deepEqual((await Completions.at(server, marked)).labels, []);
  });

  const known = {
    folder,
    providers: [
      { slug: 'anthropic', name: 'Anthropic', models: ['claude-x', 'claude-y'] },
      { slug: 'openai', name: 'OpenAI', models: ['gpt-x'] },
    ],
    credentials: [
      { name: 'Work', provider: 'anthropic' },
      { name: 'Home', provider: 'openai' },
    ],
  };
  const told: [marked: string, labels: string[]][] = [
    ['provider: |', ['anthropic', 'openai']],
    ['model: |', ['gpt-4o', 'claude-x', 'claude-y', 'gpt-x']],
    ['provider: anthropic\nmodel: |', ['gpt-4o', 'claude-x', 'claude-y']],
    ['provider: openai\ncredential: |', ['Home']],
    ['fallback: [Home, |]', ['Work', 'anthropic', 'openai']],
  ];
  for (const [marked, labels] of told) {
    it(`offers in “${marked}” what the client knows`, async () => {
      await server.connection.sendNotification(knownNamesNotification, known);
      const completions = await Completions.at(server, `---\nname: x\n${marked}\n---\n`);
      assert.deepEqual(completions.labels, labels);
    });
  }

  it('offers first what most templates use', async () => {
    const { labels, items } = await Completions.at(server, '---\nname: x\ntags: [|]\n---\n');
    assert.deepEqual(labels, ['style', 'team']);
    assert.deepEqual(
      items.map(({ detail }) => detail),
      ['in 2 templates', 'in 1 template'],
    );
  });
});
