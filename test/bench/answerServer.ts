/**
 * A loopback provider in a thread of its own, so that its work is not measured: streams a short answer to every
 * request, after `workerData` milliseconds. Posts its port when it listens.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const piece = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'x', model: 'm-1', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

const body = [
  ...['Once', ' upon', ' a', ' time', ',', ' there', ' was', ' a', ' queue', '.'].map((content) =>
    piece({ content }),
  ),
  piece({}, 'stop'),
  `data: ${JSON.stringify({ id: 'x', model: 'm-1', choices: [], usage: { prompt_tokens: 9, completion_tokens: 10 } })}\n\n`,
  'data: [DONE]\n\n',
];

const server = createServer((request, response) => {
  const answer = (): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const bytes of body) response.write(bytes);
    response.end();
  };
  request.resume().once('end', () => {
    const delay = workerData as number;
    if (delay > 0) setTimeout(answer, delay);
    else answer();
  });
});
server.listen(0, '127.0.0.1', () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage((server.address() as AddressInfo).port);
});
