/** The body of POST /v1/messages. */
import type {
  MessageCreateParamsStreaming,
  MessageParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { Message } from '../../model.ts';
import { type Draft, given } from '../draft.ts';
import type { Connection, ProviderRequest } from '../provider.ts';

/** `temperature`, `top_p` and `top_k` are in no type any more, but older versions of the API take them. */
type MessagesBody = MessageCreateParamsStreaming & {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
};

/** What the SDK itself asks for. */
const newestVersion = '2026-10-21';
/** The first version that refuses sampling parameters. */
const withoutSampling = '2026-10-21';

/** Dates compare as text. A credential can pin an older one. */
export function apiVersionOf({ apiVersion }: Connection): string {
  return apiVersion ?? newestVersion;
}

/** The API wants a limit. Every model that is still served writes this much. */
const defaultMaxTokens = 8192;

export const messagesRepairs = {
  optional: [
    'temperature',
    'top_p',
    'top_k',
    'stop_sequences',
    'output_config',
  ] satisfies readonly (keyof MessagesBody)[],
};

export function messagesBody(request: ProviderRequest, apiVersion: string): Draft<MessagesBody> {
  const { format, model, parameters } = request;
  const notes: string[] = [];
  const wish = format === 'json' ? jsonWish(request) : undefined;
  if (wish !== undefined) {
    notes.push(`The instruction “${wish}” was added: the format is json and no message says so.`);
  }
  const schema = format === 'json' ? objectOf(parameters.schema) : undefined;
  const { system, messages } = split(request.messages, wish);
  const body: MessagesBody = {
    model,
    max_tokens: parameters.maxTokens ?? defaultMaxTokens,
    messages,
    stream: true,
    ...given('system', system),
    ...given('stop_sequences', parameters.stop === undefined ? undefined : [...parameters.stop]),
    ...(schema && { output_config: { format: { type: 'json_schema', schema } } }),
    ...sampling(parameters, apiVersion, notes),
  };
  return { body, notes };
}

function sampling(
  { temperature, topK, topP }: ProviderRequest['parameters'],
  apiVersion: string,
  notes: string[],
): Partial<MessagesBody> {
  const asked = {
    ...given('temperature', temperature),
    ...given('top_p', topP),
    ...given('top_k', topK),
  };
  if (apiVersion < withoutSampling) return asked;
  for (const name of Object.keys(asked)) {
    notes.push(`${name} was left out: Anthropic's API does not take it any more.`);
  }
  return {};
}

/**
 * System messages go where the API wants them; empty ones, which it refuses, nowhere. A prompt of nothing but system
 * messages is what the model is asked.
 */
function split(
  all: readonly Message[],
  wish: string | undefined,
): { readonly system: string | undefined; readonly messages: MessageParam[] } {
  const said = all.filter(({ content }) => content.trim() !== '');
  const isSystem = ({ role }: Message): boolean => role === 'system';
  const onlySystem = said.every(isSystem);
  const system = [...(onlySystem ? [] : said.filter(isSystem).map(({ content }) => content)), wish];
  const messages = said
    .filter((message) => onlySystem || !isSystem(message))
    .map(({ content, role }): MessageParam => ({
      role: role === 'assistant' ? role : 'user',
      content,
    }));
  const text = system.filter((part) => part !== undefined).join('\n\n');
  return { system: text === '' ? undefined : text, messages };
}

function jsonWish({ messages, parameters }: ProviderRequest): string | undefined {
  const asked = messages.some(({ content }) => /json/i.test(content));
  return asked || objectOf(parameters.schema) ? undefined : 'Answer in JSON.';
}

function objectOf(schema: unknown): Record<string, unknown> | undefined {
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema);
  return isObject ? (schema as Record<string, unknown>) : undefined;
}
