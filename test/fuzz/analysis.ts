/** What holds for the analysis of every text, with or without mistakes. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { render } from '../../server/language/render.ts';
import { anyTemplate, partials } from '../support/anyTemplate.ts';
import { analysisOf } from '../support/neighbours.ts';
import type { LanguageProperty } from './property.ts';

/** A property every case of which says something. */
function always<T extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  holds: (...given: T) => void,
): LanguageProperty {
  return {
    name,
    runs: 1500,
    least: 1,
    begin() {
      let count = 0;
      const property = fc.property(...arbitraries, (...given: T) => {
        count++;
        holds(...given);
      });
      return { property, telling: () => count };
    },
  };
}

export const ranges = always(
  'all ranges are inside the document, tags in order',
  [anyTemplate],
  (text) => {
    const { document, problems, frontMatter } = analysisOf(text, partials);
    let last = document.body.start;
    for (const { start, end } of document.tags) {
      assert.ok(last <= start && start < end && end <= text.length);
      last = end;
    }
    const spans = [
      ...problems.map(({ span }) => span),
      ...(frontMatter?.entries.flatMap(({ keySpan, valueSpan }) => [keySpan, valueSpan]) ?? []),
      ...(frontMatter?.variables.flatMap(({ nameSpan, span }) => [nameSpan, span]) ?? []),
    ];
    for (const { start, end } of spans) {
      assert.ok(0 <= start && start <= end && end <= text.length);
    }
  },
);

export const places = always(
  'every place can be asked about',
  [anyTemplate, fc.nat(200)],
  (text, place) => {
    const offset = Math.min(place, text.length);
    const analysis = analysisOf(text, partials);
    const cursor = analysis.cursorAt(offset);
    if ('replace' in cursor) {
      const { start, end } = cursor.replace;
      assert.ok(start <= offset && offset <= end && end <= text.length);
      assert.equal(text.slice(start, offset), cursor.prefix);
    }
    for (const block of analysis.blocksAt(offset)) {
      assert.ok(block.start <= offset && offset <= block.end);
    }
    const expression = analysis.expressionAt(offset);
    assert.ok(!expression || (expression.start <= offset && offset <= expression.end));
    analysis.nodeAt(offset);
    analysis.scopeAt(offset);
    analysis.describe();
    assert.ok(analysis.headings.every(({ section }) => section.end <= text.length));
  },
);

export const anyText = always(
  'any text at all is safe',
  [fc.string({ unit: 'binary', maxLength: 200 })],
  (text) => {
    const analysis = analysisOf(text);
    if (!analysis.hasErrors) render(analysis.renderInput({}), 'nonce');
  },
);

const line = fc.constantFrom(
  'a < b',
  '<div>',
  '<<EOF',
  '<< 20',
  '<<<x>>>',
  '{{x}}',
  '}',
  "it's",
  '#',
  '\\',
  '\t',
  '<<<<<<< HEAD',
  '>>>>>>> x',
  '# Title',
  '',
  '  ',
);
const plain = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 12 })
  .map((lines) => lines.flat().join(''));

export const plainText = always(
  'text without tags stays byte by byte as it is',
  [plain],
  (text) => {
    const { messages } = render(analysisOf(text).renderInput({}), 'nonce');
    assert.deepEqual(messages, [{ role: 'user', content: text }]);
  },
);

const value = fc.oneof(
  fc.constantFrom(
    '<<x>>',
    '{{x}}',
    '<<#if x>>',
    '\\<<x>>',
    '<<> p>>',
    '<<#system>>a<</system>>',
    '&<>"',
    '$&',
    '\u0000nonce:0\u0000x',
  ),
  fc.string(),
);

export const values = always('values are data and stay as they are', [value], (x) => {
  const { messages } = render(analysisOf('a <<x>> <<#if x>><</if>>b').renderInput({ x }), 'other');
  assert.deepEqual(messages, [{ role: 'user', content: `a ${x} b` }]);
});
