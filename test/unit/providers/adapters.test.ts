import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { systemClock } from '../../../client/providers/clock.ts';
import type { Connection, Provider } from '../../../client/providers/provider.ts';
import { forms, maker } from '../../support/adapters.ts';
import { failure, request } from '../../support/asking.ts';
import { dialects } from '../../support/dialects.ts';
import { FaultServer, json, streamHead } from '../../support/faultServer.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { failuresOf, successesOf } from './scenarios.ts';

for (const form of forms) {
  for (const dialect of dialects) {
    describe(`${dialect.name} (${form})`, function () {
      this.timeout(30_000);
      let provider: Provider;
      let server: FaultServer;
      let connection: Connection;

      before(async () => {
        const make = await maker(dialect.sdk, form);
        const { own } = dialect;
        provider = make({ clock: systemClock, log: new RecordingLog(), own });
        server = await FaultServer.start();
        const { origin } = server;
        const baseUrl = origin + dialect.base;
        connection = { name: 'Work', baseUrl, origin, key: () => 'sk-test' };
      });

      after(() => server.stop());

      for (const { name, behaviour, expected, text = '' } of failuresOf(dialect)) {
        it(`tells ${expected.kind} from ${name}`, async () => {
          server.behaviour = behaviour;
          const { info, text: seen } = await failure(provider, connection);
          assert.deepEqual({ ...info, ...expected }, info);
          assert.match(info.message, /^[A-Z0-9'].*[.?]$/s);
          assert.equal(seen, text);
        });
      }

      for (const { name, behaviour, finishReason = 'stop' } of successesOf(dialect)) {
        it(`reads an answer ${name}`, async () => {
          server.behaviour = behaviour;
          let text = '';
          const { signal } = new AbortController();
          const show = (piece: string): unknown => (text += piece);
          const completion = await provider.stream(connection, request, show, signal);
          assert.equal(text, 'Hello');
          const { modelAnswered, usage, ...rest } = completion;
          assert.deepEqual(rest, { finishReason, requestId: 'req-1' });
          const { cacheReadTokens = 0, ...counts } = usage ?? {};
          assert.deepEqual(counts, { inputTokens: 7, outputTokens: 2 });
          const streams = !name.includes('document');
          assert.equal(cacheReadTokens, dialect.sdk === 'anthropic' && streams ? 3 : 0);
          assert.equal(modelAnswered, dialect.sdk === 'cohere' ? undefined : 'm-1');
          assert.equal(server.requests.at(-1)?.path, dialect.paths.ask);
        });
      }

      it('lists models', async () => {
        server.behaviour = json(200, dialect.models('a', 'b'));
        const models = await provider.listModels(connection, new AbortController().signal);
        assert.deepEqual(
          models.map(({ id }) => id),
          ['a', 'b'],
        );
        assert.equal(server.requests.at(-1)?.path, dialect.paths.list);
      });

      it('refuses a listing that is none', async () => {
        server.behaviour = json(200, { hello: 'world' });
        await assert.rejects(
          provider.listModels(connection, new AbortController().signal),
          /did not answer like this provider: no list of models/,
        );
      });

      it('cancels in mid-stream and closes the connection', async () => {
        let socket: Socket | undefined;
        server.behaviour = (connected) => {
          socket = connected;
          connected.write(streamHead + dialect.start + dialect.delta('Hel'));
        };
        const abort = new AbortController();
        const stop = (): void => abort.abort();
        const { info, text } = await failure(provider, connection, abort.signal, stop);
        assert.deepEqual([info.kind, text], ['cancelled', 'Hel']);
        if (!socket?.destroyed) await new Promise((resolve) => socket?.once('close', resolve));
      });
    });
  }
}
