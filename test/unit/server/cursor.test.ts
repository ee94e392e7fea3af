import assert from 'node:assert/strict';
import type { Cursor } from '../../../server/language/cursor.ts';
import { analysisOf } from '../../support/neighbours.ts';

/** `‸` marks the cursor. What matters of the answer as one line; what a completion replaces in `[ ]`. */
function typed(marked: string): string {
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  return summary(analysisOf(text).cursorAt(offset), text);
}

function summary(cursor: Cursor, text: string): string {
  if (cursor.kind === 'text' || cursor.kind === 'none') return cursor.kind;
  const replaced = `[${text.slice(cursor.replace.start, cursor.replace.end)}]`;
  switch (cursor.kind) {
    case 'name': {
      const { place, owner, up, data, call, closed, halfClosed } = cursor;
      const of = [...Array<string>(up).fill('..'), ...owner].map((part) => `${part}/`).join('');
      const given = call ? ` ${call.name}:${call.index}` : '';
      return `${place} ${data ? '@' : ''}${of}${replaced}${given}${closed ? ' closed' : halfClosed === undefined ? '' : ' half'}`;
    }
    case 'close':
      return `close ${cursor.name ?? '-'} ${replaced}${cursor.closed ? ' closed' : ''}`;
    case 'partial':
    case 'inline':
      return `${cursor.kind} ${replaced}${cursor.kind === 'inline' && cursor.closed ? ' closed' : ''}`;
    case 'partial-argument':
      return `argument of ${cursor.slug}(${cursor.given.join()}) ${replaced}`;
    case 'string': {
      const { place, quote, closed } = cursor;
      const of = place.kind === 'argument' ? `${place.call.name}:${place.call.index}` : place.kind;
      return `string ${of} ${quote}${replaced}${closed ? ' closed' : ''}`;
    }
    case 'key':
      return `key /${cursor.path.join('/')} ${replaced} beside ${cursor.siblings.join() || '-'}${cursor.closed ? ' closed' : ''}`;
    case 'value-of':
      return `value ${['', ...cursor.path].join('/')} ${replaced}`;
  }
}

const inBody: readonly (readonly [string, string])[] = [
  ['<<‸', 'value []'],
  ['<<‸>>', 'value [] closed'],
  ['<<us‸', 'value [us]'],
  ['<<us‸er>> <<x>>', 'value [user] closed'],
  ['<<us‸ <<x>>', 'value [us]'],
  ['<<user.‸>>', 'value user/[] closed'],
  ['<<user.na‸me.x>>', 'value user/[name] closed'],
  ['<<#*‸', 'inline []'],
  ['<<#*in‸>>', 'inline [in] closed'],
  ['<<#*inline "x‸', 'none'],
  ['<<../x‸', 'value ../[x]'],
  ['<<../../user.x‸', 'value ../../user/[x]'],
  ['<<this.x‸', 'value [x]'],
  ['<<@in‸', 'value @[in]'],
  ['<<@root.x‸', 'value @root/[x]'],
  ['<<#‸', 'block []'],
  ['<<#ea‸>>', 'block [ea] closed'],
  ['<<^‸', 'block []'],
  ['<<#if a‸', 'argument [a] if:0'],
  ['<<#if ‸>><</if>>', 'argument [] if:0 closed'],
  ['<<#if (‸', 'callee []'],
  ['<<#if (eq a ‸', 'argument [] eq:1'],
  ['<<#if (eq a 1) ‸', 'argument [] if:1'],
  ['<<upper n‸', 'argument [n] upper:0'],
  ['<<f a b=1 c‸', 'argument [c] f:1'],
  ['<<f k=‸>>', 'argument [] f:0 closed'],
  ['<<f "a" b‸', 'argument [b] f:1'],
  ['<<else ‸', 'else []'],
  ['<<#each xs as ‸', 'as [] each:0'],
  ['<<#each xs as |‸', 'param [] each:0'],
  ['<<#each xs as |x i‸|>>', 'param [i] each:1 closed'],
  ['<<#each xs as |x|‸>>', 'none'],
  ['<<f "a‸', 'string f:0 "[a]'],
  ['<<eq a "b‸c">>', 'string eq:1 "[bc] closed'],
  ["<<eq a '>> {‸", "string eq:1 '[>> {]"],
  ['<<> "fo‸o">>', 'string partial "[foo] closed'],
  ['<<> foo a="‸">>', 'string partial-argument "[] closed'],
  ['<<"a‸', 'text'],
  ['<<a‸>', 'value [a] half'],
  ['<b>x</b> <<a‸>', 'value [a] half'],
  ['<<#if (eq a ‸)>', 'argument [] eq:1 half'],
  ['<<#if (eq a ‸)', 'argument [] eq:1'],
  ['<a x=<<a‸>', 'value [a]'],
  ['<<a.[b c].‸>>', 'value a/b c/[] closed'],
  ['<<a.[b‸ c]>>', 'value a/[[b c]] closed'],
  ['<<../a/b.‸', 'value ../a/b/[]'],
  ['<<! a‸', 'none'],
  ['<<!-- a‸ -->>', 'none'],
  ['<<#raw>><<a‸<</raw>>', 'none'],
  ['<<#if a>>x<</‸', 'close if []'],
  ['<<#if a>>x<</‸>>', 'close if [] closed'],
  ['<<#if a>><<#each b>>x<</ea‸ch>><</if>>', 'close each [each] closed'],
  ['<</‸', 'close - []'],
  ['<<> ‸', 'partial []'],
  ['<<> fo‸o>>', 'partial [foo]'],
  ['<<#> fo‸', 'partial [fo]'],
  ['<<> foo a=1 ‸>>', 'argument of foo(a) []'],
  ['<<> "my foo" b‸>>', 'argument of my foo() [b]'],
  ['<<> foo a=‸>>', 'argument [] closed'],
  ['<<> foo a=(f x) ‸>>', 'argument of foo(a) []'],
  ['<<> foo a=(f ‸)>>', 'argument [] f:0 closed'],
  ['<<#if (eq (count a) ‸)>>', 'argument [] eq:1 closed'],
  ['<<f k=(g a) ‸>>', 'argument [] f:0 closed'],
  ['<<~a‸', 'value [a]'],
  ['<<&a‸', 'value [a]'],
  ['<<größ‸e>>', 'value [größe] closed'],
  ['a‸b', 'text'],
  ['<<a>>‸', 'text'],
  ['<<<a‸', 'text'],
  ['\\<<a‸', 'text'],
  ['\\\\<<a‸', 'value [a]'],
  ['x << ‸', 'text'],
  ["<<'EOF‸", 'text'],
  ['cat <<EOF > f‸', 'text'],
  ['<<a\nb‸', 'text'],
  ['---\nsyntax: mustache\n---\n{{ us‸ }}', 'value [us] closed'],
  ['---\nsyntax: mustache\n---\n{{#if a}}{{/‸', 'close if []'],
  ['---\nsyntax: mustache\n---\n<<a‸', 'text'],
];

const inFrontMatter: readonly (readonly [string, string])[] = [
  ['---\n‸', 'key / [] beside -'],
  ['---\nna‸', 'key / [na] beside -'],
  ['---\n‸\n---\n', 'key / [] beside -'],
  ['---\nna‸me: x\n---\n', 'key / [name] beside - closed'],
  ['---\nname: x\nmo‸\n', 'key / [mo] beside name'],
  ['---\nname: x\nva‸\nformat: text\n---\n', 'key / [va] beside name,format'],
  ['---\nformat: ma‸rkdown\n---\n', 'value /format [markdown]'],
  ['---\nformat: ‸\n---\n', 'value /format []'],
  ['---\r\nformat: te‸xt\r\nname: x\r\n---\r\n', 'value /format [text]'],
  ['---\nvariables:\n  user:\n    ty‸\n---\n', 'key /variables/user [ty] beside -'],
  [
    '---\nvariables:\n  user:\n    type: text\n    de‸\n---\n',
    'key /variables/user [de] beside type',
  ],
  ['---\nvariables:\n  user:\n    type: st‸\n---\n', 'value /variables/user/type [st]'],
  ['---\nvariables:\n  user: st‸\n---\n', 'value /variables/user [st]'],
  ['---\nvariables:\n  user: {ty‸}\n---\n', 'key /variables/user [ty] beside -'],
  ['---\nvariables:\n  user: {type: te‸}\n---\n', 'value /variables/user/type [te]'],
  ['---\nvariables:\n  user: {type: text, ‸}\n---\n', 'key /variables/user [] beside type'],
  [
    '---\nvariables:\n  user:\n    properties:\n      a:\n        ty‸\n---\n',
    'key /variables/user/properties/a [ty] beside -',
  ],
  ['---\ntags: [a, b‸c]\n---\n', 'value /tags/1 [bc]'],
  ['---\ntags:\n  - a‸\n---\n', 'value /tags/0 [a]'],
  ['---\ntags:\n- a\n- b‸\n---\n', 'value /tags/1 [b]'],
  ['---\ntests:\n  - na‸\n---\n', 'key /tests/0 [na] beside -'],
  ['---\ntests:\n  - name: x\n  - name: y\n    ex‸\n---\n', 'key /tests/1 [ex] beside name'],
  ['---\nsystem: |\n  te‸xt\n---\n', 'none'],
  ['---\nname: x\n‸', 'key / [] beside name'],
  ['---\nvariables:\n  a: string\n  ‸', 'key /variables [] beside a'],
  ['---\nname: x\n---\n\n‸', 'text'],
  ['---\nbad: [1, 2\nfo‸\n---\n', 'key / [fo] beside bad'],
  ['---\nvariables: { a: { items: { ‸ } }, b: text }\n---\n', 'key /variables/a/items [] beside -'],
  ['---\nvariables: { ‸, b: text }\n---\n', 'key /variables [] beside b'],
  ['---\nvariables: {\n  a: text,\n  b: { ty‸\n---\n', 'key /variables/b [ty] beside -'],
  ['---\ntags: ["a,b", "c‸d"]\n---\n', 'value /tags/1 ["cd"]'],
  ['---\nformat: "j‸son" # x\n---\n', 'value /format ["json"]'],
  ['---\ntests: [{ name: x }, { va‸ }]\n---\n', 'key /tests/1 [va] beside -'],
  ['---\nname: x # c‸\n---\n', 'none'],
  ['-‸--\nname: x\n---\n', 'none'],
];

describe('cursor', () => {
  for (const [marked, expected] of [...inBody, ...inFrontMatter]) {
    it(JSON.stringify(marked), () => assert.equal(typed(marked), expected));
  }
});
