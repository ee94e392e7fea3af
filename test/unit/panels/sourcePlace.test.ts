import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sourcePlace } from '../../../client/panels/sourcePlace.ts';
import type { RenderedRun } from '../../../server/protocol.ts';

const at = (line: number, character: number, endLine = line, end = character) => ({
  start: { line, character },
  end: { line: endLine, character: end },
});

const content = 'Dear Ada,\nbe kind. \nBye';
/** `Dear <<name>>,\n<<> rules>>\nBye`, with `be kind. ` in the partial. */
const runs: RenderedRun[] = [
  { start: 0, end: 5, kind: 'text', range: at(3, 0, 3, 5) },
  { start: 5, end: 8, kind: 'value', range: at(3, 5, 3, 13) },
  { start: 8, end: 10, kind: 'text', range: at(3, 13, 4, 0) },
  { start: 10, end: 18, kind: 'text', range: at(1, 0, 1, 8), uri: 'file:///rules.prompt' },
  { start: 20, end: 23, kind: 'text', range: at(5, 0, 5, 3) },
];

describe('The place a rendered character comes from', () => {
  const cases: [what: string, offset: number, place: ReturnType<typeof at>, uri?: string][] = [
    ['the beginning', 0, at(3, 0)],
    ['a letter of a text', 2, at(3, 2)],
    ['a value: its whole tag', 6, at(3, 5, 3, 13)],
    ['a text behind a value', 8, at(3, 13)],
    ['a line end', 9, at(3, 14)],
    ['a text of a partial', 13, at(1, 3), 'file:///rules.prompt'],
    ['white space that nobody wrote: what follows', 18, at(5, 0, 5, 3)],
    ['the last letter', 22, at(5, 2)],
    ['behind the end', 23, at(5, 3)],
  ];
  for (const [what, offset, range, uri] of cases) {
    it(what, () => {
      const expected = { range, ...(uri !== undefined && { uri }) };
      assert.deepEqual(sourcePlace(content, content, runs, offset), expected);
    });
  }

  it('counts the lines of a text', () => {
    const text: RenderedRun[] = [{ start: 0, end: 7, kind: 'text', range: at(2, 4, 4, 1) }];
    assert.deepEqual(sourcePlace('a\nb\r\nc', 'a\nb\r\nc', text, 5)?.range, at(4, 0));
  });

  it('moves along with what was typed since', () => {
    const shown = content.slice(5);
    assert.deepEqual(sourcePlace(shown, content, runs, shown.indexOf('Bye') + 1)?.range, at(5, 1));
    const longer = `${content} now`;
    assert.deepEqual(sourcePlace(longer, content, runs, 2)?.range, at(3, 2));
    assert.deepEqual(sourcePlace(longer, content, runs, longer.length)?.range, at(5, 3));
  });

  it('is not known without runs', () => {
    assert.equal(sourcePlace('x', 'x', [], 0), undefined);
  });

  it('is the letter itself, wherever a text was put in or taken out elsewhere', () => {
    const word = fc.stringMatching(/^[a-z \n]{0,12}$/);
    fc.assert(
      fc.property(word, word, word, fc.nat(), (head, changed, tail, seed) => {
        const [before, after] = [`${head}OLD${tail}`, `${head}NEW${changed}${tail}`];
        const one: RenderedRun[] = [
          { start: 0, end: after.length, kind: 'text', range: at(0, 0, 9, 9) },
        ];
        const offset = tail.length === 0 ? before.length : head.length + 3 + (seed % tail.length);
        const position = sourcePlace(before, after, one, offset)!.range.start;
        const lines = after.slice(0, after.length - (before.length - offset)).split('\n');
        assert.deepEqual(position, {
          line: lines.length - 1,
          character: lines.at(-1)!.length,
        });
      }),
    );
  });
});
