import assert from 'node:assert/strict';
import type { Credential, Job, RateLimits } from '../../../client/model.ts';
import { RateLedger } from '../../../client/jobs/rateLimits.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { entry } from './places.ts';

const requests: RateLimits = { requestsPerMinute: 2 };
const tokens: RateLimits = { tokensPerMinute: 100 };

/** A use so many seconds ago, and its tokens. */
type Use = readonly [secondsAgo: number, tokens: number];

/** What is asked for, and after how many seconds it may go; `undefined`: now. */
type Case = readonly [string, RateLimits | undefined, readonly Use[], number, number | undefined];

const cases: readonly Case[] = [
  ['no limit', undefined, [[1, 500]], 500, undefined],
  ['nothing sent yet', requests, [], 10, undefined],
  ['one less than the limit', requests, [[50, 0]], 10, undefined],
  [
    'as many as the limit',
    requests,
    [
      [50, 0],
      [20, 0],
    ],
    10,
    10,
  ],
  [
    'more than the limit',
    requests,
    [
      [50, 0],
      [20, 0],
      [10, 0],
    ],
    10,
    40,
  ],
  [
    'a request older than a minute',
    requests,
    [
      [60, 0],
      [20, 0],
    ],
    10,
    undefined,
  ],
  ['room for the tokens', tokens, [[10, 60]], 40, undefined],
  [
    'too many tokens',
    tokens,
    [
      [50, 30],
      [10, 60],
    ],
    40,
    10,
  ],
  [
    'tokens for which two must go',
    tokens,
    [
      [50, 30],
      [10, 60],
    ],
    60,
    50,
  ],
  ['more tokens than the limit, alone', tokens, [], 900, undefined],
  [
    'more tokens than the limit, after others',
    tokens,
    [
      [50, 1],
      [30, 1],
    ],
    900,
    30,
  ],
  [
    'both, the later one',
    { ...requests, ...tokens },
    [
      [50, 10],
      [10, 90],
    ],
    40,
    50,
  ],
];

describe('rate limits', () => {
  for (const [name, limits, uses, wanted, seconds] of cases) {
    it(`${name}: ${seconds === undefined ? 'at once' : `after ${seconds} s`}`, () => {
      const clock = new FakeClock();
      const ledger = ledgerOf(clock, limits);
      for (const [index, [ago, used]] of uses.entries()) {
        clock.jump(-ago * 1000);
        ledger.reserve(entry(`${index}`, { tokens: used }));
        clock.jump(ago * 1000);
      }
      const until = ledger.check(entry('next', { tokens: wanted }))?.until;
      assert.equal(until === undefined ? undefined : (until - clock.now()) / 1000, seconds);
      if (until === undefined) return;
      clock.set(until - clock.now());
      assert.equal(ledger.check(entry('next', { tokens: wanted })), undefined);
    });
  }

  it('counts what an answer says it has used instead of the estimate', () => {
    const clock = new FakeClock();
    const ledger = ledgerOf(clock, tokens);
    const { id, credential } = entry('a');
    ledger.reserve(entry('a', { tokens: 90 }));
    assert.equal(ledger.check(entry('b', { tokens: 50 }))?.limit, 'tokensPerMinute');
    const usage = { inputTokens: 10, outputTokens: 20 };
    const attempt = { number: 1, provider: 'p', credential, modelAsked: 'm', durationMs: 5 };
    const request = { messages: [], parameters: {} };
    const startedAt = clock.now();
    const job = { id, request, attempts: [{ ...attempt, startedAt, usage }] } as unknown as Job;
    ledger.note(job);
    assert.equal(ledger.check(entry('b', { tokens: 50 })), undefined);
    assert.equal(ledger.check(entry('b', { tokens: 71 }))?.most, 100);
  });

  it('forgets what was not sent after all', () => {
    const ledger = ledgerOf(new FakeClock(), { requestsPerMinute: 1 });
    ledger.reserve(entry('a'));
    assert.notEqual(ledger.check(entry('b')), undefined);
    ledger.cancel(entry('a'));
    assert.equal(ledger.check(entry('b')), undefined);
  });

  it('counts each credential by itself', () => {
    const ledger = ledgerOf(new FakeClock(), { requestsPerMinute: 1 });
    ledger.reserve(entry('a', { credential: 'home' }));
    ledger.reserve(entry('b', { credential: undefined }));
    assert.equal(ledger.check(entry('c')), undefined);
  });

  it('lets no request wait for longer than a minute when the clock is set back', () => {
    const clock = new FakeClock();
    const ledger = ledgerOf(clock, { requestsPerMinute: 1 });
    ledger.reserve(entry('a'));
    clock.set(-86_400_000);
    assert.equal(ledger.check(entry('b')), undefined);
  });
});

function ledgerOf(clock: FakeClock, rateLimits: RateLimits | undefined): RateLedger {
  const ledger = new RateLedger(clock);
  ledger.setLimits([{ id: 'work', ...(rateLimits && { rateLimits }) } as Credential]);
  return ledger;
}
