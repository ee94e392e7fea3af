/** A provider on this machine. The number of the prompt is in the path: a request counts from its first bytes on. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import {
  type Completion,
  type Provider,
  type ProviderDescription,
  ProviderError,
} from '../../../client/providers/provider.ts';

export function loopback(port: number): ProviderDescription {
  const provider: Provider = {
    stream: async (_connection, { messages }, onText, signal) =>
      answerOf(await ask(port, messages[0]!.content, signal), onText),
    listModels: () => Promise.resolve([]),
  };
  const names = { slug: 'loopback', name: 'Loopback', baseUrl: '' };
  return {
    ...names,
    needsCredential: false,
    offline: false,
    load: () => Promise.resolve(provider),
  };
}

function ask(port: number, prompt: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method: 'POST', path: `/${prompt}`, signal };
    const sending = request(options, resolve);
    sending.once('error', (cause) => reject(network(cause)));
    sending.end(prompt);
  });
}

async function answerOf(
  response: IncomingMessage,
  onText: (text: string) => void,
): Promise<Completion> {
  if (response.statusCode === 429) {
    response.resume();
    throw new ProviderError({ kind: 'rate_limited', message: 'Too many requests.', status: 429 });
  }
  try {
    for await (const chunk of response.setEncoding('utf8')) onText(String(chunk));
  } catch (cause) {
    throw network(cause);
  }
  return { finishReason: 'stop' };
}

function network(cause: unknown): ProviderError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ProviderError({ kind: 'network', message }, { cause });
}
