/** Whatever a server can do wrong, and what people are told. */
import type { ErrorInfo } from '../../../client/model.ts';
import {
  answer,
  type Behaviour,
  chunk,
  chunkedHead,
  delta,
  done,
  event,
  finish,
  json,
  reply,
  reset,
  streamHead,
} from '../../support/faultServer.ts';

const error = (code: string, message = 'No.', type = 'invalid_request_error') => ({
  error: { code, message, type, param: null },
});

export interface FailureCase {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly expected: Partial<ErrorInfo>;
  readonly message?: RegExp;
  readonly text?: string;
}

const html =
  '<!doctype html><html><head><title>Hotel Wi-Fi login</title></head><body>Hi</body></html>';

export const failures: readonly FailureCase[] = [
  // Statuses
  {
    name: '401',
    behaviour: json(401, error('invalid_api_key')),
    expected: { kind: 'auth', status: 401, code: 'invalid_api_key' },
    message: /^'Work' was refused by 127\.0\.0\.1:\d+ \(401\)\. Replace the key\.$/,
  },
  { name: '498', behaviour: json(498, {}), expected: { kind: 'auth', status: 498 } },
  {
    name: '403',
    behaviour: json(403, error('unsupported_country_region_territory', 'Not here.')),
    expected: { kind: 'permission', status: 403 },
    message: /^'Work' may not use the model m-1 at .*: Not here\. Choose another model/,
  },
  {
    name: '403 for a model',
    behaviour: json(403, error('model_not_found')),
    expected: { kind: 'model_not_found', status: 403 },
  },
  {
    name: '404 with code',
    behaviour: json(404, error('model_not_found')),
    expected: { kind: 'model_not_found', status: 404 },
    message:
      /^The model m-1 does not exist for 'Work' at .* \(404\)\. Choose a model from the provider's list\.$/,
  },
  {
    name: '404 of Ollama',
    behaviour: json(404, { error: { message: 'model "m-1" not found, try pulling it first' } }),
    expected: { kind: 'model_not_found', status: 404 },
  },
  {
    name: '404 as bare text',
    behaviour: reply({ status: 404, body: '404 page not found' }),
    expected: { kind: 'endpoint_not_found', status: 404 },
    message: /^Nothing answers at http:\/\/127\.0\.0\.1:\d+\/v1 \(404\): .*is \/v1 missing\?$/,
  },
  { name: '405', behaviour: json(405, {}), expected: { kind: 'endpoint_not_found', status: 405 } },
  {
    name: '400',
    behaviour: json(400, error('bad')),
    expected: { kind: 'invalid_request', status: 400 },
  },
  {
    name: '400 too long',
    behaviour: json(400, error('context_length_exceeded', '9000 tokens.')),
    expected: { kind: 'invalid_request', code: 'context_length_exceeded' },
    message: /^The prompt is too long for the model \(400\): 9000 tokens\. Shorten it/,
  },
  {
    name: '400 content filter',
    behaviour: json(400, error('content_filter', 'Violence.')),
    expected: { kind: 'content_filtered', status: 400 },
  },
  { name: '402', behaviour: json(402, {}), expected: { kind: 'quota_exhausted', status: 402 } },
  { name: '408', behaviour: json(408, {}), expected: { kind: 'timeout', status: 408 } },
  { name: '409', behaviour: json(409, {}), expected: { kind: 'invalid_request', status: 409 } },
  { name: '413', behaviour: json(413, {}), expected: { kind: 'invalid_request', status: 413 } },
  { name: '422', behaviour: json(422, {}), expected: { kind: 'invalid_request', status: 422 } },
  {
    name: '429 with Retry-After in seconds and a request id',
    behaviour: json(429, error('rate_limit_exceeded', 'Slow down.', 'requests'), {
      'retry-after': '7',
      'x-request-id': 'req-9',
    }),
    expected: { kind: 'rate_limited', status: 429, retryAfterMs: 7000, requestId: 'req-9' },
  },
  {
    name: '429 with Retry-After as a date by the server clock',
    behaviour: json(
      429,
      {},
      {
        date: 'Sun, 22 Nov 2026 10:00:00 GMT',
        'retry-after': 'Sun, 22 Nov 2026 10:01:30 GMT',
      },
    ),
    expected: { kind: 'rate_limited', retryAfterMs: 90_000 },
  },
  {
    name: '429 without quota',
    behaviour: json(429, error('insufficient_quota', 'Pay.', 'insufficient_quota')),
    expected: { kind: 'quota_exhausted', status: 429, code: 'insufficient_quota' },
    message: /^'Work' has no budget left at .* \(429\): Pay\. Check the billing/,
  },
  { name: '500', behaviour: json(500, {}), expected: { kind: 'server_error', status: 500 } },
  {
    name: '502 with a page',
    behaviour: reply({ status: 502, headers: { 'content-type': 'text/html' }, body: html }),
    expected: { kind: 'server_error', status: 502 },
    message: /had an internal error \(502\): Hotel Wi-Fi login\. Try again later\.$/,
  },
  { name: '503', behaviour: json(503, {}), expected: { kind: 'overloaded', status: 503 } },
  { name: '504', behaviour: json(504, {}), expected: { kind: 'timeout', status: 504 } },
  { name: '529', behaviour: json(529, {}), expected: { kind: 'overloaded', status: 529 } },
  {
    name: 'an error body that is a list',
    behaviour: json(400, [{ error: { code: 400, message: 'API key not valid.' } }]),
    expected: { kind: 'invalid_request', status: 400, code: '400' },
  },
  // Connections
  { name: 'reset before headers', behaviour: reset(), expected: { kind: 'network' } },
  {
    name: 'reset in mid-stream',
    behaviour: reset(chunkedHead + chunk(delta('Hel'))),
    expected: { kind: 'network', code: 'ECONNRESET' },
    text: 'Hel',
  },
  {
    name: 'reset in mid-stream, which looks like its end',
    behaviour: reset(streamHead + delta('Hel')),
    expected: { kind: 'stream_truncated' },
    text: 'Hel',
  },
  {
    name: 'closed before headers',
    behaviour: (socket) => void socket.end(),
    expected: { kind: 'network' },
  },
  {
    name: 'not HTTP at all',
    behaviour: (socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
    expected: { kind: 'network' },
  },
  // Answers that are none
  { name: 'no event', behaviour: answer(''), expected: { kind: 'malformed_response' } },
  {
    name: 'only comments',
    behaviour: answer(': hi\n\n'),
    expected: { kind: 'malformed_response' },
  },
  {
    name: 'a web page with status 200',
    behaviour: reply({ headers: { 'content-type': 'text/html' }, body: html }),
    expected: { kind: 'malformed_response' },
    message: /did not answer like this provider: Hotel Wi-Fi login\. Is it a login page/,
  },
  {
    name: 'a web page without type',
    behaviour: reply({ body: html }),
    expected: { kind: 'malformed_response' },
  },
  {
    name: 'broken JSON in the stream',
    behaviour: answer(`${delta('Hel')}data: {"choices\n\n`),
    expected: { kind: 'malformed_response' },
    text: 'Hel',
  },
  {
    name: 'broken JSON document',
    behaviour: reply({ headers: { 'content-type': 'application/json' }, body: '{' }),
    expected: { kind: 'malformed_response' },
  },
  {
    name: 'a stream without end marker',
    behaviour: answer(delta('Hel') + delta('lo') + done),
    expected: { kind: 'stream_truncated' },
    text: 'Hello',
  },
  // Errors with status 200
  {
    name: '200 with an error text (LM Studio)',
    behaviour: json(200, { error: 'Unexpected endpoint or method.' }),
    expected: { kind: 'endpoint_not_found' },
  },
  {
    name: '200 with a code beside the error (vLLM on RunPod)',
    behaviour: json(200, { object: 'error', error: 'The model `m-1` does not exist.', code: 404 }),
    expected: { kind: 'model_not_found', code: '404' },
  },
  {
    name: 'an error event',
    behaviour: answer(delta('Hel') + event(error('server_is_overloaded', 'Busy.'))),
    expected: { kind: 'overloaded', code: 'server_is_overloaded', requestId: 'req-1' },
    text: 'Hel',
  },
  {
    name: 'an error event with a status as code (OpenRouter)',
    behaviour: answer(event({ error: { code: 429, message: 'Upstream limit.' } })),
    expected: { kind: 'rate_limited', code: '429' },
  },
  {
    name: 'an error event that says nothing',
    behaviour: answer(event({ error: { message: 'Oops' } })),
    expected: { kind: 'server_error' },
  },
  // Declined
  {
    name: 'finished by the content filter',
    behaviour: answer(delta('Hel') + finish('content_filter') + done),
    expected: { kind: 'content_filtered' },
    text: 'Hel',
  },
  {
    name: 'a refusal',
    behaviour: answer(
      event({ choices: [{ delta: { refusal: 'I will not.' } }] }) + finish() + done,
    ),
    expected: { kind: 'content_filtered' },
    message: /^The provider declined this content: I will not\. Change the prompt\.$/,
  },
];
