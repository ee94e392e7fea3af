import assert from 'node:assert/strict';
import { OneAtATime } from '../../../client/views/oneAtATime.ts';
import { FakeClock } from '../../support/fakeClock.ts';

describe('one run at a time', () => {
  let clock: FakeClock;
  let runs: OneAtATime;
  let started: string[];
  let end: (error?: Error) => void;

  const run = (key: string): Promise<void> =>
    runs.do(key, () => {
      started.push(key);
      return new Promise((resolve, reject) => {
        end = (error) => (error ? reject(error) : resolve());
      });
    });

  beforeEach(() => {
    clock = new FakeClock();
    runs = new OneAtATime(clock);
    started = [];
  });

  it('starts a second time only after the first has ended', async () => {
    const first = run('a');
    clock.advance(60_000);
    const second = run('a');
    end();
    await Promise.all([first, second]);
    assert.deepEqual(started, ['a']);
    clock.advance(800);
    void run('a');
    assert.deepEqual(started, ['a', 'a']);
  });

  it('does not hinder another', () => {
    void run('a');
    void run('b');
    assert.deepEqual(started, ['a', 'b']);
  });

  it('is not repeated by a key that is held down', async () => {
    const first = run('a');
    end();
    await first;
    clock.advance(660);
    for (let press = 0; press < 100; press++) {
      void run('a');
      clock.advance(30);
    }
    assert.deepEqual(started, ['a']);
    clock.advance(800);
    void run('a');
    assert.deepEqual(started, ['a', 'a']);
  });

  it('may be tried again at once when it failed', async () => {
    const first = run('a');
    end(new Error('no'));
    await assert.rejects(first, /no/);
    void run('a');
    assert.deepEqual(started, ['a', 'a']);
    assert.equal(clock.pending, 0);
  });
});
