import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOpenAi } from '../../../client/providers/openai/openai.ts';
import type { Connection } from '../../../client/providers/provider.ts';
import { request } from '../../support/asking.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { delta, finish } from '../../support/faultServer.ts';
import { until } from '../../support/processes.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const whole = `${delta('Hello')}${finish()}data: [DONE]\n\n`;

describe('connections to a provider', () => {
  let server: Server;
  let connection: Connection;
  let connected = 0;
  let open = 0;
  let end: (response: ServerResponse) => void;
  const clock = new FakeClock();
  const provider = createOpenAi({ clock, log: new RecordingLog() });
  const ask = async (): Promise<string> => {
    let text = '';
    const { signal } = new AbortController();
    await provider.stream(connection, request, (piece) => void (text += piece), signal);
    return text;
  };

  beforeEach(async () => {
    [connected, open] = [0, 0];
    end = (response) => response.end();
    server = createServer((asked, response) => {
      asked.resume().once('end', () => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(whole);
        end(response);
      });
    });
    server.on('connection', (socket) => {
      connected++;
      open++;
      socket.once('close', () => void open--);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    connection = { baseUrl: `${origin}/v1`, origin, key: undefined };
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('are kept for the next request', async () => {
    for (let count = 0; count < 5; count++) {
      assert.equal(await ask(), 'Hello');
      // The last bytes of the body come after its last word.
      await new Promise(setImmediate);
    }
    assert.equal(connected, 1);
    await until('the timers to go', () => clock.pending === 0);
  });

  it('are closed when a server does not end its answer, which is not waited for', async () => {
    end = () => undefined;
    assert.equal(await ask(), 'Hello');
    assert.equal(open, 1);
    clock.advance(1000);
    await until('the connection to be closed', () => open === 0);
    assert.equal(clock.pending, 0);
  });
});
