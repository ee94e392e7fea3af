import assert from 'node:assert/strict';
import { limitFrom, problemWithLimit } from '../../../client/credentials/limitText.ts';

describe('a rate limit as typed', () => {
  const good: readonly [text: string, limit: number | undefined][] = [
    ['', undefined],
    ['  ', undefined],
    ['3', 3],
    [' 30 000 ', 30_000],
    ['1_000', 1000],
  ];
  for (const [text, limit] of good) {
    it(`takes '${text}'`, () => {
      assert.deepEqual([problemWithLimit(text), limitFrom(text)], [undefined, limit]);
    });
  }

  for (const text of ['0', '-1', '1.5', '1,000', 'many', '1e3', '9'.repeat(20)]) {
    it(`refuses '${text}'`, () => {
      assert.match(problemWithLimit(text) ?? '', /^Enter a whole number from 1 on/);
    });
  }
});
