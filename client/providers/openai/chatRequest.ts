/** The body of POST /chat/completions. */
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { type Draft, given } from '../draft.ts';
import type { ProviderRequest } from '../provider.ts';

type ChatBody = ChatCompletionCreateParamsStreaming & { readonly top_k?: number };

export const chatRepairs = {
  optional: [
    'temperature',
    'top_p',
    'top_k',
    'seed',
    'stop',
    'max_tokens',
    'max_completion_tokens',
    'response_format',
    'stream_options',
  ] satisfies readonly (keyof ChatBody)[],
  // OpenAI's own models refuse the old name; most compatible servers know only that.
  otherName: { max_tokens: 'max_completion_tokens', max_completion_tokens: 'max_tokens' },
  silent: ['stream_options'],
};

/** @param isOpenAi the server is OpenAI's own */
export function chatBody(request: ProviderRequest, isOpenAi: boolean): Draft<ChatBody> {
  const { parameters, format } = request;
  const notes: string[] = [];
  const body: ChatBody = {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    stream_options: { include_usage: true },
    ...given('temperature', parameters.temperature),
    ...given('top_p', parameters.topP),
    ...given('stop', parameters.stop === undefined ? undefined : [...parameters.stop]),
    ...given(isOpenAi ? 'max_completion_tokens' : 'max_tokens', parameters.maxTokens),
  };
  if (parameters.topK !== undefined) {
    if (isOpenAi) notes.push('top_k was left out: OpenAI has no such parameter.');
    else Object.assign(body, { top_k: parameters.topK });
  }
  return format === 'json' ? withJson({ body, notes }, parameters.schema) : { body, notes };
}

function withJson(
  { body, notes }: Draft<ChatBody>,
  schema: ProviderRequest['parameters']['schema'],
): Draft<ChatBody> {
  if (typeof schema === 'object' && schema !== null && !Array.isArray(schema)) {
    const json_schema = { name: 'answer', schema };
    return { body: { ...body, response_format: { type: 'json_schema', json_schema } }, notes };
  }
  const response_format = { type: 'json_object' } as const;
  const mentioned = body.messages.some(
    ({ content }) => typeof content === 'string' && /json/i.test(content),
  );
  if (mentioned) return { body: { ...body, response_format }, notes };
  // The API refuses `json_object` when no message contains the word.
  const messages = [{ role: 'system', content: jsonWish } as const, ...body.messages];
  return { body: { ...body, messages, response_format }, notes: [...notes, jsonNote] };
}

export const jsonWish = 'Answer in JSON.';
export const jsonNote = `The instruction “${jsonWish}” was added: the format is json and no message says so.`;
