import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import textmate from 'vscode-textmate';
import { promptDocument } from '../../bench/lspDocuments.ts';
import { loadGrammar } from '../../support/grammar.ts';
import { LanguageServer } from '../../support/languageServer.ts';
import { root } from '../../support/paths.ts';
import { fullTokens, semanticWords } from '../../support/semanticWords.ts';

/** What the grammar may say of a word of a type: it sees no declarations, so it may know less but nothing else. */
const compatible: Readonly<Record<string, RegExp>> = {
  variable: /^(?:variable\.(?:name|other|language)|entity\.name\.function\.(?:block|helper))/,
  parameter: /^(?:variable\.(?:name|other|parameter)|entity\.name\.function\.block)/,
  property: /^(?:variable\.(?:name|other)|entity\.name\.function\.block|punctuation\.accessor)/,
  namespace: /^(?:entity\.name\.(?:type\.partial|function\.block)|string\.quoted)/,
  function: /^entity\.name\.function/,
  keyword: /^(?:keyword\.control|constant\.language)/,
  string: /^string\.quoted/,
  number: /^constant\.numeric/,
  comment: /^(?:comment\.block|punctuation\.definition\.comment)/,
  promptRole: /^entity\.name\.tag\.role/,
};

/** What the server leaves to the grammar. */
const grammarOnly =
  /^(?:punctuation|keyword\.operator|keyword\.control\.(?:as|import)|meta|entity\.other\.attribute-name|variable\.language\.parent|markup\.raw|constant\.character)/;

const header =
  '---\nname: X\nvariables: { name: text, tone: text, items: array, user: { properties: { city: text } } }\n---\n';

const bodies: readonly string[] = [
  '<<name>> <<user.city>> <<unknown.member>> <<~name~>> <<&name>>',
  '<<../x>> <<this>> <<this.a>> <<./a>> <<@index>> <<@root.name>> <<[odd key]>> <<items.[0].a>>',
  '<<join items ", " 1 true>> <<json (lookup user "city") 2>> <<upper "a >> b">> <<truncate name -3>>',
  '<<#if name>>a<<else if tone>>b<<else>>c<</if>> <<#unless name>>x<</unless>> <<^name>>x<<^>>y<</name>>',
  '<<#each items as |it i|>><<it.a>> <<i>> <<title>> <<../tone>><</each>>',
  '<<#with user>><<city>><</with>> <<#user.city>>x<</user.city>>',
  '<<#system>>a<</system>><<#user>>b<</user>><<#assistant>>c<</assistant>>',
  '<<> rules a=name b="c">> <<> "rules">> <<#> layout>>x<</layout>> <<#*inline "row">>x<</inline>>',
  '<<! note >> <<!-- a\n>> b -->> <<#raw>><<name>><</raw>>',
  '<<#if (and (eq name "x") (not tone))>>x<</if>> <<#eq name tone>>x<</eq>>',
  '\\<<name>> \\\\<<name>> << name >> <<name >> <<SYS>>x<</SYS>> <<<name>>> cat <<EOF >> file <<20>>',
  '<a href=<<name>>>x</a> # <<name>> `<<name>>` **<<tone>>**',
  '<<> rules\n  a=name\n  b=2>>\n<<#if\n  name>>x<</if>>',
  '<<größe>> <<名前>> 😀<<name>>😀',
  '{{name}} {{#if x}} {% if %} ${name}',
];

interface Painted {
  readonly start: number;
  readonly end: number;
  readonly scope: string;
}

/** The innermost scope of ours, for every piece of the text that has one. */
function painted(grammar: textmate.IGrammar, text: string): Painted[] {
  let stack = textmate.INITIAL;
  let offset = 0;
  const found: Painted[] = [];
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const scope = scopes.slice(1).findLast((name) => name.endsWith('.prompt-template'));
      const blank = line.slice(startIndex, endIndex).trim() === '';
      if (scope === undefined || blank) continue;
      found.push({ start: offset + startIndex, end: offset + endIndex, scope });
    }
    offset += line.length + 1;
  }
  return found;
}

const samples = readdirSync(join(root, 'samples'))
  .filter((name) => name.endsWith('.prompt'))
  .map((name) => readFileSync(join(root, 'samples', name), 'utf8'))
  .filter((text) => !text.includes('syntax: mustache'));

describe('grammar and semantic tokens', () => {
  let grammar: textmate.IGrammar;
  let server: LanguageServer;
  before(async () => {
    grammar = await loadGrammar();
    server = await LanguageServer.start();
  });
  afterEach(() => server.close());
  after(() => server.stop());

  const corpus = [
    ...bodies.map((body) => header + body),
    ...samples,
    promptDocument(60).text,
    header + bodies.join('\n'),
  ];
  for (const text of corpus) {
    const title = text.replace(header, '').split('\n')[0] ?? '';
    it(`agree in ${title.length > 90 ? `${title.slice(0, 90)}…` : title}`, async () => {
      await server.open(text);
      const { data } = await fullTokens(server);
      const words = semanticWords(server, text, data);
      const pieces = painted(grammar, text);
      const problems: string[] = [];
      for (const { start, end, type } of words) {
        const under = pieces.filter((piece) => piece.start < end && start < piece.end);
        const fits = under.length > 0 && under.every(({ scope }) => compatible[type]?.test(scope));
        const scopes = under.map(({ scope }) => scope).join(' ') || 'text';
        if (!fits) problems.push(`${text.slice(start, end)} is ${type}, but ${scopes}`);
      }
      for (const { start, end, scope } of pieces) {
        const known = words.some((word) => word.start < end && start < word.end);
        if (!known && text.slice(start, end) !== '^' && !grammarOnly.test(scope)) {
          problems.push(`${text.slice(start, end)} is ${scope}, but no word of the server's`);
        }
      }
      assert.deepEqual(problems, []);
    });
  }
});
