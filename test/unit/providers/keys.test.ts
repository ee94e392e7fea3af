import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { systemClock } from '../../../client/providers/clock.ts';
import { redactingLog } from '../../../client/providers/log.ts';
import {
  type Connection,
  type Provider,
  ProviderError,
  type ProviderRequest,
} from '../../../client/providers/provider.ts';
import { Redactor } from '../../../client/providers/redact.ts';
import { redacted } from '../../../client/providers/redacted.ts';
import { hostile, withEnvironment } from '../../support/environment.ts';
import {
  answer,
  type Behaviour,
  FaultServer,
  json,
  reply,
  streamHead,
} from '../../support/faultServer.ts';
import { forms, maker } from '../../support/adapters.ts';
import { dialects } from '../../support/dialects.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const canary = 'sk-canary-4f1d8b6e2c';

const request: ProviderRequest = {
  model: 'm-1',
  messages: [{ role: 'user', content: 'Hi' }],
  parameters: {},
  format: 'text',
};

for (const [form, dialect] of forms.flatMap((one) =>
  dialects.map((other) => [one, other] as const),
)) {
  describe(`keys with ${dialect.name} (${form})`, function () {
    this.timeout(30_000);
    const { delta, finish, start } = dialect;
    let whole: Behaviour;
    let server: FaultServer;
    let thief: FaultServer;
    let log: RecordingLog;
    let redactor: Redactor;
    let provider: Provider;
    let connection: Connection;

    beforeEach(async () => {
      whole = answer(dialect.start + dialect.delta('Hello') + dialect.finish('stop'));
      server = await FaultServer.start(whole);
      thief = await FaultServer.start();
      log = new RecordingLog();
      redactor = new Redactor();
      const make = await maker(dialect.sdk, form);
      const { own } = dialect;
      const plain = make({ clock: systemClock, log: redactingLog(log, redactor), own });
      provider = redacted(plain, redactor);
      const { origin } = server;
      connection = { name: 'Work', baseUrl: origin + dialect.base, origin, key: () => canary };
      redactor.add(canary);
    });

    afterEach(() => Promise.all([server.stop(), thief.stop()]));

    it('is not influenced by the environment', async () => {
      await withEnvironment(hostile(thief.origin), async () => {
        await ask(provider, connection);
        await provider.listModels(connection, new AbortController().signal).catch(() => undefined);
      });
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        [dialect.paths.ask, dialect.paths.list],
      );
      assert.equal(thief.requests.length, 0);
      for (const { headers } of server.requests) {
        assert.equal(headers.get('authorization'), `Bearer ${canary}`);
        assert.deepEqual(
          [...headers.keys()].filter((header) => !usual.has(header)),
          [],
        );
        assert.doesNotMatch([...headers.values()].join('\n'), /foreign|environment/);
      }
    });

    const custom = {
      openai: 'OPENAI_CUSTOM_HEADERS',
      anthropic: 'ANTHROPIC_CUSTOM_HEADERS',
      cohere: undefined,
    }[dialect.sdk];
    if (custom !== undefined) {
      it('says so when the environment makes the library unusable, without quoting it', async () => {
        const variables = { [custom]: `Authorization: Bearer ${canary} 中` };
        await withEnvironment(variables, async () => {
          const { message } = await refusal(ask(provider, connection));
          assert.match(message, /the environment is not valid\. The log/);
        });
        assert.doesNotMatch(log.lines.join('\n'), /canary/);
      });
    }

    it('sends no credential to a server without key, whatever the environment says', async () => {
      const keyless = { ...connection, key: undefined };
      await withEnvironment(hostile(thief.origin), () => ask(provider, keyless));
      assert.equal(server.requests[0]?.headers.has('authorization'), false);
    });

    for (const status of [301, 302, 303, 307, 308]) {
      it(`follows no redirect (${status}) to another server`, async () => {
        server.behaviour = reply({ status, headers: { location: `${thief.origin}/v1/stolen` } });
        const { info } = await refusal(ask(provider, connection));
        assert.equal(info.kind, 'network');
        assert.match(info.message, new RegExp(`redirects to ${thief.origin}, which is refused`));
        assert.deepEqual([server.requests.length, thief.requests.length], [1, 0]);
      });
    }

    it('follows no redirect on its own server either', async () => {
      server.behaviour = reply({ status: 308, headers: { location: '/moved' } });
      const { info } = await refusal(ask(provider, connection));
      assert.match(info.message, /redirects to .*\/moved, which is refused/);
      assert.equal(server.requests.length, 1);
    });

    it('sends nothing to another origin than the key was entered for', async () => {
      const moved = { ...connection, baseUrl: thief.origin + dialect.base };
      const { info } = await refusal(ask(provider, moved));
      assert.equal(info.kind, 'origin_mismatch');
      assert.equal(thief.requests.length, 0);
    });

    it('does not put a key with a control character into a message', async () => {
      const broken = { ...connection, key: () => `${canary}\nX-Injected: 1` };
      const error = await refusal(ask(provider, broken));
      assert.equal(error.info.kind, 'auth');
      assert.doesNotMatch(printed(error), new RegExp(canary));
      assert.equal(server.requests.length, 0);
    });

    const quote = `You sent Authorization: Bearer ${canary}`;
    const echoes: readonly { readonly name: string; readonly behaviour: Behaviour }[] = [
      {
        name: 'an error body',
        behaviour: json(401, dialect.error(quote, canary)),
      },
      { name: 'an error page', behaviour: reply({ status: 500, body: quote }) },
      {
        name: 'headers',
        behaviour: json(429, {}, { 'x-request-id': canary, 'retry-after': canary }),
      },
      { name: 'the text', behaviour: answer(start + delta(quote) + finish('stop')) },
      {
        name: 'the text, letter by letter',
        behaviour: answer(
          start +
            quote
              .split('')
              .map((letter) => delta(letter))
              .join('') +
            finish('stop'),
        ),
      },
      { name: 'the end of a text that is cut', behaviour: answer(start + delta(`${quote} and`)) },
      { name: 'a document', behaviour: json(200, dialect.document(quote)) },
      { name: 'an error document', behaviour: json(200, { error: { message: quote } }) },
      {
        name: 'an error event',
        behaviour: answer(start + dialect.busy.event.replace('Busy.', quote)),
      },
      {
        name: 'all of an answer',
        behaviour: answer((start + delta('x') + finish('stop')).replaceAll('m-1', canary)),
      },
      {
        name: 'a redirect',
        behaviour: reply({
          status: 307,
          headers: { location: `https://${canary}.example/${canary}` },
        }),
      },
      {
        name: 'broken JSON',
        behaviour: (socket) => void socket.end(`${streamHead}data: {${quote}\n\n`),
      },
    ];
    for (const { name, behaviour } of echoes) {
      it(`lets no key out that the server repeats in ${name}`, async () => {
        server.behaviour = behaviour;
        let seen = '';
        await withEnvironment({ ANTHROPIC_LOG: 'debug', OPENAI_LOG: 'debug' }, async () => {
          const asked = provider
            .stream(connection, request, (piece) => (seen += piece), new AbortController().signal)
            .then(printed, printed);
          seen += await asked;
          const listed = provider.listModels(connection, new AbortController().signal);
          seen += await listed.then(printed, printed);
        });
        assert.doesNotMatch(seen + log.lines.join('\n'), /canary/);
      });
    }

    it('shows no key in the provider or the connection', async () => {
      await ask(provider, connection);
      assert.doesNotMatch(printed(provider) + printed(connection), /canary/);
      assert.doesNotMatch(JSON.stringify([provider, connection]), /canary/);
    });
  });
}

const usual = new Set([
  'anthropic-version',
  'cache-control',
  'pragma',
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'sec-fetch-mode',
  'user-agent',
]);

function ask(provider: Provider, connection: Connection): Promise<unknown> {
  return provider.stream(connection, request, () => undefined, new AbortController().signal);
}

async function refusal(asked: Promise<unknown>): Promise<ProviderError> {
  try {
    await asked;
  } catch (error) {
    assert(ProviderError.is(error), String(error));
    return error;
  }
  return assert.fail('It succeeded.');
}

function printed(value: unknown): string {
  return inspect(value, { depth: 20, showHidden: true });
}
