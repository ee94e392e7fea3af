import assert from 'node:assert/strict';
import {
  CancellationToken,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
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
    assert.equal(await safely.first('hover', -1, fail)({ query: 'x' }, none), -1);
    assert.equal(await safely.later('symbols', -1, async () => fail())({ query: 'x' }, none), -1);
    assert.match(logged[0] ?? '', /^hover failed: Error: broken/);
    assert.match(logged[1] ?? '', /^symbols failed: Error: broken/);
  });

  const slips: [params: unknown, message: RegExp][] = [
    [undefined, /must be an object/],
    [null, /must be an object/],
    ['x', /must be an object/],
    [{}, /“textDocument” must be/],
    [{ textDocument: null }, /“textDocument” must be/],
    [{ textDocument: { uri: 5 } }, /“textDocument” must be/],
    [{ position: { line: 0, character: 0 } }, /“textDocument” must be/],
  ];
  for (const [params, message] of slips) {
    it(`says what is wrong with the parameters ${JSON.stringify(params)}`, async () => {
      const answer = await safely.later<unknown, number>('hover', -1, fail)(params, none);
      assert(answer instanceof ResponseError);
      assert.equal(answer.code, ErrorCodes.InvalidParams);
      assert.match(answer.message, message);
      assert.deepEqual(logged, []);
    });
  }

  it('rejects our own requests with the cause', async () => {
    const answer = await safely.orReject('render', fail)({ query: 'x' }, none);
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
