/** Turns a fault into what people read: the cause, who, where, and what to do about it, in complete sentences. */
import type { ErrorInfo, ErrorKind } from '../model.ts';
import { type Fault, kindOf } from './fault.ts';
import type { Connection } from './provider.ts';

/** Who was asked for what; decides the words of a message. */
export interface Circumstances {
  readonly connection: Connection;
  readonly model?: string;
  /** The template names the model, so that is where to change it. */
  readonly ownModel?: boolean | undefined;
}

/** Not yet redacted: whoever hands it on does that (`redacted` does it for every provider). */
export function errorInfo(fault: Fault, circumstances: Circumstances): ErrorInfo {
  const kind = kindOf(fault, circumstances.model);
  const info = { kind, message: describe(kind, fault, new Words(circumstances)) };
  switch (fault.on) {
    case 'status': {
      const { status, requestId, retryAfterMs, code } = fault;
      return compact({ ...info, status, requestId, retryAfterMs, code });
    }
    case 'answer':
      return compact({ ...info, requestId: fault.requestId, code: fault.code });
    case 'network':
      return compact({ ...info, code: fault.code, lasting: isLasting(fault.code) || undefined });
    case 'redirect':
      return { ...info, lasting: true };
    default:
      return info;
  }
}

/** JSON would drop properties that are `undefined`; so do we, that what is compared is what is stored. */
function compact(info: ErrorInfo): ErrorInfo {
  return Object.fromEntries(
    Object.entries(info).filter(([, value]) => value !== undefined),
  ) as unknown as ErrorInfo;
}

const certificateCodes = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function isLasting(code: string | undefined): boolean {
  return code === 'ENOTFOUND' || code === 'ECONNREFUSED' || certificateCodes.has(code ?? '');
}

class Words {
  readonly host: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly hasKey: boolean;
  readonly #ownModel: boolean;
  readonly #name: string | undefined;

  constructor({ connection, model, ownModel }: Circumstances) {
    this.host = new URL(connection.origin).host;
    this.baseUrl = connection.baseUrl;
    this.model = model === undefined ? 'the model' : `the model ${model}`;
    this.hasKey = connection.key !== undefined;
    this.#ownModel = ownModel === true;
    this.#name = connection.name;
  }

  /** How to get another model: what the template names wins over what is chosen. */
  change(choose: string): string {
    return this.#ownModel ? 'The template names this model: change it there' : choose;
  }

  /** `'Work key'`, or what stands for it at the beginning of a sentence. */
  get credential(): string {
    return this.#name === undefined ? 'The key' : `'${this.#name}'`;
  }
}

function describe(kind: ErrorKind, fault: Fault, words: Words): string {
  const { host, credential, model } = words;
  switch (kind) {
    case 'auth':
      return describeAuth(fault, words);
    case 'permission':
      return `${credential} may not use ${model} at ${host}${status(fault)}${said(fault)}. ${words.change('Choose another model')}, or ask the provider for access.`;
    case 'model_not_found':
      return `${sentence(model)} does not exist for ${credential} at ${host}${status(fault)}. ${words.change("Choose a model from the provider's list")}.`;
    case 'endpoint_not_found':
      return `Nothing answers at ${words.baseUrl}${status(fault)}${said(fault)}. Check the base URL: is /v1 missing?`;
    case 'invalid_request':
      return describeInvalid(fault, host);
    case 'rate_limited':
      return `${credential} is rate limited by ${host}${status(fault)}${said(fault)}. Wait, or send less at a time.`;
    case 'quota_exhausted':
      return `${credential} has no budget left at ${host}${status(fault)}${said(fault)}. Check the billing of this key at the provider.`;
    case 'overloaded':
      return `${host} is overloaded${status(fault)}. Try again later.`;
    case 'server_error':
      return `${host} had an internal error${status(fault)}${said(fault)}. Try again later.`;
    case 'timeout':
      return describeTimeout(fault, host);
    case 'network':
      return describeNetwork(fault, words);
    case 'content_filtered':
      return `The provider declined this content${said(fault)}. Change the prompt.`;
    case 'cancelled':
      return 'Cancelled.';
    case 'malformed_response':
      return `${host} did not answer like this provider${detail(fault)}. Is it a login page or a proxy? Check the base URL.`;
    case 'stream_truncated':
      return 'The answer was cut off before its end. Run it again.';
    case 'origin_mismatch':
      return describeOrigin(fault, words);
    default:
      // The others are not made of faults: who finds them says them.
      return `The request could not be sent${detail(fault)}. The log says more.`;
  }
}

function describeAuth(fault: Fault, { credential, host, hasKey }: Words): string {
  if (fault.on === 'key') {
    return `The key of ${credential} contains characters a key cannot have. Replace the key.`;
  }
  if (!hasKey)
    return `${host} wants a key${status(fault)}, and ${credential} has none. Enter a key.`;
  return `${credential} was refused by ${host}${status(fault)}. Replace the key.`;
}

function describeInvalid(fault: Fault, host: string): string {
  const code = 'code' in fault ? fault.code : undefined;
  if (code === 'context_length_exceeded' || (fault.on === 'status' && fault.status === 413)) {
    return `The prompt is too long for the model${status(fault)}${said(fault)}. Shorten it, or choose a model with a larger context.`;
  }
  return `The request was refused by ${host}${status(fault)}${said(fault)}. Change the prompt or its parameters.`;
}

function describeTimeout(fault: Fault, host: string): string {
  if (fault.on === 'deadline') {
    const time = `${Math.round(fault.ms / 1000)} s`;
    const what = {
      first: `No answer from ${host} within ${time}.`,
      idle: `${host} sent nothing for ${time}.`,
      total: `The answer of ${host} took longer than ${time}.`,
    };
    return `${what[fault.phase]} Try again later.`;
  }
  return `${host} did not answer in time${status(fault)}. Try again later.`;
}

function describeNetwork(fault: Fault, { host, credential }: Words): string {
  if (fault.on === 'redirect') {
    return `${host} redirects to ${fault.to}, which is refused: a key is only sent to the server it was entered for. Edit the base URL of ${credential} if the server has moved.`;
  }
  const code = fault.on === 'network' ? fault.code : undefined;
  if (code === 'ENOTFOUND') {
    return `Cannot reach ${host}: there is no server of that name (ENOTFOUND). Check the base URL and the network connection.`;
  }
  if (code === 'ECONNREFUSED') {
    return `Cannot reach ${host}: nothing listens there (ECONNREFUSED). Is the server running? Check the base URL.`;
  }
  if (certificateCodes.has(code ?? '')) {
    return `Cannot reach ${host}: its certificate is not trusted (${code}). Check the base URL, or add the certificate to this machine.`;
  }
  if (fault.on === 'network' && fault.message === 'bad port') {
    return `Cannot reach ${host}: requests to this port are blocked. Let the server listen on another port and edit the base URL.`;
  }
  return `The connection to ${host} failed${code === undefined ? '' : ` (${code})`}. Check the network and proxy settings.`;
}

function describeOrigin(fault: Fault, { credential, host }: Words): string {
  const to = fault.on === 'origin' ? fault.to : 'another server';
  return `The key of ${credential} was entered for ${host} and is not sent to ${to}. Enter a key for that server.`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function status(fault: Fault): string {
  return fault.on === 'status' ? ` (${fault.status})` : '';
}

/** The provider's own words, cut and on one line, to be put before a full stop. */
function said(fault: Fault): string {
  const message = 'message' in fault ? readable(fault.message ?? '') : '';
  return message === '' ? '' : `: ${message}`;
}

function detail(fault: Fault): string {
  return fault.on === 'shape' ? `: ${readable(fault.detail)}` : said(fault);
}

const longestQuote = 300;

/** One line of a text that may be a whole web page: its title if it has one, no tags, no full stop at its end. */
export function readable(text: string): string {
  const start = text.slice(0, 20_000);
  const title = /<title[^>]*>([^<]*)<\/title/i.exec(start)?.[1];
  const plain = (title ?? start.replaceAll(/<[a-z!/][^>]*>/gi, ' '))
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const cut = plain.length > longestQuote ? `${plain.slice(0, longestQuote)}…` : plain;
  return cut.replace(/\.+$/, '');
}
