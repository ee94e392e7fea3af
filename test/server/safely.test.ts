import assert from 'node:assert/strict';
import { CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { Safely } from '../../server/safely.ts';

const { None: none, Cancelled: cancelled } = CancellationToken;

describe('safely', () => {
  let logged: string[];
  let safely: Safely;
  beforeEach(() => {
    logged = [];
    safely = new Safely((message) => logged.push(message));
  });

  const fail = (): number => {
    throw new Error('broken');
  };

  it('answers what the work answers', async () => {
    const double = (n: number) => n * 2;
    assert.equal(await safely.first('a', 0, double)(2, none), 4);
    assert.equal(await safely.later('a', 0, double)(2, none), 4);
    assert.equal(await safely.orReject('a', double)(2, none), 4);
  });

  it('logs a failure and answers nothing instead', async () => {
    assert.equal(await safely.first('hover', -1, fail)(undefined, none), -1);
    assert.equal(await safely.later('symbols', -1, async () => fail())(undefined, none), -1);
    assert.match(logged[0] ?? '', /^hover failed: Error: broken/);
    assert.match(logged[1] ?? '', /^symbols failed: Error: broken/);
  });

  it('rejects our own requests with the cause', async () => {
    const answer = await safely.orReject('render', fail)(undefined, none);
    assert(answer instanceof ResponseError);
    assert.equal(answer.message, 'broken');
  });

  it('does not begin what is cancelled', async () => {
    let begun = false;
    const answer = await safely.later('a', 0, () => {
      begun = true;
      return 1;
    })(undefined, cancelled);
    assert(answer instanceof ResponseError);
    assert.equal(answer.code, LSPErrorCodes.RequestCancelled);
    assert.equal(begun, false);
    assert.deepEqual(logged, []);
  });

  it('lets what an author waits for go first', async () => {
    const order: string[] = [];
    const { promise: typed, resolve } = Promise.withResolvers<void>();
    const later = safely.later('diagnostic', 0, () => order.push('diagnostics'))(undefined, none);
    const first = safely.first('completion', 0, async () => {
      await typed;
      return order.push('completion');
    })(undefined, none);
    setImmediate(() => setImmediate(() => setImmediate(resolve)));
    await Promise.all([later, first]);
    assert.deepEqual(order, ['completion', 'diagnostics']);
  });

  it('survives failing events', async () => {
    safely.run('watch', fail);
    safely.run('close', async () => fail());
    await safely.idle();
    assert.equal(logged.length, 2);
  });
});
