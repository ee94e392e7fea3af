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
      ['echo', false, true],
    ]);
    assert.equal(registry.get('nobody'), undefined);
  });

  it('are loaded once', async () => {
    const echo = registry.get('echo')!;
    assert.equal(await echo.load(), await echo.load());
  });
});

describe('openai provider against a mock of the API', () => {
  let mock: LLMock;
  let provider: Provider;
  let connection: Connection;

  before(async () => {
    mock = new LLMock({ port: 0, auth: { apiKeys: ['sk-right-key'] } });
    mock.onMessage('weather', { content: 'It is sunny in Lisbon today.' });
    await mock.start();
    const registry = builtInProviders({ clock: systemClock, log: noLog, redactor: new Redactor() });
    provider = await registry.get('openai')!.load();
    connection = {
      name: 'Work',
      baseUrl: `${mock.url}/v1`,
      origin: new URL(mock.url).origin,
      key: () => 'sk-right-key',
    };
  });

  after(() => mock.stop());

  it('streams an answer', async () => {
    const pieces: string[] = [];
    const completion = await provider.stream(
      connection,
      {
        model: 'gpt-5.4',
        messages: [{ role: 'user', content: 'weather?' }],
        parameters: {},
        format: 'text',
      },
      (piece) => pieces.push(piece),
      new AbortController().signal,
    );
    assert.equal(pieces.join(''), 'It is sunny in Lisbon today.');
    assert.equal(completion.finishReason, 'stop');
    assert.match(completion.modelAnswered ?? '', /gpt/);
  });

  it('lists the models', async () => {
    const models = await provider.listModels(connection, new AbortController().signal);
    assert(models.length > 0 && models.every(({ id }) => id !== ''));
  });

  it('is refused with a wrong key', async () => {
    const wrong = { ...connection, key: () => 'sk-wrong-key' };
    await assert.rejects(
      provider.listModels(wrong, new AbortController().signal),
      /^ProviderError: 'Work' was refused by 127\.0\.0\.1:\d+ \(401\)\. Replace the key\.$/,
    );
  });
});
