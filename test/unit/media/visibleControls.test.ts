import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lineAway } from '../../../media/shared/lineStepper.ts';
import { offsetBehindControls, visibleControls } from '../../../media/shared/visibleControls.ts';

describe('Text with its controls made visible', () => {
  it('leads back to the text itself', () => {
    const text = 'a\u202eb\r\nc\u001bd\re';
    const shown = visibleControls(text);
    for (const letter of 'abcde') {
      assert.equal(text[offsetBehindControls(text, shown.indexOf(letter))], letter);
    }
    const inside = shown.indexOf('U+202E');
    assert.equal(text[offsetBehindControls(text, inside)], '\u202e');
    assert.equal(offsetBehindControls(text, shown.length), text.length);
    assert.equal(offsetBehindControls(text, 1e9), text.length);
  });

  it('leads from the beginning of each piece to the beginning of the same piece', () => {
    const piece = fc.constantFrom('a', 'bc', '\r\n', '\r', '\n', '\t', '\u202e', '\u0000', '😀');
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (before, after) => {
        const head = before.join('');
        fc.pre(!head.endsWith('\r'));
        const text = head + after.join('');
        assert.equal(offsetBehindControls(text, visibleControls(head).length), head.length);
      }),
    );
  });
});

describe('Walking lines', () => {
  const text = 'one\n\nthree';
  const cases: [offset: number, steps: number, line: string][] = [
    [0, 0, 'one'],
    [2, 1, ''],
    [4, 1, 'three'],
    [5, -1, ''],
    [0, -1, 'one'],
    [9, 1, 'three'],
    [0, Number.POSITIVE_INFINITY, 'three'],
    [9, Number.NEGATIVE_INFINITY, 'one'],
  ];
  for (const [offset, steps, line] of cases) {
    it(`${steps} from ${offset}`, () => {
      const found = lineAway(text, offset, steps);
      assert.deepEqual([found.text, text.slice(found.start, found.end)], [line, line]);
    });
  }
});
