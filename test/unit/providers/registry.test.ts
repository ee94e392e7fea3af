import { LLMock } from '@copilotkit/aimock';
import assert from 'node:assert/strict';
import { systemClock } from '../../../client/providers/clock.ts';
import { noLog } from '../../../client/providers/log.ts';
import type { Connection, Provider } from '../../../client/providers/provider.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { builtInProviders } from '../../../client/providers/registry.ts';

describe('built-in providers', () => {
  const registry = builtInProviders({ clock: systemClock, log: noLog, redactor: new Redactor() });

  it('are listed with what a form needs to know', () => {
    const rows = registry
      .list()
      .map(({ slug, needsCredential, offline }) => [slug, needsCredential, offline]);
    assert.deepEqual(rows, [
      ['openai', true, false],
      ['anthropic', true, false],
      ['cohere', true, false],
      ['openai-compatible', true, false],
      ['echo', false, true],
    ]);
    assert.equal(registry.get('nobody'), undefined);
  });

  it('are loaded once', async () => {
    const echo = registry.get('echo')!;
    assert.equal(await echo.load(), await echo.load());
  });
});

const mocked = [
  { slug: 'openai', base: '/v1', model: 'gpt-5.4', answers: /gpt/ },
  { slug: 'openai-compatible', base: '/v1', model: 'gpt-5.4', answers: /gpt/ },
  { slug: 'anthropic', base: '', model: 'claude-haiku-5-5', answers: /claude/ },
  { slug: 'cohere', base: '', model: 'command-a-plus-05-2026', answers: undefined },
] as const;

for (const { answers, base, model, slug } of mocked) {
  describe(`${slug} against a mock of the API`, () => {
    let mock: LLMock;
    let provider: Provider;
    let connection: Connection;

    before(async () => {
      mock = new LLMock({ port: 0, auth: { apiKeys: ['sk-right-key'] } });
      mock.onMessage('weather', { content: 'It is sunny in Lisbon today.' });
      await mock.start();
      const options = { clock: systemClock, log: noLog, redactor: new Redactor() };
      provider = await builtInProviders(options).get(slug)!.load();
      connection = {
        name: 'Work',
        baseUrl: mock.url + base,
        origin: new URL(mock.url).origin,
        key: () => 'sk-right-key',
      };
    });

    after(() => mock.stop());

    const ask = (key: string, show: (piece: string) => void) =>
      provider.stream(
        { ...connection, key: () => key },
        {
          model,
          messages: [{ role: 'user', content: 'weather?' }],
          parameters: {},
          format: 'text',
        },
        show,
        new AbortController().signal,
      );

    it('streams an answer', async () => {
      const pieces: string[] = [];
      const completion = await ask('sk-right-key', (piece) => pieces.push(piece));
      assert.equal(pieces.join(''), 'It is sunny in Lisbon today.');
      assert.equal(completion.finishReason, 'stop');
      if (answers) assert.match(completion.modelAnswered ?? '', answers);
    });

    // The mock lists models in the shape of OpenAI only.
    const itLists = slug === 'cohere' ? () => undefined : it;
    itLists('lists the models', async () => {
      const models = await provider.listModels(connection, new AbortController().signal);
      assert(models.length > 0 && models.every(({ id }) => id !== ''));
    });

    it('is refused with a wrong key', async () => {
      await assert.rejects(
        ask('sk-wrong-key', () => undefined),
        /^ProviderError: 'Work' was refused by 127\.0\.0\.1:\d+ \(401\)\. Replace the key\.$/,
      );
    });
  });
}
