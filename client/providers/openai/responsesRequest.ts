/** The body of POST /responses. */
import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses';
import { type Draft, given } from '../draft.ts';
import type { ProviderRequest } from '../provider.ts';
import { jsonNote, jsonWish } from './chatRequest.ts';

type ResponsesBody = ResponseCreateParamsStreaming;

export const responsesRepairs = {
  optional: [
    'temperature',
    'top_p',
    'max_output_tokens',
    'text',
  ] satisfies readonly (keyof ResponsesBody)[],
};

export function responsesBody({
  format,
  messages,
  model,
  parameters,
}: ProviderRequest): Draft<ResponsesBody> {
  const notes: string[] = [];
  if (parameters.topK !== undefined)
    notes.push('top_k was left out: OpenAI has no such parameter.');
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const schema = format === 'json' ? objectOf(parameters.schema) : undefined;
  const asks = format === 'json' && schema === undefined;
  if (asks && !messages.some(({ content }) => /json/i.test(content))) {
    // The API refuses `json_object` when nothing contains the word.
    system.unshift(jsonWish);
    notes.push(jsonNote);
  }
  const body: ResponsesBody = {
    model,
    input: messages
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({ role: role as 'user' | 'assistant', content })),
    stream: true,
    // Everything is kept here; nothing has to be kept there.
    store: false,
    ...given('instructions', system.length > 0 ? system.join('\n\n') : undefined),
    ...given('temperature', parameters.temperature),
    ...given('top_p', parameters.topP),
    ...given('max_output_tokens', parameters.maxTokens),
    ...(schema && { text: { format: { type: 'json_schema', name: 'answer', schema } } }),
    ...(asks && { text: { format: { type: 'json_object' } } }),
  };
  return { body, notes };
}

function objectOf(schema: unknown): Record<string, unknown> | undefined {
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema);
  return isObject ? (schema as Record<string, unknown>) : undefined;
}
