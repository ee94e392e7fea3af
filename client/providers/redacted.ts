import type { ErrorInfo } from '../model.ts';
import { type Provider, ProviderError } from './provider.ts';
import type { Redactor } from './redact.ts';

/**
 * A provider of which nothing comes out, neither text nor error nor listing, with a known secret in it, and of which
 * every fault is a `ProviderError`.
 */
export function redacted(provider: Provider, redactor: Redactor): Provider {
  return {
    async stream(connection, request, onText, signal) {
      const text = redactor.stream();
      const show = (piece: string): void => {
        if (piece !== '') onText(piece);
      };
      try {
        const push = (piece: string): void => show(text.push(piece));
        const completion = await provider.stream(connection, request, push, signal);
        return redactor.redactAll(completion);
      } catch (error) {
        throw cleaned(error, redactor);
      } finally {
        show(text.end());
      }
    },
    async listModels(connection, signal) {
      try {
        return redactor.redactAll(await provider.listModels(connection, signal));
      } catch (error) {
        throw cleaned(error, redactor);
      }
    },
  };
}

function cleaned(error: unknown, redactor: Redactor): ProviderError {
  const info: ErrorInfo = ProviderError.is(error)
    ? error.info
    : { kind: 'internal', message: `The provider failed: ${String(error)}. The log says more.` };
  return new ProviderError(redactor.redactAll(info));
}
