import assert from 'node:assert/strict';
import { askAndSave } from '../../../client/views/askAndSave.ts';

describe('asking and saving', () => {
  /** Answers to the questions, whether each saving succeeds, whether to try again. */
  const cases: {
    name: string;
    asked: boolean[];
    saves: boolean[];
    again: boolean[];
    is: string | undefined;
  }[] = [
    { name: 'is done after one saving', asked: [true], saves: [true], again: [], is: 'saved' },
    { name: 'saves nothing when given up', asked: [false], saves: [], again: [], is: undefined },
    {
      name: 'asks again after each failure',
      asked: [true, true, true],
      saves: [false, false, true],
      again: [true, true],
      is: 'saved',
    },
    {
      name: 'ends when nobody wants to try again',
      asked: [true],
      saves: [false],
      again: [false],
      is: undefined,
    },
    {
      name: 'ends when given up after a failure',
      asked: [true, false],
      saves: [false],
      again: [true],
      is: undefined,
    },
  ];
  for (const { name, asked, saves, again, is } of cases) {
    it(name, async () => {
      const told: unknown[] = [];
      const answer = await askAndSave({
        ask: async () => asked.shift()!,
        save: async () => {
          if (saves.shift()) return 'saved';
          throw new Error('disk full');
        },
        again: async (error) => {
          told.push((error as Error).message);
          return again.shift()!;
        },
      });
      assert.equal(answer, is);
      assert.deepEqual([asked, saves, again], [[], [], []]);
      assert(told.every((text) => text === 'disk full'));
    });
  }
});
