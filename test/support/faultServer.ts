/**
 * A raw server on loopback for what no HTTP library lets one do: cut a connection anywhere, stall, send bytes one by
 * one, repeat a request's headers.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What the server does with a request; the connection is closed afterwards unless it stalls. */
export type Behaviour = (socket: Socket, request: RawRequest) => void | Promise<void>;

export class FaultServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Every request so far, oldest first. */
  readonly requests: RawRequest[] = [];
  /** Changed at will between requests. */
  behaviour: Behaviour;

  private constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => this.#sockets.delete(socket));
      void this.#serve(socket);
    });
  }

  static async start(behaviour: Behaviour = answer()): Promise<FaultServer> {
    const server = new FaultServer(behaviour);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get baseUrl(): string {
    return `${this.origin}/v1`;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(socket: Socket): Promise<void> {
    const request = await receive(socket);
    if (request === undefined) return;
    this.requests.push(request);
    await this.behaviour(socket, request);
  }
}

async function receive(socket: Socket): Promise<RawRequest | undefined> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const [start = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = new Map(lines.map(headerOf));
    const body = bytes.subarray(end + 4);
    if (body.length < Number(headers.get('content-length') ?? 0)) continue;
    const [method = '', path = ''] = start.split(' ');
    return { method, path, headers, body: body.toString('utf8') };
  }
  return undefined;
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

// -------------------------------------------------------------------------------------------- what it can answer

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The head of an answer whose body ends with the connection. */
export function head({ status = 200, headers = {} }: Reply): string {
  const lines = Object.entries({ connection: 'close', ...headers });
  return `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** A whole answer, sent at once. */
export function reply(what: Reply): Behaviour {
  return (socket) => void socket.end(head(what) + (what.body ?? ''));
}

export function json(status: number, body: unknown, headers: Reply['headers'] = {}): Behaviour {
  const type = { 'content-type': 'application/json' };
  return reply({ status, headers: { ...type, ...headers }, body: JSON.stringify(body) });
}

export function event(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

export function delta(content: string): string {
  return event({ model: 'm-1', choices: [{ index: 0, delta: { content }, finish_reason: null }] });
}

export function finish(reason = 'stop'): string {
  return event({ model: 'm-1', choices: [{ index: 0, delta: {}, finish_reason: reason }] });
}

export const usage = event({
  model: 'm-1',
  choices: [],
  usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
});
export const done = event('[DONE]');
export const wholeStream = delta('Hel') + delta('lo') + finish() + usage + done;

export const streamHead = head({
  headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req-1' },
});

/** The same announcing chunks: only then can a client tell a cut connection from the end of the answer. */
export const chunkedHead = head({
  headers: {
    connection: 'keep-alive',
    'content-type': 'text/event-stream',
    'transfer-encoding': 'chunked',
    'x-request-id': 'req-1',
  },
});

export function chunk(bytes: string): string {
  return `${Buffer.byteLength(bytes).toString(16)}\r\n${bytes}\r\n`;
}

/** A stream of these bytes, which ends when they end. */
export function answer(body = wholeStream): Behaviour {
  return (socket) => void socket.end(streamHead + body);
}

/** Sends these bytes, then nothing, and keeps the connection. */
export function stall(bytes: string): Behaviour {
  return (socket) => void socket.write(bytes);
}

/** Sends these bytes, then cuts the connection with a reset. */
export function reset(bytes = ''): Behaviour {
  return async (socket) => {
    if (bytes !== '') await written(socket, bytes);
    socket.resetAndDestroy();
  };
}

/** Every byte in a packet of its own. */
export function byteByByte(bytes: string): Behaviour {
  return async (socket) => {
    socket.setNoDelay(true);
    for (const byte of Buffer.from(bytes)) await written(socket, Buffer.of(byte));
    socket.end();
  };
}

/** Resolves when the bytes have left and the other side had a turn to read them. */
async function written(socket: Socket, bytes: string | Buffer): Promise<void> {
  await new Promise((resolve) => {
    socket.write(bytes, resolve);
  });
  await new Promise(setImmediate);
}
