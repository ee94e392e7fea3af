import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { isTransient, mayRetry, retryDelay } from '../../../client/jobs/retry.ts';
import { type Attempt, errorKinds, type ErrorInfo, type ErrorKind } from '../../../client/model.ts';

const hour = 3_600_000;

function failed(error: Partial<ErrorInfo>, number = 1): Attempt {
  const info = { kind: 'network', message: '', ...error } as const;
  return { number, provider: 'p', modelAsked: 'm', startedAt: 0, durationMs: 0, error: info };
}

describe('retry delay', () => {
  const retry = fc.nat(10);
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const retryAfterMs = fc.option(fc.nat(100 * hour), { nil: undefined });

  it('is min(5 s × 2^n × (0.5 … 1.5), 300 s), and at least Retry-After up to an hour', () => {
    fc.assert(
      fc.property(retry, random, retryAfterMs, (retry, random, retryAfterMs) => {
        const error = { kind: 'rate_limited', message: '', retryAfterMs } as const;
        const delay = retryDelay(error, retry, random);
        const base = 5_000 * 2 ** retry;
        const asked = Math.min(retryAfterMs ?? 0, hour);
        assert(Number.isInteger(delay));
        assert(delay >= Math.max(asked, Math.min(base * 0.5, 300_000)));
        assert(delay <= Math.max(asked, Math.min(base * 1.5, 300_000)));
      }),
    );
  });

  it('grows with each retry and with chance', () => {
    const error = { kind: 'network', message: '' } as const;
    const delays = [0, 1, 2, 3, 4, 5, 6].map((retry) => retryDelay(error, retry, 0.5));
    assert.deepEqual(delays, [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000]);
    assert.deepEqual([retryDelay(error, 0, 0), retryDelay(error, 0, 0.999)], [2_500, 7_495]);
  });
});

describe('whether a failure is retried', () => {
  const caps: Partial<Record<ErrorKind, number>> = {
    rate_limited: 5,
    overloaded: 4,
    network: 4,
    server_error: 3,
    timeout: 2,
    malformed_response: 1,
    stream_truncated: 1,
  };
  for (const kind of errorKinds) {
    const most = caps[kind] ?? 0;
    it(`${kind}: ${most} times`, () => {
      const error = { kind, message: '' };
      assert.equal(isTransient(error), most > 0);
      for (let attempts = 1; attempts <= 7; attempts++) {
        const all = Array.from({ length: attempts }, (_, index) => failed(error, index + 1));
        assert.equal(mayRetry(error, all), attempts <= most);
      }
    });
  }

  it('once after a conflict, and once when the cause will hardly go away', () => {
    const conflict = { kind: 'invalid_request', message: '', status: 409 } as const;
    const refused = { kind: 'network', message: '', lasting: true } as const;
    for (const error of [conflict, refused]) {
      assert.equal(mayRetry(error, [failed(error)]), true);
      assert.equal(mayRetry(error, [failed(error), failed(error)]), false);
    }
  });

  it('never more than five times in all, whatever the mixture', () => {
    const kinds: ErrorKind[] = ['rate_limited', 'network', 'overloaded', 'timeout', 'server_error'];
    const mixture = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(mixture, (kinds) => {
        const attempts: Attempt[] = [];
        for (const kind of kinds) {
          const error = { kind, message: '' };
          attempts.push(failed(error, attempts.length + 1));
          if (!mayRetry(error, attempts)) break;
        }
        assert(attempts.length <= 6);
      }),
    );
  });
});
