/** Cohere's chat. Its own bundle, loaded on first use. */
import { CohereClient } from 'cohere-ai';
import { Adapter, type AdapterOptions, type Call, type Dialect } from '../adapter.ts';
import type { Answer } from '../answer.ts';
import type { Repairs } from '../draft.ts';
import { type Fault, FaultError } from '../fault.ts';
import { textOf } from '../models.ts';
import type { ModelInfo, Provider, ProviderRequest } from '../provider.ts';
import { readChat, readChatEvent } from './answer.ts';
import { chatBody, chatRepairs } from './request.ts';

export function createCohere(options: AdapterOptions): Provider {
  return new Adapter(dialect, options);
}

type ChatDraft = ReturnType<typeof chatBody>;

const dialect: Dialect<ChatDraft> = {
  headers: () => ({}),
  draft: (request: ProviderRequest) => chatBody(request),
  repairs: ({ body }): Repairs => ({ model: body.model, ...chatRepairs }),

  async send(call, { body }): Promise<AsyncIterable<unknown>> {
    const stream: unknown = await clientOf(call).v2.chatStream(body, optionsOf(call));
    // What is no stream is handed on as an answer all the same.
    if (isIterable(stream)) return stream;
    throw new FaultError({ on: 'shape', detail: 'no stream' });
  },

  read: (event: object, answer: Answer) => readChatEvent(event, answer),
  readDocument: (body: object, answer: Answer) => readChat(body, answer),

  async listModels(call): Promise<ModelInfo[]> {
    const query = { endpoint: 'chat', pageSize: 1000 } as const;
    const { models } = await clientOf(call).models.list(query, optionsOf(call));
    if (!Array.isArray(models)) throw new FaultError({ on: 'shape', detail: 'no list of models' });
    return models.flatMap(({ name }) => {
      const id = textOf(name);
      return id === undefined ? [] : { id, ownedBy: 'cohere' };
    });
  },

  // Everything it throws was met on the wire before.
  faultOf: (): Fault | undefined => undefined,
};

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The key is not the real one, which our `fetch` sets; without one the SDK looks into the environment. */
function clientOf({ connection, exchange }: Call): CohereClient {
  return new CohereClient({
    token: async () => 'unused',
    // The SDK adds the version itself.
    baseUrl: connection.baseUrl.replace(/\/v[12]$/, ''),
    maxRetries: 0,
    fetch: (...request) => exchange.fetch(...request).catch(refused),
    logging: { level: 'error', silent: true },
  });
}

/**
 * The SDK leaves its timer running when `fetch` rejects. Why there is no answer is known to the exchange, so a status
 * that says nothing will do.
 */
const refused = (): Response => new Response('{}', { status: 599 });

/** A signal of its own for each request: the SDK leaves listeners behind. */
function optionsOf({ exchange, timeout }: Call): Parameters<CohereClient['models']['list']>[1] {
  return {
    abortSignal: AbortSignal.any([exchange.signal]),
    timeoutInSeconds: Math.ceil(timeout / 1000),
    maxRetries: 0,
  };
}
