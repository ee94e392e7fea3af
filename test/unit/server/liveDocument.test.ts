import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { combined, difference } from '../../../server/language/difference.ts';
import { Source } from '../../../server/language/source.ts';
import { LiveDocument } from '../../../server/liveDocument.ts';
import { inEncoding } from '../../support/encodings.ts';

const anyText = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', '\n\r', '😀', '\u2028'), { maxLength: 20 })
  .map((parts) => parts.join(''));
const anyPosition = fc.record({
  line: fc.integer({ min: -1, max: 12 }),
  character: fc.integer({ min: -1, max: 12 }),
});
/** Offsets that may be behind the end. */
const anyChange = fc.record({ from: fc.nat(30), to: fc.nat(30), text: anyText });
type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

/** The same place for both: the library's own loses count of its lines when it is edited behind its end. */
function rangeIn(text: string, { from, to }: Change) {
  const document = TextDocument.create('file:///a', 'x', 1, text);
  return { start: document.positionAt(from), end: document.positionAt(to) };
}

/** Ours after some changes, and the library's of the text that they make. */
function both(text: string, changes: readonly Change[]) {
  const live = new LiveDocument('file:///a', 'x', 1, text);
  let now = text;
  for (const change of changes) {
    const range = rangeIn(now, change);
    live.replace(range, change.text, live.version + 1);
    const whole = TextDocument.create('file:///a', 'x', 1, now);
    now = TextDocument.applyEdits(whole, [{ range, newText: change.text }]);
  }
  return { live, fresh: TextDocument.create('file:///a', 'x', 1, now) };
}

describe('a document that is edited', () => {
  it('is what the library makes of it', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyChange, { maxLength: 6 }), anyPosition, (text, all, at) => {
        const { fresh, live } = both(text, all);
        const now = fresh.getText();
        assert.equal(live.getText(), now);
        assert.equal(live.version, all.length + 1);
        assert.equal(live.lineCount, fresh.lineCount);
        assert.equal(live.offsetAt(at), fresh.offsetAt(at));
        assert.deepEqual(live.getLineRange(at.line), fresh.getLineRange(at.line));
        assert.equal(live.getEOLCharacters(at.line), fresh.getEOLCharacters(at.line));
        for (let offset = -1; offset <= now.length + 1; offset++) {
          assert.deepEqual(live.positionAt(offset), fresh.positionAt(offset));
        }
      }),
      { numRuns: 3000 },
    );
  });

  for (const encoding of ['utf-8', 'utf-32'] as const) {
    it(`counts in ${encoding} as Node does`, () => {
      const anyChanges = fc.array(anyChange, { maxLength: 4 });
      fc.assert(
        fc.property(anyText, anyChanges, fc.array(fc.nat(60)), (text, changes, places) => {
          const live = new LiveDocument('file:///a', 'x', 1, text, encoding);
          for (const one of changes) {
            const now = live.getText();
            const { start, end } = rangeIn(now, one);
            const range = {
              start: inEncoding(start, now, encoding),
              end: inEncoding(end, now, encoding),
            };
            live.replace(range, one.text, live.version + 1);
          }
          const now = live.getText();
          const plain = new LiveDocument('file:///a', 'x', 1, now);
          for (const offset of places) {
            const expected = inEncoding(plain.positionAt(offset), now, encoding);
            const isWithin = /[\uD800-\uDBFF]$/.test(now.slice(0, offset));
            if (!isWithin) assert.deepEqual(live.positionAt(offset), expected);
            if (!isWithin)
              assert.equal(live.offsetAt(expected), plain.offsetAt(plain.positionAt(offset)));
          }
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('finds the character that a place is within', () => {
    const rows: [encoding: 'utf-8' | 'utf-32', character: number, offset: number][] = [
      ['utf-8', 1, 1],
      ['utf-8', 2, 1],
      ['utf-8', 3, 2],
      ['utf-8', 6, 2],
      ['utf-8', 7, 4],
      ['utf-8', 99, 5],
      ['utf-32', 2, 2],
      ['utf-32', 3, 4],
      ['utf-32', 2.9, 2],
      ['utf-32', -1, 0],
      ['utf-32', 2 ** 53, 5],
    ];
    for (const [encoding, character, offset] of rows) {
      const live = new LiveDocument('file:///a', 'x', 1, 'aé😀b\nc', encoding);
      assert.equal(live.offsetAt({ line: 0, character }), offset, `${encoding} ${character}`);
    }
  });

  it('says what was replaced', () => {
    fc.assert(
      fc.property(anyText, anyChange, anyChange, (text, first, second) => {
        const live = new LiveDocument('file:///a', 'x', 1, text);
        const edits = [first, second].map((one) =>
          live.replace(rangeIn(live.getText(), one), one.text, live.version + 1),
        );
        const { newEnd, oldEnd, start } = combined(edits[0]!, edits[1]!);
        const now = live.getText();
        assert.equal(text.slice(0, start) + now.slice(start, newEnd) + text.slice(oldEnd), now);
        const least = difference(text, now);
        if (least) assert.ok(start <= least.start && oldEnd >= Math.min(least.oldEnd, oldEnd));
      }),
    );
  });

  it('takes a text that comes whole', () => {
    const live = new LiveDocument('file:///a', 'x', 1, 'a');
    live.replaceAll('b\nc', 2);
    assert.deepEqual([live.getText(), live.lineCount, live.version], ['b\nc', 2, 2]);
  });
});

describe('a source', () => {
  const long = 'The quick brown fox. '.repeat(10_000);

  it('is the text it was made of, whatever was replaced in it', () => {
    const anyEdit = fc.record({
      at: fc.nat(long.length),
      remove: fc.oneof(fc.nat(5), fc.nat(100_000)),
      insert: fc.oneof(fc.constant(''), fc.constant('xyz'), fc.constant(long)),
    });
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 5 }), fc.nat(300_000), (edits, place) => {
        let text = long;
        let source = Source.of(text);
        for (const { at, insert, remove } of edits) {
          const start = Math.min(at, text.length);
          const oldEnd = Math.min(text.length, start + remove);
          source = source.replaced({ start, oldEnd }, insert);
          text = text.slice(0, start) + insert + text.slice(oldEnd);
        }
        assert.equal(source.length, text.length);
        assert.equal(source.at(place), text[place] ?? '');
        assert.equal(source.slice(place, place + 70_000), text.slice(place, place + 70_000));
        assert.equal(source.toString(), text);
        assert.equal(source.slice(place), text.slice(place));
      }),
      { numRuns: 100 },
    );
  });
});
