/**
 * What went wrong with a request, as plain data, and which kind of error that is. Adapters translate what their SDK
 * throws into a `Fault`; everything after that is the same for all providers and never looks at a class name
 * (minification renames classes).
 */
import type { ErrorKind } from '../model.ts';

/** What a provider said about its refusal, in OpenAI's vocabulary. */
export interface Refusal {
  readonly code?: string;
  readonly type?: string;
  /** The request's parameter it complains about. */
  readonly param?: string;
  /** As the server wrote it; may be a whole page. */
  readonly message: string;
}

export type Fault =
  /** Answered with an error status. */
  | (Refusal & {
      readonly on: 'status';
      readonly status: number;
      readonly requestId?: string;
      readonly retryAfterMs?: number;
    })
  /** Answered 200 and then an error inside: as an event of the stream, or instead of a stream. */
  | (Refusal & { readonly on: 'answer'; readonly whole: boolean; readonly requestId?: string })
  /** No connection, or it broke. `code` as the system names it. */
  | { readonly on: 'network'; readonly code?: string; readonly message: string }
  | { readonly on: 'deadline'; readonly phase: 'first' | 'idle' | 'total'; readonly ms: number }
  /** Answered with a redirect, which could carry the key elsewhere. */
  | { readonly on: 'redirect'; readonly to: string }
  /** The request was about to leave for another origin than the key's. */
  | { readonly on: 'origin'; readonly to: string }
  /** The key cannot be a header. */
  | { readonly on: 'key' }
  /** Not the protocol: `detail` says what came instead. */
  | { readonly on: 'shape'; readonly detail: string }
  | { readonly on: 'truncated' }
  | { readonly on: 'filtered'; readonly message?: string }
  | { readonly on: 'cancel' }
  /** Ours. */
  | { readonly on: 'bug'; readonly message: string };

/** Carries a fault through code that expects exceptions, e.g. out of our own `fetch` and through an SDK. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`fault on ${fault.on}`);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

export function kindOf(fault: Fault, model: string | undefined): ErrorKind {
  switch (fault.on) {
    case 'status':
      return kindOfStatus(fault.status, fault, model);
    case 'answer':
      return kindOfAnswer(fault, model);
    case 'network':
      return timeoutCodes.has(fault.code ?? '') ? 'timeout' : 'network';
    case 'redirect':
      return 'network';
    case 'deadline':
      return 'timeout';
    case 'origin':
      return 'origin_mismatch';
    case 'key':
      return 'auth';
    case 'shape':
      return 'malformed_response';
    case 'truncated':
      return 'stream_truncated';
    case 'filtered':
      return 'content_filtered';
    case 'cancel':
      return 'cancelled';
    case 'bug':
      return 'internal';
  }
}

const timeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Codes (and types) that mean the same whatever the status is. */
const kindByCode = new Map<string, ErrorKind>([
  ['invalid_api_key', 'auth'],
  ['authentication_error', 'auth'],
  ['permission_error', 'permission'],
  ['unsupported_country_region_territory', 'permission'],
  ['model_not_found', 'model_not_found'],
  ['DeploymentNotFound', 'model_not_found'],
  ['insufficient_quota', 'quota_exhausted'],
  ['billing_hard_limit_reached', 'quota_exhausted'],
  ['billing_not_active', 'quota_exhausted'],
  ['billing_error', 'quota_exhausted'],
  ['credit_balance_exhausted', 'quota_exhausted'],
  ['organization_spend_limit_exceeded', 'quota_exhausted'],
  ['project_spend_limit_exceeded', 'quota_exhausted'],
  ['organization_usage_limit_exceeded', 'quota_exhausted'],
  ['content_filter', 'content_filtered'],
  ['content_policy_violation', 'content_filtered'],
  ['context_length_exceeded', 'invalid_request'],
  ['rate_limit_exceeded', 'rate_limited'],
  ['rate_limit_error', 'rate_limited'],
  ['overloaded_error', 'overloaded'],
  ['server_is_overloaded', 'overloaded'],
  ['slow_down', 'overloaded'],
]);

/** Only in an answer without a status of its own: beside a status these say less than it. */
const kindByType = new Map<string, ErrorKind>([
  ['invalid_request_error', 'invalid_request'],
  ['not_found_error', 'model_not_found'],
  ['server_error', 'server_error'],
  ['api_error', 'server_error'],
]);

function kindOfStatus(status: number, said: Refusal, model: string | undefined): ErrorKind {
  const known = kindByCode.get(said.code ?? '') ?? kindByCode.get(said.type ?? '');
  if (known !== undefined) return known;
  if (status === 404 || status === 405 || status === 501) {
    const namesModel = model !== undefined && model !== '' && said.message.includes(model);
    return status === 404 && namesModel ? 'model_not_found' : 'endpoint_not_found';
  }
  return kindByStatus.get(status) ?? (status >= 500 ? 'server_error' : 'invalid_request');
}

const kindByStatus = new Map<number, ErrorKind>([
  [401, 'auth'],
  [402, 'quota_exhausted'],
  [403, 'permission'],
  [408, 'timeout'],
  [429, 'rate_limited'],
  [498, 'auth'],
  [499, 'cancelled'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [529, 'overloaded'],
]);

function kindOfAnswer(
  fault: Extract<Fault, { on: 'answer' }>,
  model: string | undefined,
): ErrorKind {
  // Some servers and gateways put the status into the code.
  if (/^[45]\d\d$/.test(fault.code ?? '')) return kindOfStatus(Number(fault.code), fault, model);
  return (
    kindByCode.get(fault.code ?? '') ??
    kindByCode.get(fault.type ?? '') ??
    kindByType.get(fault.type ?? '') ??
    // LM Studio answers 200 `{"error":"Unexpected endpoint or method …"}`.
    (fault.whole ? 'endpoint_not_found' : 'server_error')
  );
}
