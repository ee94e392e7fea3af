import assert from 'node:assert/strict';
import { createOpenAi } from '../../../client/providers/openai/openai.ts';
import type { Connection, Provider } from '../../../client/providers/provider.ts';
import { failure, request } from '../../support/asking.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { answer, delta, FaultServer, json, stall, streamHead } from '../../support/faultServer.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

describe('openai adapter deadlines', () => {
  const limits = { first: 60_000, idle: 20_000, total: 100_000 };
  let server: FaultServer;
  let connection: Connection;
  let clock: FakeClock;
  let provider: Provider;

  beforeEach(async () => {
    server = await FaultServer.start();
    connection = { baseUrl: server.baseUrl, origin: server.origin, key: undefined };
    clock = new FakeClock();
    provider = createOpenAi({ clock, log: new RecordingLog(), limits });
  });

  afterEach(() => server.stop());

  it('gives up when no byte of the answer comes', async () => {
    server.behaviour = (socket) => {
      socket.write(streamHead);
      clock.advance(limits.first);
    };
    const { info } = await failure(provider, connection);
    assert.equal(info.kind, 'timeout');
    assert.match(info.message, /^No answer from 127\.0\.0\.1:\d+ within 60 s\. Try again later\.$/);
  });

  it('gives up when a stream falls silent, and keeps what came', async () => {
    server.behaviour = stall(streamHead + delta('Hel'));
    const { info, text } = await failure(provider, connection, undefined, () => {
      clock.advance(limits.idle);
    });
    assert.deepEqual([info.kind, text], ['timeout', 'Hel']);
    assert.match(info.message, /sent nothing for 20 s/);
  });

  it('gives up when an answer never ends, though bytes keep coming', async () => {
    server.behaviour = (socket) => {
      socket.write(streamHead + delta('.'));
      socket.on('error', () => undefined);
      drip = () => socket.write(delta('.'));
    };
    let drip = (): unknown => undefined;
    const { info } = await failure(provider, connection, undefined, () => {
      clock.advance(15_000);
      drip();
    });
    assert.match(info.message, /took longer than 100 s/);
  });

  it('lets no timer live on', async () => {
    server.behaviour = answer();
    const { signal } = new AbortController();
    await provider.stream(connection, request, () => undefined, signal);
    server.behaviour = json(500, {});
    await failure(provider, connection);
    assert.equal(clock.pending, 0);
  });
});
