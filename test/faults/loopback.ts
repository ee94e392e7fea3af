/** The provider's side: counts every request that reaches it and answers late, in pieces, or not at all. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';
import { pause } from './windows.ts';

export interface Manners {
  /** Of a hundred requests, so many are refused: try again later. */
  readonly refusals: number;
  /** Milliseconds an answer takes at most. */
  readonly slowest: number;
}

export class Loopback {
  readonly #server: Server;
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #manners: Manners;
  /** Prompts that reached it and were not refused; each may do so once. */
  readonly #sent = new Set<number>();
  /** Answers wait for this. */
  held: Promise<void> = Promise.resolve();
  requests = 0;

  private constructor(tally: Tally, random: Random, manners: Manners) {
    this.#tally = tally;
    this.#random = random;
    this.#manners = manners;
    this.#server = createServer((request, response) => {
      request.resume();
      response.on('error', () => undefined);
      void this.#serve(Number(request.url?.slice(1)), response);
    });
  }

  static async start(
    tally: Tally,
    random: Random,
    manners: Manners = { refusals: 0, slowest: 15 },
  ): Promise<Loopback> {
    const loopback = new Loopback(tally, random, manners);
    loopback.#server.listen(0, '127.0.0.1');
    await once(loopback.#server, 'listening');
    return loopback;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  wasSent(prompt: number): boolean {
    return this.#sent.has(prompt);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(prompt: number, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const wait = this.#random.next() * this.#manners.slowest;
    if (this.#sent.has(prompt)) {
      this.#tally.double(`prompt ${prompt} was sent again`);
    } else if (this.#random.below(100) < this.#manners.refusals) {
      response.writeHead(429).end();
      return;
    }
    this.#sent.add(prompt);
    await this.held;
    await pause(wait / 2);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('Answer ');
    await pause(wait / 2);
    response.end(String(prompt));
  }
}

export function answerTo(prompt: number): string {
  return `Answer ${prompt}`;
}
