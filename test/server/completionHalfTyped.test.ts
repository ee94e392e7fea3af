import assert from 'node:assert/strict';
import { Completions } from '../support/completions.ts';
import { folder, LanguageServer } from '../support/languageServer.ts';

const header = `---
name: Letter
variables:
  user:
    type: object
    description: Who reads it.
    properties: { name: string, address: { type: object, properties: { city: string } } }
  items: { type: array, items: { type: object, properties: { title: string, price: number } } }
  tone: { type: string, enum: [warm, cool], default: warm }
  vip: boolean
samples:
  ada: { tone: warm }
---
`;

const files = {
  [`${folder}/rules.prompt`]:
    '---\nname: Rules\nvariables:\n  language: string\n---\nFollow <<language>>.',
  [`${folder}/footer.prompt`]: '---\nname: Footer\n---\nBye.',
  [`${folder}/styled.prompt`]:
    '---\nname: Styled\nvariables:\n  mood: { enum: [loud, soft] }\n---\n<<mood>>',
};

/** The text with the cursor, what is taken, and the text afterwards. */
const accepted: [marked: string, label: string, text: string][] = [
  // One bracket of the pair, as an editor may leave it.
  ['<<|>', 'tone', '<<tone>>'],
  ['Dear <<to|>, hi', 'tone', 'Dear <<tone>>, hi'],
  ['<<user.|>', 'name', '<<user.name>>'],
  ['<<#|>', 'system', '<<#system>>\n$0\n<</system>>'.replace('\n$0\n', '$0')],
  ['<<#if vip>>x<</|>', 'if', '<<#if vip>>x<</if>>'],
  ['<<>|>', 'footer', '<<> footer>>'],
  ['<<upper to|>', 'tone', '<<upper tone>>'],
  ['<<#if |>', 'vip', '<<#if vip>>'],
  ['<<#if (eq tone |)>', '"warm"', '<<#if (eq tone "warm")>>'],
  ['<<#if (eq tone "|")>', 'warm', '<<#if (eq tone "warm")>>'],
  ['<<> rules |>', 'language=', '<<> rules language=>>'],
  ['<a href=<<|>', 'tone', '<a href=<<tone>>>'],
  ['<a href=<<|>>>', 'tone', '<a href=<<tone>>>'],
  ['<b>x</b> <<|>', 'tone', '<b>x</b> <<tone>>'],
  // Between quotes, and values in place of them.
  ['<<#if (eq tone "|")>>x<</if>>', 'warm', '<<#if (eq tone "warm")>>x<</if>>'],
  ["<<#if (eq tone 'w|)>>x<</if>>", 'warm', "<<#if (eq tone 'warm')>>x<</if>>"],
  ['<<#if (eq tone |)>>x<</if>>', '"cool"', '<<#if (eq tone "cool")>>x<</if>>'],
  ['<<#if (eq vip |)>>x<</if>>', 'false', '<<#if (eq vip false)>>x<</if>>'],
  ['<<lookup user "|">>', 'address', '<<lookup user "address">>'],
  ['<<> "ru|">>', 'rules', '<<> "rules">>'],
  ['<<> "ru|>>', 'rules', '<<> "rules">>'],
  ['<<> styled mood=|>>', '"loud"', '<<> styled mood="loud">>'],
  ['<<> styled mood="|">>', 'loud', '<<> styled mood="loud">>'],
  // Block parameters.
  ['<<#each items ¦>>x<</each>>', 'as |item|', '<<#each items as |${1:item}|>>x<</each>>'],
  ['<<#each items as ¦', '|item index|', '<<#each items as |item index|>>'],
  ['<<#each items as |¦', 'item', '<<#each items as |item|>>'],
  ['<<#each items as |item ¦|>>', 'index', '<<#each items as |item index|>>'],
  ['<<#with user as |¦|>>', 'u', '<<#with user as |u|>>'],
  // Elements, odd names, data of the loop around.
  ['<<items.|>>', '0', '<<items.0>>'],
  ['<<items.[0].|>>', 'title', '<<items.[0].title>>'],
  ['<<[to|]>>', 'tone', '<<[tone]>>'],
  ['<<user.[|', 'name', '<<user.[name]>>'],
  [
    '<<#each items>><<#each ../items>><<@../|>><</each>><</each>>',
    'index',
    '<<#each items>><<#each ../items>><<@../index>><</each>><</each>>',
  ],
  ['<<#*inline "hi">>x<</inline>><<> |>>', 'hi', '<<#*inline "hi">>x<</inline>><<> hi>>'],
  [
    '<<#each items>>\n<<#|>>\n<</each>>',
    'if',
    '<<#each items>>\n<<#if ${1|title,price,this,../vip,../tone,../items,../user|}>>\n$0\n<</if>>\n<</each>>',
  ],
  ['<<upper (|', 'trim', '<<upper (trim ${1:text})'],
];

const notOffered: [marked: string, labels: string[]][] = [
  ['<<#if vip |>>', ['tone', 'upper']],
  ['<<user.name |>>', ['tone', 'upper']],
  ['<<truncate tone 5 "…" |>>', ['tone', 'upper']],
  ['<<#each items |>>', ['tone', 'upper']],
  ['<<@../|>>', ['index', 'date', '@date']],
  ['<<join items "|">>', ['tone']],
];

describe('completion in tags that are only half there', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  after(() => server.stop());

  for (const [marked, label, text] of accepted) {
    it(`${marked.replaceAll('\n', '⏎')} + ${label}`, async () => {
      const completions = await Completions.at(server, `${header}${marked}`);
      assert.equal(completions.accept(label).slice(header.length), text);
    });
  }

  for (const [marked, labels] of notOffered) {
    it(`${marked} offers no ${labels.join(', ')}`, async () => {
      const completions = await Completions.at(server, `${header}${marked}`);
      const found = labels.filter((label) => completions.labels.includes(label));
      assert.deepEqual(found, []);
    });
  }
});
