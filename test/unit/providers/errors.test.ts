import assert from 'node:assert/strict';
import { errorInfo, readable } from '../../../client/providers/errors.ts';
import type { Fault } from '../../../client/providers/fault.ts';
import { retryAfterMs } from '../../../client/providers/retryAfter.ts';

const connection = {
  name: 'Work key',
  baseUrl: 'https://api.example.com/v1',
  origin: 'https://api.example.com',
  key: () => 'unused',
};

describe('error messages', () => {
  const status = (code: number, message = '', extra = {}): Fault => ({
    on: 'status',
    status: code,
    message,
    ...extra,
  });
  const cases: readonly {
    readonly fault: Fault;
    readonly keyless?: true;
    readonly message: string;
  }[] = [
    {
      fault: status(401),
      message: "'Work key' was refused by api.example.com (401). Replace the key.",
    },
    {
      fault: status(401),
      keyless: true,
      message: "api.example.com wants a key (401), and 'Work key' has none. Enter a key.",
    },
    {
      fault: status(429, 'Too many requests. '),
      message:
        "'Work key' is rate limited by api.example.com (429): Too many requests. Wait, or send less at a time.",
    },
    {
      fault: { on: 'network', code: 'ENOTFOUND', message: 'x' },
      message:
        'Cannot reach api.example.com: there is no server of that name (ENOTFOUND). Check the base URL and the network connection.',
    },
    {
      fault: { on: 'network', code: 'CERT_HAS_EXPIRED', message: 'x' },
      message:
        'Cannot reach api.example.com: its certificate is not trusted (CERT_HAS_EXPIRED). Check the base URL, or add the certificate to this machine.',
    },
    {
      fault: { on: 'network', message: 'terminated' },
      message: 'The connection to api.example.com failed. Check the network and proxy settings.',
    },
    {
      fault: { on: 'origin', to: 'https://evil.example' },
      message:
        "The key of 'Work key' was entered for api.example.com and is not sent to https://evil.example. Enter a key for that server.",
    },
    {
      fault: status(404, '404 page not found'),
      message:
        'Nothing answers at https://api.example.com/v1 (404): 404 page not found. Check the base URL: is /v1 missing?',
    },
    {
      fault: { on: 'bug', message: 'x is not a function' },
      message: 'The request could not be sent: x is not a function. The log says more.',
    },
  ];
  for (const { fault, keyless, message } of cases) {
    it(message, () => {
      const used = keyless ? { ...connection, key: undefined } : connection;
      assert.equal(errorInfo(fault, { connection: used, model: 'm-1' }).message, message);
    });
  }
});

describe('quoted text', () => {
  const cases = [
    { text: ' two\n\tlines.. ', read: 'two lines' },
    { text: '<html><title> Sign in </title><body>x', read: 'Sign in' },
    { text: '<p>Bad <b>gateway</b></p>', read: 'Bad gateway' },
    { text: 'a < b and c > d', read: 'a < b and c > d' },
    { text: 'x'.repeat(400), read: `${'x'.repeat(300)}…` },
    { text: 'a\u0000b\u001bc', read: 'a b c' },
  ];
  for (const { text, read } of cases) {
    it(JSON.stringify(text.slice(0, 40)), () => assert.equal(readable(text), read));
  }
});

describe('the advice about a model', () => {
  const cases: [code: string, ownModel: boolean, advice: RegExp][] = [
    ['model_not_found', false, / Choose a model from the provider's list\.$/],
    ['model_not_found', true, / The template names this model: change it there\.$/],
    ['permission_error', false, / Choose another model, or ask the provider for access\.$/],
    ['permission_error', true, / change it there, or ask the provider for access\.$/],
  ];
  for (const [code, ownModel, advice] of cases) {
    it(`is for ${code}${ownModel ? ' of a template that names it' : ''}: ${advice.source}`, () => {
      const fault: Fault = { on: 'status', status: 403, message: '', code };
      assert.match(errorInfo(fault, { connection, model: 'gpt-nope', ownModel }).message, advice);
    });
  }
});

describe('Retry-After', () => {
  const now = Date.parse('Sun, 22 Nov 2026 10:00:00 GMT');
  const cases: readonly {
    readonly headers: Record<string, string>;
    readonly ms: number | undefined;
  }[] = [
    { headers: {}, ms: undefined },
    { headers: { 'retry-after': '12' }, ms: 12_000 },
    { headers: { 'retry-after': '0.5' }, ms: 500 },
    { headers: { 'retry-after': '-3' }, ms: undefined },
    { headers: { 'retry-after': 'soon' }, ms: undefined },
    { headers: { 'retry-after-ms': '250', 'retry-after': '12' }, ms: 250 },
    { headers: { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, ms: 30_000 },
    { headers: { 'retry-after': 'Sun, 22 Nov 2026 09:00:30 GMT' }, ms: 0 },
    {
      headers: {
        date: 'Sun, 22 Nov 2026 09:00:00 GMT',
        'retry-after': 'Sun, 22 Nov 2026 09:00:30 GMT',
      },
      ms: 30_000,
    },
  ];
  for (const { headers, ms } of cases) {
    it(`${JSON.stringify(headers)} is ${ms} ms`, () => {
      assert.equal(retryAfterMs(new Headers(headers), now), ms);
    });
  }
});
