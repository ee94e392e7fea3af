import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { render } from '../../../server/language/render.ts';
import { anyContext, anyTemplate, partials } from '../../support/anyTemplate.ts';
import { analysisOf } from '../../support/neighbours.ts';

/** Runs counted so that the whole file takes a few seconds. */
const runs = { numRuns: 1500 };

describe('any template', () => {
  it('renders exactly when it has no error', () => {
    let rendered = 0;
    fc.assert(
      fc.property(anyTemplate, anyContext, (text, context) => {
        const analysis = analysisOf(text, partials);
        if (analysis.hasErrors) return;
        const { messages } = render(analysis.renderInput(context), 'nonce');
        assert.ok(messages.length > 0);
        rendered++;
      }),
      runs,
    );
    assert.ok(rendered > runs.numRuns / 20, `only ${rendered} had no error`);
  });

  it('has all ranges inside the document, tags in order', () => {
    fc.assert(
      fc.property(anyTemplate, (text) => {
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
      }),
      runs,
    );
  });

  it('can be asked about every place', () => {
    fc.assert(
      fc.property(anyTemplate, fc.nat(200), (text, place) => {
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
      }),
      runs,
    );
  });

  it('is safe from any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const analysis = analysisOf(text);
        if (!analysis.hasErrors) render(analysis.renderInput({}), 'nonce');
      }),
      runs,
    );
  });
});

describe('text without tags', () => {
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

  it('renders byte by byte as it is', () => {
    fc.assert(
      fc.property(plain, (text) => {
        const { messages } = render(analysisOf(text).renderInput({}), 'nonce');
        assert.deepEqual(messages, [{ role: 'user', content: text }]);
      }),
      runs,
    );
  });
});

describe('values', () => {
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

  it('stay as they are', () => {
    fc.assert(
      fc.property(value, (x) => {
        const { messages } = render(
          analysisOf('a <<x>> <<#if x>><</if>>b').renderInput({ x }),
          'other',
        );
        assert.deepEqual(messages, [{ role: 'user', content: `a ${x} b` }]);
      }),
      runs,
    );
  });
});
