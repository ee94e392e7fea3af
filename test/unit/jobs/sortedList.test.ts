import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SortedList } from '../../../client/jobs/sortedList.ts';

describe('a sorted list', () => {
  it('is what an array is that is sorted after every step', () => {
    const step = fc.tuple(fc.boolean(), fc.nat(30));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const list = new SortedList<number>((a, b) => a - b);
        let all: number[] = [];
        for (const [adds, value] of steps) {
          const known = all.includes(value);
          if (adds && !known) {
            list.add(value);
            all = [...all, value].sort((a, b) => a - b);
          }
          if (!adds) {
            list.remove(value);
            all = all.filter((one) => one !== value);
          }
          const before = all.filter((one) => one < 15).length;
          assert.deepEqual(
            [list.first, list.last, list.size, list.before(15)],
            [all[0], all.at(-1), all.length, before],
          );
        }
        assert.deepEqual(list.takeAll(), all);
        assert.equal(list.size, 0);
      }),
    );
  });
});
