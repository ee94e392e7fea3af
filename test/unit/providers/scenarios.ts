/** Whatever a server can do, in each provider's own protocol, and what people are told. */
import type { ErrorInfo } from '../../../client/model.ts';
import type { ServerDialect } from '../../support/dialects.ts';
import {
  answer,
  type Behaviour,
  byteByByte,
  chunk,
  chunkedHead,
  event,
  json,
  reply,
  reset,
  streamHead,
} from '../../support/faultServer.ts';

export interface Failure {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly expected: Partial<ErrorInfo>;
  readonly text?: string;
}

const html = '<html><head><title>Hotel Wi-Fi login</title></head><body>Hi</body></html>';
const typed = (type: string) => ({ 'content-type': type });

const statuses = (dialect: ServerDialect): readonly Failure[] =>
  (
    [
      [400, 'No.', 'invalid_request'],
      [401, 'No.', 'auth'],
      [402, 'Pay.', 'quota_exhausted'],
      [403, 'Not you.', 'permission'],
      [404, 'model: m-1', 'model_not_found'],
      [405, 'No.', 'endpoint_not_found'],
      [408, 'Late.', 'timeout'],
      [409, 'Conflict.', 'invalid_request'],
      [413, 'Too long.', 'invalid_request'],
      [422, 'No.', 'invalid_request'],
      [429, 'Slow down.', 'rate_limited'],
      [498, 'No.', 'auth'],
      [500, 'Oops.', 'server_error'],
      [501, 'No.', 'endpoint_not_found'],
      [503, 'Busy.', 'overloaded'],
      [504, 'Late.', 'timeout'],
      [529, 'Busy.', 'overloaded'],
    ] as const
  ).map(([status, message, kind]) => ({
    name: `status ${status}`,
    behaviour: json(status, dialect.error(message)),
    expected: { kind, status },
  }));

const headers = (dialect: ServerDialect): readonly Failure[] => [
  {
    name: '404 as bare text',
    behaviour: reply({ status: 404, body: '404 page not found' }),
    expected: { kind: 'endpoint_not_found', status: 404 },
  },
  {
    name: '429 with Retry-After in seconds and a request id',
    behaviour: json(429, dialect.error('Slow down.'), {
      'retry-after': '7',
      'x-request-id': 'req-9',
    }),
    expected: { kind: 'rate_limited', retryAfterMs: 7000, requestId: 'req-9' },
  },
  {
    name: '429 with Retry-After as a date',
    behaviour: json(429, dialect.error('Slow down.'), {
      date: 'Sun, 22 Nov 2026 10:00:00 GMT',
      'retry-after': 'Sun, 22 Nov 2026 10:01:30 GMT',
    }),
    expected: { kind: 'rate_limited', retryAfterMs: 90_000 },
  },
  {
    name: '400 for a spent budget',
    behaviour: json(400, dialect.error('Limit.', 'billing_error')),
    expected: { kind: dialect.sdk === 'cohere' ? 'invalid_request' : 'quota_exhausted' },
  },
  {
    name: '502 with a page',
    behaviour: reply({ status: 502, headers: typed('text/html'), body: html }),
    expected: { kind: 'server_error', status: 502 },
  },
];

const connections = ({ delta, start }: ServerDialect): readonly Failure[] => [
  { name: 'a reset before headers', behaviour: reset(), expected: { kind: 'network' } },
  {
    name: 'a reset in mid-stream',
    behaviour: reset(chunkedHead + chunk(start + delta('Hel'))),
    expected: { kind: 'network', code: 'ECONNRESET' },
    text: 'Hel',
  },
  {
    name: 'an end before headers',
    behaviour: (socket) => void socket.end(),
    expected: { kind: 'network' },
  },
  {
    name: 'what is not HTTP',
    behaviour: (socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
    expected: { kind: 'network' },
  },
  {
    name: 'a redirect',
    behaviour: reply({ status: 307, headers: { location: 'https://elsewhere.example/' } }),
    expected: { kind: 'network', lasting: true },
  },
];

const answers = (dialect: ServerDialect): readonly Failure[] => {
  const { busy, delta, finish, start } = dialect;
  return [
    { name: 'no event', behaviour: answer(''), expected: { kind: 'malformed_response' } },
    {
      name: 'only comments',
      behaviour: answer(': hi\n\n'),
      expected: { kind: 'malformed_response' },
    },
    {
      name: 'a page with status 200',
      behaviour: reply({ headers: typed('text/html'), body: html }),
      expected: { kind: 'malformed_response' },
    },
    {
      name: 'broken JSON in the stream',
      behaviour: answer(`${start}${delta('Hel')}${delta('lo').slice(0, -6)}\n\n`),
      expected: { kind: 'malformed_response' },
      text: 'Hel',
    },
    {
      name: 'broken JSON as a document',
      behaviour: reply({ headers: typed('application/json'), body: '{' }),
      expected: { kind: 'malformed_response' },
    },
    {
      name: 'a document of another shape',
      behaviour: json(200, { hello: 'world' }),
      expected: { kind: dialect.sdk === 'openai' ? 'stream_truncated' : 'malformed_response' },
    },
    {
      name: 'an error with status 200',
      behaviour: json(200, { error: 'Unexpected endpoint or method.' }),
      expected: { kind: 'endpoint_not_found' },
    },
    {
      name: 'a stream without end marker',
      behaviour: answer(start + delta('Hel') + delta('lo')),
      expected: { kind: 'stream_truncated' },
      text: 'Hello',
    },
    {
      name: 'an error in mid-stream',
      behaviour: answer(start + delta('Hel') + busy.event),
      expected: { kind: busy.kind },
      text: 'Hel',
    },
    {
      name: 'an answer stopped by the content filter',
      behaviour: answer(start + delta('Hel') + finish('filtered')),
      expected: { kind: 'content_filtered' },
      text: 'Hel',
    },
  ];
};

export function failuresOf(dialect: ServerDialect): readonly Failure[] {
  return [statuses, headers, connections, answers].flatMap((group) => group(dialect));
}

export interface Success {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly finishReason?: string;
}

export function successesOf(dialect: ServerDialect): readonly Success[] {
  const { delta, document, finish, start } = dialect;
  const whole = start + delta('Hel') + delta('lo') + finish('stop');
  return [
    { name: 'at once', behaviour: answer(whole) },
    { name: 'byte by byte', behaviour: byteByByte(streamHead + whole) },
    { name: 'with CRLF', behaviour: answer(whole.replaceAll('\n', '\r\n')) },
    {
      name: 'with comments',
      behaviour: answer(`: hi\n\n${start}: hi\n\n${whole.slice(start.length)}`),
    },
    {
      name: 'that ends at the limit',
      behaviour: answer(start + delta('Hello') + finish('length')),
      finishReason: 'length',
    },
    { name: 'cut after the end marker', behaviour: reset(chunkedHead + chunk(whole)) },
    {
      name: 'with events nobody knows',
      behaviour: answer(start + event({ type: 'ping' }) + whole.slice(start.length)),
    },
    {
      name: 'as one document',
      behaviour: json(200, document('Hello'), { 'x-request-id': 'req-1' }),
    },
  ];
}
