/** The body of POST /v2/chat, in the SDK's spelling. */
import type { Cohere } from 'cohere-ai';
import { type Draft, given } from '../draft.ts';
import type { ProviderRequest } from '../provider.ts';

type ChatBody = Cohere.V2ChatStreamRequest;

export const chatRepairs = {
  optional: [
    'temperature',
    'p',
    'k',
    'stopSequences',
    'maxTokens',
    'responseFormat',
  ] satisfies readonly (keyof ChatBody)[],
  label: {
    p: 'top_p',
    k: 'top_k',
    stopSequences: 'stop',
    maxTokens: 'max_tokens',
    responseFormat: 'the JSON format',
  },
};

const wish = 'Answer in JSON.';

export function chatBody({
  format,
  messages,
  model,
  parameters,
}: ProviderRequest): Draft<ChatBody> {
  const notes: string[] = [];
  const sent = messages
    .filter(({ content }) => content.trim() !== '')
    .map(({ role, content }) => ({ role, content }));
  // Without being told to, a model in JSON mode may never come to an end.
  if (format === 'json' && !sent.some(({ content }) => /json/i.test(content))) {
    sent.unshift({ role: 'system', content: wish });
    notes.push(`The instruction “${wish}” was added: the format is json and no message says so.`);
  }
  const body: ChatBody = {
    model,
    messages: sent,
    ...given('temperature', parameters.temperature),
    ...given('p', parameters.topP),
    ...given('k', parameters.topK),
    ...given('stopSequences', parameters.stop === undefined ? undefined : [...parameters.stop]),
    ...given('maxTokens', parameters.maxTokens),
    ...(format === 'json' && { responseFormat: jsonFormat(parameters.schema) }),
  };
  return { body, notes };
}

function jsonFormat(schema: unknown): Cohere.ResponseFormatV2 {
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema);
  return {
    type: 'json_object',
    ...(isObject && { jsonSchema: schema as Record<string, unknown> }),
  };
}
