/** Anthropic and servers that speak its messages. Its own bundle, loaded on first use. */
import { Anthropic, type ClientOptions } from '@anthropic-ai/sdk';
import { Adapter, type AdapterOptions, type Call, type Dialect } from '../adapter.ts';
import type { Answer } from '../answer.ts';
import type { Repairs } from '../draft.ts';
import { type Fault, FaultError } from '../fault.ts';
import { readModels, textOf } from '../models.ts';
import type { Connection, ModelInfo, Provider, ProviderRequest } from '../provider.ts';
import { refusalOf } from '../refusal.ts';
import { readMessage, readMessageEvent } from './answer.ts';
import { apiVersionOf, messagesBody, messagesRepairs } from './request.ts';

export function createAnthropic(options: AdapterOptions): Provider {
  return new Adapter(dialect, options);
}

type MessagesDraft = ReturnType<typeof messagesBody>;

const dialect: Dialect<MessagesDraft> = {
  headers: (connection) => ({ 'anthropic-version': apiVersionOf(connection) }),

  draft: (request: ProviderRequest, connection: Connection) =>
    messagesBody(request, apiVersionOf(connection)),

  repairs: ({ body }): Repairs => ({ model: body.model, ...messagesRepairs }),

  async send(call, { body }): Promise<AsyncIterable<unknown>> {
    return clientOf(call).messages.create(body, { signal: call.exchange.signal });
  },

  read: (event: object, answer: Answer) => readMessageEvent(event, answer),
  readDocument: (body: object, answer: Answer) => readMessage(body, answer),

  async listModels(call): Promise<ModelInfo[]> {
    const { signal, requestId } = call.exchange;
    const response = await clientOf(call).models.list({ limit: 1000 }, { signal }).asResponse();
    return readModels(response, 'data', modelOf, requestId);
  },

  faultOf(error: unknown): Fault | undefined {
    if (error instanceof Anthropic.APIUserAbortError) return { on: 'cancel' };
    // The one thing it reads in spite of all options. What it says would quote the variable.
    if (error instanceof TypeError && /header|ByteString/i.test(error.message))
      return foreignHeaders;
    if (!(error instanceof Anthropic.APIError) || error.status !== undefined) return undefined;
    return { on: 'answer', whole: false, ...refusalOf(error.error, error.message) };
  },
};

function modelOf({ created_at, id }: Readonly<Record<string, unknown>>): ModelInfo | undefined {
  if (typeof id !== 'string') return undefined;
  const at = Date.parse(textOf(created_at) ?? '');
  return { id, ownedBy: 'anthropic', createdAt: Number.isNaN(at) ? undefined : at };
}

/**
 * Never without a key: it would take the person's own OAuth token from the home directory and send that. The key is
 * not the real one, which our `fetch` sets.
 */
function clientOf({ connection, exchange, log, timeout }: Call): Anthropic {
  const options: ClientOptions = {
    apiKey: 'unused',
    authToken: null,
    webhookKey: null,
    // The SDK adds /v1 itself.
    baseURL: connection.baseUrl.replace(/\/v1$/, ''),
    maxRetries: 0,
    timeout,
    fetch: exchange.fetch,
    openTelemetry: false,
    logLevel: 'warn',
    // The first argument only: the others carry what was sent.
    logger: {
      debug: (message) => log.debug(message),
      info: (message) => log.info(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
  };
  try {
    return new Anthropic(options);
  } catch {
    throw new FaultError(foreignHeaders);
  }
}

const foreignHeaders: Fault = {
  on: 'bug',
  message: 'ANTHROPIC_CUSTOM_HEADERS in the environment is not valid',
};
