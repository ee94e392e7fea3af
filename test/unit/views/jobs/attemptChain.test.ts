import assert from 'node:assert/strict';
import type { Attempt, ErrorInfo } from '../../../../client/model.ts';
import { attemptChain, seconds } from '../../../../client/views/jobs/attemptChain.ts';

type Link = readonly [
  credential: string | undefined,
  startedAt: number,
  durationMs: number,
  error?: Partial<ErrorInfo>,
];

const cases: readonly [chain: string, ...Link[]][] = [
  [''],
  ['Work: answered after 1.2 s', ['work', 0, 1200]],
  ['echo: answered after 0.0 s', [undefined, 0, 4]],
  [
    'Work: rate limit (429) → waited 7.0 s → Work: answered after 12 s',
    ['work', 0, 1000, { kind: 'rate_limited', status: 429 }],
    ['work', 8000, 12_000],
  ],
  [
    'Work: key refused (401) → Home: not reached (ECONNREFUSED)',
    ['work', 0, 1000, { kind: 'auth', status: 401 }],
    ['home', 1200, 30, { kind: 'network', code: 'ECONNREFUSED' }],
  ],
  ['Work: failed', ['work', 0, 10, { kind: 'internal' }]],
];

describe('what has happened to a job', () => {
  for (const [chain, ...links] of cases) {
    it(chain || 'nothing', () => {
      const attempts = links.map(([credential, startedAt, durationMs, error], index): Attempt => ({
        number: index + 1,
        provider: 'echo',
        modelAsked: 'm',
        startedAt,
        durationMs,
        ...(credential !== undefined && { credential }),
        ...(error && { error: { kind: 'internal', message: 'No.', ...error } }),
      }));
      const nameOf = (id: string): string => `${id[0]!.toUpperCase()}${id.slice(1)}`;
      assert.equal(attemptChain(attempts, nameOf), chain);
    });
  }

  const spans: readonly [ms: number, text: string][] = [
    [0, '0.0 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [185_000, '3 min 5 s'],
  ];
  for (const [ms, text] of spans) it(`${ms} ms is ${text}`, () => assert.equal(seconds(ms), text));
});
