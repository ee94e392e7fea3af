import assert from 'node:assert/strict';
import { forecast, type ForecastOf } from '../../../client/providers/forecast.ts';
import { factsOf, tableDate } from '../../../client/providers/modelFacts.ts';

const provider = 'openai';
const model = 'gpt-4.1-mini';
const price = factsOf(provider, model)!.price!;

const asked = (change: Partial<ForecastOf> = {}, maxTokens?: number) =>
  forecast({
    request: {
      provider,
      model,
      messages: [
        { role: 'system', content: 'abcd' },
        { role: 'user', content: 'abcdefgh' },
      ],
      parameters: maxTokens === undefined ? {} : { maxTokens },
    },
    countTokens: ({ length }) => length * 1000,
    typical: undefined,
    own: true,
    offline: false,
    ...change,
  });

describe('what a run will use and cost', () => {
  it('counts the prompt, and takes the median of earlier answers', () => {
    const { cost, free, inputTokens, output } = asked({ typical: 5000 });
    assert.deepEqual(
      [inputTokens, output, free],
      [12_000, { tokens: 5000, basis: 'earlier' }, false],
    );
    assert.equal(cost?.amount, (12_000 * price.input + 5000 * price.output) / 1_000_000);
    assert.equal(cost.priceDate, tableDate);
  });

  it('takes the limit where there is no earlier answer, and never more than it', () => {
    assert.deepEqual(asked({}, 700).output, { tokens: 700, basis: 'limit' });
    assert.deepEqual(asked({ typical: 5000 }, 700).output, { tokens: 700, basis: 'earlier' });
  });

  it('counts the prompt alone where nobody knows the answer', () => {
    const { cost, output } = asked();
    assert.equal(output, undefined);
    assert.equal(cost?.amount, (12_000 * price.input) / 1_000_000);
  });

  const unknown: [what: string, change: Partial<ForecastOf>][] = [
    ['of a server of one’s own', { own: false }],
    ['of an offline provider', { offline: true }],
    [
      'of a model nobody knows',
      { request: { provider, model: 'brand-new', messages: [], parameters: {} } },
    ],
  ];
  for (const [what, change] of unknown) {
    it(`guesses no price ${what}`, () => assert.equal(asked(change).cost, undefined));
  }

  it('says what is free', () => assert.equal(asked({ offline: true }).free, true));
});
