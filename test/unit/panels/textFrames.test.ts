import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { TextFrames } from '../../../client/panels/textFrames.ts';
import { FakeClock } from '../../support/fakeClock.ts';

function frames() {
  const clock = new FakeClock();
  const sent: { at: number; offset: number; text: string; outputId: string }[] = [];
  const start = clock.now();
  const subject = new TextFrames(clock, (event) => {
    sent.push({ ...event, at: clock.now() - start });
  });
  return { clock, sent, subject };
}

describe('Text on its way to a page', () => {
  it('goes out at once, then gathered once per frame', () => {
    const { clock, sent, subject } = frames();
    for (const [offset, text] of [
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ] as const) {
      subject.add({ outputId: 'x', offset, text });
    }
    assert.deepEqual(
      sent.map(({ text }) => text),
      ['a'],
    );
    clock.advance(50);
    assert.deepEqual(
      sent.map(({ at, offset, text }) => [at, offset, text]),
      [
        [0, 0, 'a'],
        [50, 1, 'bc'],
      ],
    );
  });

  it('is not mixed with what does not follow it', () => {
    const { clock, sent, subject } = frames();
    subject.add({ outputId: 'x', offset: 0, text: 'a' });
    subject.add({ outputId: 'x', offset: 1, text: 'b' });
    subject.add({ outputId: 'y', offset: 7, text: 'z' });
    clock.advance(50);
    assert.deepEqual(
      sent.map(({ offset, outputId, text }) => [outputId, offset, text]),
      [
        ['x', 0, 'a'],
        ['x', 1, 'b'],
        ['y', 7, 'z'],
      ],
    );
  });

  it('is forgotten when another output is shown, and when the page goes', () => {
    const { clock, sent, subject } = frames();
    subject.add({ outputId: 'x', offset: 0, text: 'a' });
    subject.add({ outputId: 'x', offset: 1, text: 'b' });
    subject.clear();
    subject.dispose();
    clock.advance(1000);
    assert.equal(sent.length, 1);
    assert.equal(clock.pending, 0);
  });

  it('arrives whole, in order and not more often than a frame, however it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.integer({ min: 0, max: 120 }))),
        (pieces) => {
          const { clock, sent, subject } = frames();
          let offset = 0;
          for (const [text, pause] of pieces) {
            subject.add({ outputId: 'x', offset, text });
            offset += text.length;
            clock.advance(pause);
          }
          clock.advance(50);
          const whole = pieces.map(([text]) => text).join('');
          assert.equal(sent.map(({ text }) => text).join(''), whole);
          for (const [index, event] of sent.entries()) {
            assert.equal(event.text, whole.slice(event.offset, event.offset + event.text.length));
            if (index > 0) assert.ok(event.at - sent[index - 1]!.at >= 50);
          }
        },
      ),
    );
  });
});
