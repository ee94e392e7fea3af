/** What servers say when they refuse, in whatever shape. */
import { FaultError, type Refusal } from './fault.ts';

/**
 * Reads an error body in any of its usual shapes: OpenAI's and Anthropic's object, Cohere's `{ message }`, a bare
 * string, or a list with one of them.
 */
export function refusalOf(body: unknown, fallback: string): Refusal {
  const inner = Array.isArray(body) ? (body as unknown[])[0] : body;
  if (typeof inner === 'string') return { message: inner };
  if (typeof inner !== 'object' || inner === null) return { message: fallback };
  if ('error' in inner && inner.error !== null && inner.error !== undefined)
    return refusalOf(inner.error, fallback);
  const { message, code, type, param, details } = inner as Record<string, unknown>;
  return {
    message: typeof message === 'string' ? message : fallback,
    // Anthropic's stable code lies in the details.
    code: text(code) ?? text((details as Record<string, unknown> | undefined)?.['error_code']),
    type: text(type),
    param: text(param),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Some servers put an error into an answer with status 200. @throws FaultError */
export function refuseError(body: unknown, text: string, requestId: string | undefined): void {
  if (typeof body !== 'object' || body === null || !('error' in body)) return;
  if (body.error === undefined || body.error === null) return;
  const refusal = refusalOf(body.error, text);
  // RunPod's vLLM puts the status beside the error, not into it.
  const beside = 'code' in body && typeof body.code === 'number' ? String(body.code) : undefined;
  const code = refusal.code ?? beside;
  throw new FaultError({ on: 'answer', whole: true, requestId, ...refusal, code });
}
