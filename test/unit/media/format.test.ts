import assert from 'node:assert/strict';
import { count, duration, exactTime, relativeTime } from '../../../media/shared/format.ts';

const now = Date.UTC(2026, 10, 22, 12);
const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

describe('Times and numbers', () => {
  const moments: [ms: number, text: string][] = [
    [0, 'now'],
    [-59 * seconds, 'now'],
    [-minutes, '1 min. ago'],
    [-119 * seconds, '1 min. ago'],
    [-59 * minutes, '59 min. ago'],
    [-hours, '1 hr. ago'],
    [-days, 'yesterday'],
    [-13 * days, 'last wk.'],
    [-45 * days, 'last mo.'],
    [-800 * days, '2 yr. ago'],
    [400, 'now'],
    [12 * seconds, 'in 12 sec.'],
    [5 * minutes, 'in 5 min.'],
  ];
  for (const [ms, text] of moments) {
    it(`says "${text}" for ${ms} ms`, () => assert.equal(relativeTime(now + ms, now, 'en'), text));
  }

  it('speaks the language', () => {
    assert.equal(relativeTime(now - 3 * hours, now, 'de'), 'vor 3 Std.');
    assert.equal(count(1234567, 'de'), '1.234.567');
    assert.equal(duration(12_345, 'de'), '12,3 s');
  });

  it('has the exact moment', () => {
    assert.match(exactTime(now, 'en'), /Nov 2[1-3], 2026.*:00:00/);
  });

  const durations: [ms: number, text: string][] = [
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min 00 s'],
    [185_000, '3 min 05 s'],
  ];
  for (const [ms, text] of durations) {
    it(`says "${text}" for ${ms} ms of work`, () => assert.equal(duration(ms, 'en'), text));
  }
});
