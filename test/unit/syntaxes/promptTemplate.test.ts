import assert from 'node:assert/strict';
import textmate from 'vscode-textmate';
import { loadGrammar } from '../../support/grammar.ts';

/** `word:scope` for every token that our grammar colours, the end of the scope's name only. */
function paint(grammar: textmate.IGrammar, text: string): string {
  let stack = textmate.INITIAL;
  const painted: string[] = [];
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const word = line.slice(startIndex, endIndex).trim();
      const scope = scopes.slice(1).at(-1) ?? '';
      if (word === '' || !/\.prompt-template$|frontmatter|yaml$/.test(scope)) continue;
      const name = scope.replace('.prompt-template', '').split('.').slice(-2).join('.');
      if (name !== 'tag.begin' && name !== 'tag.end') painted.push(`${word}:${name}`);
      else painted.push(word);
    }
  }
  return painted.join(' ');
}

const tags: [text: string, painted: string][] = [
  ['<<name>>', '<< name:variable.name >>'],
  ['<<user.name>>', '<< user:variable.name .:punctuation.accessor name:other.property >>'],
  ['<<../x>>', '<< ..:language.parent /:punctuation.accessor x:other.property >>'],
  ['<<@index>>', '<< @index:language.data >>'],
  ['<<this>>', '<< this:language.this >>'],
  ['<<[odd key]>>', '<< [odd key]:variable.name >>'],
  ['<<größe>>', '<< größe:variable.name >>'],
  ['<<~name~>>', '<< ~:operator.strip name:variable.name ~:operator.strip >>'],
  ['<<&name>>', '<< &:operator.ampersand name:variable.name >>'],
  [
    '<<join xs ", " 1 true>>',
    '<< join:function.helper xs:variable.name ", ":quoted.double 1:constant.numeric true:constant.language >>',
  ],
  [
    '<<json (lookup a b) indent=2>>',
    '<< json:function.helper (:group.begin lookup:function.helper a:variable.name b:variable.name ):group.end indent:other.attribute-name =:operator.assignment 2:constant.numeric >>',
  ],
  ['<<upper "a >> b">>', '<< upper:function.helper "a >> b":quoted.double >>'],
  ['<<#if x>>', '<< #:definition.keyword if:control.if x:variable.name >>'],
  ['<<else if y>>', '<< else:control.else if:control.if y:variable.name >>'],
  ['<<else>>', '<< else:control.else >>'],
  ['<<^>>', '<< ^:control.else >>'],
  ['<</if>>', '<< /:definition.keyword if:control.if >>'],
  ['<</iffy>>', '<< /:definition.keyword iffy:function.block >>'],
  ['<<#system>>', '<< #:definition.keyword system:tag.role >>'],
  ['<</user>>', '<< /:definition.keyword user:tag.role >>'],
  [
    '<<#each xs as |x i|>>',
    '<< #:definition.keyword each:control.each xs:variable.name as:control.as |:definition.parameters x i:variable.parameter |:definition.parameters >>',
  ],
  [
    '<<> house_rules a=b>>',
    '<< >:control.import house_rules:type.partial a:other.attribute-name =:operator.assignment b:variable.name >>',
  ],
  ['<<#> layout>>', '<< #>:control.import layout:type.partial >>'],
  ['<<#*inline "x">>', '<< #*:definition.keyword inline:control.inline "x":quoted.double >>'],
  ['<<! note >> text', '<<!:definition.comment note:comment.block >>:definition.comment'],
  [
    '<<!-- a\n>> b -->> c',
    '<<!--:definition.comment a:comment.block >> b:comment.block -->>:definition.comment',
  ],
  [
    '<<#raw>>\n<<x>>\n<</raw>>',
    '<< #:definition.keyword raw:control.raw >> <<x>>:raw.verbatim << /:definition.keyword raw:control.raw >>',
  ],
  ['<a x=<<u>>>', '<< u:variable.name >>'],
  ['\\<<name>>', '\\<<:character.escape'],
  ['\\\\<<name>>', '<< name:variable.name >>'],
];

const text = [
  '<< x >>',
  '<<x >>',
  "<<'EOF'",
  '<< 20',
  '<<20>>',
  'a << b >> c',
  'cat <<EOF',
  'cat <<EOF >> file',
  '<<-EOF',
  '<<<EOF',
  '<<<x>>>',
  '<<<<<<< SEARCH',
  '<<SYS>>',
  '<</SYS>>',
  '<<first line\nsecond>>',
  'std::cout << name << endl;',
];

const inMarkdown: [text: string, painted: string][] = [
  ['# Hi <<name>>', '<< name:variable.name >>'],
  ['- **<<name>>** and <<other>>', '<< name:variable.name >> << other:variable.name >>'],
  ['Some `<<name>>` here <<x>>', '<< name:variable.name >> << x:variable.name >>'],
  ['```py\nx = <<name>>\n```', '<< name:variable.name >>'],
  ['text\n<<#if\n  x>>\ntext', '<< #:definition.keyword if:control.if x:variable.name >>'],
  [
    '<<> p a=1\n  b=2>>\nb=3',
    '<< >:control.import p:type.partial a:other.attribute-name =:operator.assignment 1:constant.numeric b:other.attribute-name =:operator.assignment 2:constant.numeric >>',
  ],
  [
    '<<#if x\n\nnot=a\n<<y>>',
    '<< #:definition.keyword if:control.if x:variable.name << y:variable.name >>',
  ],
];

const frontMatter: [text: string, painted: string][] = [
  [
    '---\nname: <<x>>\n---\n<<x>>',
    '---:begin.frontmatter name:tag.yaml : <<x>>:block.frontmatter ---:end.frontmatter << x:variable.name >>',
  ],
  [
    '---\na: 1\n...\n<<x>>',
    '---:begin.frontmatter a:tag.yaml : 1:block.frontmatter ...:end.frontmatter << x:variable.name >>',
  ],
  ['text\n---\na: 1', ''],
];

describe('TextMate grammar', () => {
  let grammar: textmate.IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  for (const [name, table] of Object.entries({ tags, inMarkdown, frontMatter })) {
    for (const [source, painted] of table) {
      it(`${name}: ${JSON.stringify(source)}`, () => {
        assert.equal(paint(grammar, source), painted);
      });
    }
  }
  for (const source of text) {
    it(`text: ${JSON.stringify(source)}`, () => assert.equal(paint(grammar, source), ''));
  }
});
