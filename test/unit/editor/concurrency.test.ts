import assert from 'node:assert/strict';
import { concurrencyOf } from '../../../client/editor/concurrency.ts';

describe('concurrency by settings', () => {
  const cases: readonly [name: string, everywhere: unknown, byProvider: unknown, places: number][] =
    [
      ['the number for all', 6, {}, 6],
      ['the number of the provider', 6, { openai: 2 }, 2],
      ['none for another provider', 6, { cohere: 2 }, 6],
      ['at least one', 0, {}, 1],
      ['at most 64', 6, { openai: 1000 }, 64],
      ['whole numbers', 6, { openai: 2.9 }, 2],
      ['no text', 6, { openai: 'many' }, 6],
      ['no nonsense', 'many', [], 4],
      ['nothing at all', undefined, null, 4],
      ['nothing inherited', 6, Object.create({ openai: 2 }), 6],
    ];
  for (const [name, everywhere, byProvider, places] of cases) {
    it(`takes ${name}`, () =>
      assert.equal(concurrencyOf('openai', everywhere, byProvider), places));
  }
});
