/** Asking a provider in tests. */
import assert from 'node:assert/strict';
import type { ErrorInfo } from '../../client/model.ts';
import {
  type Connection,
  type Provider,
  ProviderError,
  type ProviderRequest,
} from '../../client/providers/provider.ts';

export const request: ProviderRequest = {
  model: 'm-1',
  messages: [{ role: 'user', content: 'Hi' }],
  parameters: {},
  format: 'text',
};

/** Asks for what must fail; answers how, and what text came before. */
export async function failure(
  provider: Provider,
  connection: Connection,
  signal = new AbortController().signal,
  onText: () => void = () => undefined,
): Promise<{ info: ErrorInfo; text: string }> {
  let text = '';
  const receive = (piece: string): void => {
    text += piece;
    onText();
  };
  try {
    await provider.stream(connection, request, receive, signal);
  } catch (error) {
    assert(ProviderError.is(error), String(error));
    return { info: error.info, text };
  }
  return assert.fail(`It succeeded: ${text}`);
}
