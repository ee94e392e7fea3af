/** Translates what the OpenAI SDK, `fetch` and our own guards throw into a `Fault`. */
import { OpenAI } from 'openai';
import type { Clock } from './clock.ts';
import { type Fault, FaultError, type Refusal } from './fault.ts';
import { retryAfterMs } from './retryAfter.ts';

export function faultOf(error: unknown, clock: Clock): Fault {
  const ours = ownFault(error);
  if (ours !== undefined) return ours;
  if (error instanceof OpenAI.APIConnectionError) return networkFault(error);
  if (error instanceof OpenAI.APIUserAbortError) return { on: 'cancel' };
  if (error instanceof OpenAI.APIError) return apiFault(error, clock);
  if (error instanceof SyntaxError)
    return { on: 'shape', detail: 'a part of the answer is no JSON' };
  // `fetch` and its body streams throw TypeErrors whose causes carry the system's code.
  if (error instanceof TypeError && error.cause !== undefined) return networkFault(error);
  return { on: 'bug', message: error instanceof Error ? error.message : String(error) };
}

/** The SDK wraps what our `fetch` throws, so a fault may lie below. */
function ownFault(error: unknown): Fault | undefined {
  for (const link of chain(error)) if (link instanceof FaultError) return link.fault;
  return undefined;
}

function networkFault(error: Error): Fault {
  const links = [...chain(error)];
  const code = links.map(codeOf).find((found) => found !== undefined);
  const innermost = links.at(-1)?.message ?? error.message;
  return code === undefined
    ? { on: 'network', message: innermost }
    : { on: 'network', code, message: innermost };
}

/** An error and its causes, outermost first; a cycle would end it. */
function* chain(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  for (let link = error; link instanceof Error && !seen.has(link); link = link.cause) {
    seen.add(link);
    yield link;
  }
}

function codeOf(error: Error): string | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function apiFault(error: InstanceType<typeof OpenAI.APIError>, clock: Clock): Fault {
  const requestId = error.requestID ?? undefined;
  const refusal = refusalOf(error.error, error.message);
  if (error.status === undefined) return { on: 'answer', whole: false, requestId, ...refusal };
  const wait = error.headers && retryAfterMs(error.headers, clock.now());
  return { on: 'status', status: error.status, requestId, retryAfterMs: wait, ...refusal };
}

/** Reads an error body in any of its usual shapes: OpenAI's object, a bare string, or a list with one of them. */
export function refusalOf(body: unknown, fallback: string): Refusal {
  const inner = Array.isArray(body) ? (body as unknown[])[0] : body;
  if (typeof inner === 'string') return { message: inner };
  if (typeof inner !== 'object' || inner === null) return { message: fallback };
  if ('error' in inner && inner.error !== null) return refusalOf(inner.error, fallback);
  const { message, code, type, param } = inner as Record<string, unknown>;
  return {
    message: typeof message === 'string' ? message : fallback,
    code: text(code),
    type: text(type),
    param: text(param),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
