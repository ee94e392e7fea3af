import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Handlers, HostChannel, PageChannel } from '../../../client/panels/channel.ts';
import type { PageContract } from '../../../client/panels/protocol.ts';
import { PortPair } from '../../support/portPair.ts';

interface Contract extends PageContract {
  readonly requests: {
    double: { params: { value: number }; result: number };
    refuse: { params: { reason: string }; result: void };
    throwText: { params: Record<string, never>; result: void };
    unclonable: { params: Record<string, never>; result: unknown };
  };
  readonly events: { happened: { what: string } };
}

const handlers: Handlers<Contract> = {
  double: async ({ value }) => value * 2,
  refuse({ reason }) {
    throw new Error(reason);
  },
  throwText() {
    // oxlint-disable-next-line typescript/only-throw-error -- what careless code throws
    throw 'just words';
  },
  unclonable: () => () => 1,
};
const describeError = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function connect() {
  const ports = new PortPair();
  const heard: string[] = [];
  const page = new PageChannel<Contract>(ports.page, {
    happened: ({ what }) => heard.push(what),
  });
  const host = new HostChannel<Contract>(ports.host, describeError);
  host.serve(handlers);
  return { ports, page, host, heard };
}

describe('A channel between a page and its host', () => {
  it('answers a request with its result', async () => {
    assert.equal(await connect().page.request('double', { value: 21 }), 42);
  });

  const failures: [string, () => Promise<unknown>, RegExp][] = [
    [
      'a handler throws',
      () => connect().page.request('refuse', { reason: 'No room.' }),
      /^No room/,
    ],
    ['a handler throws a text', () => connect().page.request('throwText', {}), /^just words$/],
    ['the result cannot travel', () => connect().page.request('unclonable', {}), /clone/],
    [
      'the method is unknown',
      () => connect().page.request('format' as 'double', { value: 1 }),
      /^Unknown request "format"/,
    ],
    [
      'the method is one every object has',
      () => connect().page.request('constructor' as 'double', { value: 1 }),
      /^Unknown request/,
    ],
    [
      'the parameters are missing',
      () => connect().page.request('refuse', undefined as never),
      /undefined/,
    ],
  ];
  for (const [name, ask, message] of failures) {
    it(`sends an error back when ${name}`, () =>
      assert.rejects(ask(), (error: Error) => message.test(error.message)));
  }

  it('answers every request, whatever they are and in whatever order they end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom('double', 'refuse', 'nonsense', 'toString'), fc.integer()),
        ),
        async (asked) => {
          const { page } = connect();
          const answers = await Promise.allSettled(
            asked.map(([method, value]) =>
              page.request(method as 'double', { value, reason: String(value) } as never),
            ),
          );
          for (const [index, answer] of answers.entries()) {
            const [method, value] = asked[index]!;
            if (method === 'double') {
              assert.deepEqual(answer, { status: 'fulfilled', value: value * 2 });
            } else {
              assert.equal(answer.status, 'rejected');
              const reason = method === 'refuse' ? String(value) : `Unknown request "${method}".`;
              assert.equal(answer.reason.message, reason);
            }
          }
        },
      ),
    ));

  it('is not disturbed by messages that are none of its own', () =>
    fc.assert(
      fc.asyncProperty(fc.anything(), async (noise) => {
        const { ports, page } = connect();
        try {
          ports.page.post(noise);
          ports.host.post(noise);
        } catch {
          return; // cannot even be posted
        }
        await ports.quiet();
        assert.equal(await page.request('double', { value: 2 }), 4);
      }),
    ));

  it('tells events, and only to those who listen', async () => {
    const { heard, host, ports } = connect();
    host.emit('happened', { what: 'rain' });
    ports.host.post({ event: 'toString', payload: 1 });
    await ports.quiet();
    assert.deepEqual(heard, ['rain']);
  });

  it('rejects what a closed page waits for, and what it asks afterwards', async () => {
    const { page } = connect();
    const asked = page.request('double', { value: 1 });
    page.dispose();
    await assert.rejects(asked, /closed/);
    await assert.rejects(page.request('double', { value: 1 }), /closed/);
  });

  it('says nothing more once the host is gone', async () => {
    const { heard, host, page, ports } = connect();
    const asked = page.request('double', { value: 1 });
    host.dispose();
    host.emit('happened', { what: 'too late' });
    await ports.quiet();
    assert.deepEqual(heard, []);
    page.dispose();
    await assert.rejects(asked, /closed/);
  });
});
