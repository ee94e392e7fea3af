import assert from 'node:assert/strict';
import type { Cost, Usage } from '../../../client/model.ts';
import { costOf, priced } from '../../../client/providers/cost.ts';
import { factsOf, modelsOf, tableDate } from '../../../client/providers/modelFacts.ts';
import type { Provider } from '../../../client/providers/provider.ts';

describe('the table of models', () => {
  it('has the vendors we know, each with prices and limits, and a date', () => {
    for (const provider of ['openai', 'anthropic', 'cohere']) {
      const facts = modelsOf(provider).map(({ id }) => factsOf(provider, id));
      assert.ok(facts.length > 5);
      assert.ok(facts.every((one) => one !== undefined && one.context > 0));
      assert.ok(facts.some((one) => one?.price !== undefined));
    }
    assert.match(tableDate, /^\d{4}-\d\d-\d\d$/);
  });

  const cases: readonly (readonly [model: string, found: string | undefined])[] = [
    ['gpt-5.4-mini', 'gpt-5.4-mini'],
    ['gpt-5.4-mini-2026-03-17', 'gpt-5.4-mini'],
    ['gpt-5.4-mini-20260317', 'gpt-5.4-mini'],
    ['gpt-5.4-mini-preview', undefined],
    ['gpt-5.4-min', undefined],
    ['gpt', undefined],
    ['', undefined],
  ];
  for (const [model, found] of cases) {
    it(`finds ${found ?? 'nothing'} for ${JSON.stringify(model)}`, () => {
      assert.equal(factsOf('openai', model)?.id, found);
    });
  }

  it('keeps to the provider that is meant', () => {
    assert.equal(factsOf('anthropic', 'gpt-5.4-mini'), undefined);
    assert.equal(factsOf('openai-compatible', 'gpt-5.4-mini'), undefined);
  });
});

describe('what an answer cost', () => {
  const amounts: readonly (readonly [usage: Usage | undefined, amount: number | undefined])[] = [
    [{ inputTokens: 1_000_000, outputTokens: 0 }, 0.75],
    [{ inputTokens: 0, outputTokens: 1_000_000 }, 4.5],
    [{ inputTokens: 1000, outputTokens: 100 }, 0.0012],
    [{ inputTokens: 1000, outputTokens: 0, cacheReadTokens: 1000 }, 0.000075],
    [{ inputTokens: 0, outputTokens: 0 }, 0],
    [{ inputTokens: 5 }, undefined],
    [{ outputTokens: 5 }, undefined],
    [undefined, undefined],
  ];
  for (const [usage, amount] of amounts) {
    it(`is ${amount ?? 'unknown'} for ${JSON.stringify(usage)}`, () => {
      const cost = costOf('openai', 'gpt-5.4-mini', usage);
      assert.equal(cost && Number(cost.amount.toFixed(9)), amount);
    });
  }

  it('is unknown where long prompts have another price', () => {
    const usage = { inputTokens: 300_000, outputTokens: 1 };
    assert.equal(costOf('openai', 'gpt-5.5', usage), undefined);
    assert.ok(costOf('openai', 'gpt-5.5', { ...usage, inputTokens: 200_000 }));
  });

  const provider: Provider = {
    stream: async () => ({ finishReason: 'stop', usage: { inputTokens: 1, outputTokens: 1 } }),
    listModels: async () => [],
  };
  const asked = async (origin: string, baseUrl: string): Promise<Cost | undefined> => {
    const connection = { baseUrl: origin, origin, key: undefined };
    const request = {
      model: 'gpt-5.4-mini',
      messages: [],
      parameters: {},
      format: 'text',
    } as const;
    const { signal } = new AbortController();
    const one = priced(provider, { slug: 'openai', baseUrl });
    return (await one.stream(connection, request, () => undefined, signal)).cost;
  };

  it("is known of the provider's own servers only", async () => {
    const own = 'https://api.openai.com';
    assert.equal((await asked(own, `${own}/v1`))?.priceDate, tableDate);
    assert.equal(await asked('http://127.0.0.1:8080', `${own}/v1`), undefined);
    assert.equal(await asked(own, ''), undefined);
  });
});
