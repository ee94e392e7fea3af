import assert from 'node:assert/strict';
import { Completions } from '../support/completions.ts';
import { folder, LanguageServer } from '../support/languageServer.ts';

const files = {
  [`${folder}/rules.prompt`]: '---\nname: Rules\ntags: [team, style]\n---\nBe kind.',
  [`${folder}/footer.prompt`]: '---\nname: Footer\ntags: [style]\nmodel: gpt-4o\n---\nBye.',
};

/** The text with the cursor, what is taken, and the text afterwards. */
const frontMatter: [marked: string, label: string, text: string][] = [
  ['---\nna|\n---\n', 'name', '---\nname: $1\n---\n'],
  ['---\nname: x\nfor|\n---\n', 'format', '---\nname: x\nformat: \n---\n'],
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

  it('offers first what most templates use', async () => {
    const { labels, items } = await Completions.at(server, '---\nname: x\ntags: [|]\n---\n');
    assert.deepEqual(labels, ['style', 'team']);
    assert.deepEqual(
      items.map(({ detail }) => detail),
      ['in 2 templates', 'in 1 template'],
    );
  });
});
