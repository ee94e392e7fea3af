/** OpenAI and everything that speaks its chat completions, at any base URL. Its own bundle, loaded on first use. */
import { type ClientOptions, OpenAI } from 'openai';
import { Adapter, type AdapterOptions, type Call, type Dialect } from '../adapter.ts';
import type { Answer } from '../answer.ts';
import type { Repairs } from '../draft.ts';
import { type Fault, FaultError } from '../fault.ts';
import { numberOf, readModels, textOf } from '../models.ts';
import type { Connection, ModelInfo, Provider, ProviderRequest } from '../provider.ts';
import { refusalOf } from '../refusal.ts';
import { readChat } from './chatAnswer.ts';
import { chatBody, chatRepairs } from './chatRequest.ts';
import { readResponse, readResponseEvent } from './responsesAnswer.ts';
import { responsesBody, responsesRepairs } from './responsesRequest.ts';

export interface OpenAiOptions extends AdapterOptions {
  /** OpenAI's own servers speak more than others do; tests let their own be one. */
  readonly isOpenAi?: (origin: string) => boolean;
}

export function createOpenAi({ isOpenAi = isOpenAis, ...options }: OpenAiOptions): Provider {
  return new Adapter(new OpenAiDialect(isOpenAi), options);
}

function isOpenAis(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'api.openai.com' || hostname.endsWith('.api.openai.com');
}

type ResponsesDraft = ReturnType<typeof responsesBody>;
type OpenAiDraft = ReturnType<typeof chatBody> | ResponsesDraft;

class OpenAiDialect implements Dialect<OpenAiDraft> {
  readonly #isOpenAi: (origin: string) => boolean;

  constructor(isOpenAi: (origin: string) => boolean) {
    this.#isOpenAi = isOpenAi;
  }

  headers(): Readonly<Record<string, string>> {
    return {};
  }

  /** Azure takes a bearer for tokens of its directory only. */
  keyHeader({ origin }: Connection): string | undefined {
    return /\.(?:openai|cognitiveservices|services\.ai)\.azure\.com$/.test(new URL(origin).hostname)
      ? 'api-key'
      : undefined;
  }

  /** Responses is where OpenAI's newer models are at home, but it knows no `stop`; nobody else serves it for sure. */
  draft(request: ProviderRequest, { origin }: Connection): OpenAiDraft {
    const own = this.#isOpenAi(origin);
    return own && request.parameters.stop === undefined
      ? responsesBody(request)
      : chatBody(request, own);
  }

  repairs(draft: OpenAiDraft): Repairs {
    const model = String(draft.body.model);
    return { model, ...(isResponses(draft) ? responsesRepairs : chatRepairs) };
  }

  async send(call: Call, draft: OpenAiDraft): Promise<AsyncIterable<unknown>> {
    const client = clientOf(call);
    const { signal } = call.exchange;
    return isResponses(draft)
      ? client.responses.create(draft.body, { signal })
      : client.chat.completions.create(draft.body, { signal });
  }

  /** The events of the two protocols tell themselves apart. */
  read(event: object, answer: Answer): void {
    if ('choices' in event || !('type' in event)) readChat(event, answer);
    else readResponseEvent(event, answer);
  }

  readDocument(body: object, answer: Answer): void {
    if ('output' in body && !('choices' in body)) readResponse(body, answer);
    else readChat(body, answer);
  }

  async listModels(call: Call): Promise<ModelInfo[]> {
    const { signal } = call.exchange;
    const response = await clientOf(call).models.list({ signal }).asResponse();
    return readModels(response, 'data', modelOf, call.exchange.requestId);
  }

  faultOf(error: unknown): Fault | undefined {
    if (error instanceof OpenAI.APIUserAbortError) return { on: 'cancel' };
    if (!(error instanceof OpenAI.APIError) || error.status !== undefined) return undefined;
    return { on: 'answer', whole: false, ...refusalOf(error.error, error.message) };
  }
}

function isResponses(draft: OpenAiDraft): draft is ResponsesDraft {
  return 'input' in draft.body;
}

function modelOf({
  created,
  id,
  owned_by,
}: Readonly<Record<string, unknown>>): ModelInfo | undefined {
  if (typeof id !== 'string') return undefined;
  const seconds = numberOf(created);
  return {
    id,
    ownedBy: textOf(owned_by),
    createdAt: seconds === undefined ? undefined : seconds * 1000,
  };
}

/** The SDK never sees the key: our `fetch` sets it. Every option it would take from the environment is given. */
function clientOf({ connection, exchange, log, timeout }: Call): OpenAI {
  const options: ClientOptions = {
    apiKey: async () => 'unused',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: connection.baseUrl,
    maxRetries: 0,
    timeout,
    fetch: exchange.fetch,
    logLevel: 'warn',
    // The first argument only: the others may carry what was sent.
    logger: {
      debug: (message) => log.debug(message),
      info: (message) => log.info(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
  };
  try {
    return new OpenAI(options);
  } catch {
    // The one thing it reads in spite of all options. What it says would quote the variable.
    throw new FaultError({
      on: 'bug',
      message: 'OPENAI_CUSTOM_HEADERS in the environment is not valid',
    });
  }
}
