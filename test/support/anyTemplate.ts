import * as fc from 'fast-check';
import type { Context } from '../../server/language/values.ts';

/** Templates beside the ones made here. */
export const partials = {
  p: 'P<<x>>',
  q: '<<#> p>>Q<</p>>',
  bad: '<<#if',
  2: '<<> @partial-block>>',
};

/** What templates are made of, whole and in pieces; one to each dot. */
const written = `
<< · >> · <<< · >>> · {{ · }} · \\ · ~ · ( · ) · | · = · " · ' · . · / · # · ^ · text · 😀 · é
<<x>> · <<~y~>> · <<user.name>> · <<this>> · <<../x>> · <<@index>> · <<[a b]>> · <<&x>> · <<x y z>>
<<#if x>> · <<else>> · <<else if y>> · <<^>> · <</if>> · <<#unless x>> · <</unless>>
<<#each xs as |x i|>> · <</each>> · <<#with user>> · <</with>> · <<#x>> · <<^x>> · <</x>> · <<^if x>>
<<^each xs>> · <<^with user>> · <<^upper x>> · <</upper>> · <<^xs>> · <</xs>>
<<#user>> · <</user>> · <<#system>> · <</system>> · <<#raw>> · <</raw>> · <<#upper x>> · <</upper>>
<<> p>> · <<> q a=1>> · <<> missing>> · <<> bad>> · <<#> p>> · <</p>> · <<#> 2>> · <<> letter>>
<<#> "no such">> · <</no such>> · <<> (lookup . "x")>> · <<> @partial-block>> · <<#*inline "p">> · <</inline>>
<<> p x>> · <<> p (lookup xs 0)>> · <<! c >> · <<!-- a >> b -->> · <<upper x>> · <<eq x 1>> · <<join xs ", ">>
<<lookup user (lower x)>> · <<json this>> · <<default x "y">> · <<#if (and x (not y))>> · <<truncate x 3>>
<<date x>> · <<number x 2>> · <<count xs>> · <<indent x 4>> · <<helperMissing>> · <<__proto__>>
<<constructor.name>> · <<x.constructor>> · <<user.__lookupGetter__>> · <<toString>> · <<if x>> · <<x.>>
<< x >> · <<x >> · <<x> · <<<x>>> · {{x}} · <<SYS>> · <<EOF · # Heading · -
`;
const pieces: readonly string[] = [
  ...written.trim().split(/ · |\n/),
  '<<f\n a=b>>',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '---\n',
];

const heads = [
  '',
  '---\n---\n',
  `---
name: X
variables:
  x: string
  xs: {type: array, items: {type: object, properties: {name: string}}}
  user: {type: object, properties: {name: {default: N}}}
---
`,
  '---\nname: X\nvariables: {x: {default: 5}, y: {required: false}}\nmissing: keep\n---\n',
  '---\nsystem: Be kind\nmissing: empty\n---\r\n',
  '---\nname: [\n---\n',
  '---\nname: X\n',
  '\uFEFF---\nsyntax: mustache\n---\n',
];

/** A piece of a template. */
export const anyPiece = fc.constantFrom(...pieces);

/** Bodies, mostly with mistakes. */
const anyBody = fc.array(anyPiece, { maxLength: 24 }).map((parts) => parts.join(''));

/** Templates, mostly with mistakes. */
export const anyTemplate = fc.tuple(fc.constantFrom(...heads), anyBody).map(([head, body]) => {
  const mustache = head.includes('mustache');
  return head + (mustache ? body.replaceAll('<<', '{{').replaceAll('>>', '}}') : body);
});

export const anyContext = fc.constantFrom<Context>(
  {},
  { x: '<<y>>', y: 0, xs: [{ name: 'a' }, { name: null }], user: { name: '{{x}}' } },
  { x: null, y: '', xs: [], user: null },
  { x: ['<<x>>'], y: { a: 1 }, xs: 'abc', user: true },
);
