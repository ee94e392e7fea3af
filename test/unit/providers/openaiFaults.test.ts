import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { systemClock } from '../../../client/providers/clock.ts';
import type { Connection, Provider } from '../../../client/providers/provider.ts';
import { failure, request } from '../../support/asking.ts';
import { delta, FaultServer, streamHead } from '../../support/faultServer.ts';
import { forms, maker } from '../../support/adapters.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { failures } from './openaiFailures.ts';
import { successes } from './openaiSuccesses.ts';

for (const form of forms) {
  describe(`openai adapter (${form})`, function () {
    this.timeout(30_000);
    let provider: Provider;
    let server: FaultServer;
    let connection: Connection;

    before(async () => {
      const make = await maker('openai', form);
      provider = make({ clock: systemClock, log: new RecordingLog() });
      server = await FaultServer.start();
      const { baseUrl, origin } = server;
      connection = { name: 'Work', baseUrl, origin, key: () => 'sk-test' };
    });

    after(() => server.stop());

    for (const { name, behaviour, expected, message, text = '' } of failures) {
      it(`tells ${expected.kind} from ${name}`, async () => {
        server.behaviour = behaviour;
        const { info, text: seen } = await failure(provider, connection);
        assert.deepEqual({ ...info, ...expected }, info);
        assert.match(info.message, message ?? /^[A-Z0-9'].*[.?]$/s);
        assert.equal(seen, text);
      });
    }

    for (const { name, behaviour } of successes) {
      it(`reads an answer ${name}`, async () => {
        server.behaviour = behaviour;
        let text = '';
        const { signal } = new AbortController();
        const completion = await provider.stream(
          connection,
          request,
          (piece) => (text += piece),
          signal,
        );
        assert.equal(text, 'Hello');
        assert.deepEqual(completion, {
          finishReason: 'stop',
          modelAnswered: 'm-1',
          usage: { inputTokens: 7, outputTokens: 2 },
          requestId: 'req-1',
        });
      });
    }

    it('says that nothing listens', async () => {
      const gone = await FaultServer.start();
      const { baseUrl, origin } = gone;
      await gone.stop();
      const { info } = await failure(provider, { ...connection, baseUrl, origin });
      assert.deepEqual([info.kind, info.code, info.lasting], ['network', 'ECONNREFUSED', true]);
    });

    it('says that there is no such host', async () => {
      const origin = 'http://no-such-host.invalid';
      const { info } = await failure(provider, { ...connection, baseUrl: `${origin}/v1`, origin });
      assert.equal(info.kind, 'network');
      assert.match(info.message, /^Cannot reach no-such-host\.invalid/);
    });

    it('says that a port is blocked', async () => {
      const origin = 'http://127.0.0.1:6000';
      const { info } = await failure(provider, { ...connection, baseUrl: `${origin}/v1`, origin });
      assert.match(
        info.message,
        /^Cannot reach 127\.0\.0\.1:6000: requests to this port are blocked\./,
      );
    });

    it('cancels in mid-stream and closes the connection', async () => {
      let socket: Socket | undefined;
      server.behaviour = (connected) => {
        socket = connected;
        connected.write(streamHead + delta('Hel'));
      };
      const abort = new AbortController();
      const { info, text } = await failure(provider, connection, abort.signal, () => abort.abort());
      assert.deepEqual([info.kind, text], ['cancelled', 'Hel']);
      if (!socket?.destroyed) await new Promise((resolve) => socket?.once('close', resolve));
    });

    it('does not send when it is cancelled before', async () => {
      const before = server.requests.length;
      const { info } = await failure(provider, connection, AbortSignal.abort());
      assert.deepEqual([info.kind, server.requests.length], ['cancelled', before]);
    });
  });
}
