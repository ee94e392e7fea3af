/** What goes into the body of POST /chat/completions, and how it is repaired when a model refuses a parameter. */
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Fault } from './fault.ts';
import type { ProviderRequest } from './provider.ts';

type ChatBody = ChatCompletionCreateParamsStreaming & { readonly top_k?: number };

export interface Draft {
  readonly body: ChatBody;
  /** What the person should know about how the request differs from what was asked for. */
  readonly notes: readonly string[];
}

/** The parameters a request can do without. */
const optional = [
  'temperature',
  'top_p',
  'top_k',
  'stop',
  'max_tokens',
  'max_completion_tokens',
  'response_format',
  'stream_options',
] as const satisfies readonly (keyof ChatBody)[];
type Optional = (typeof optional)[number];

/** OpenAI's own models refuse the old name; most compatible servers know only that. */
function isOpenAi(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'api.openai.com' || hostname.endsWith('.api.openai.com');
}

export function draft(request: ProviderRequest, origin: string): Draft {
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
    ...given(isOpenAi(origin) ? 'max_completion_tokens' : 'max_tokens', parameters.maxTokens),
  };
  if (parameters.topK !== undefined) {
    if (isOpenAi(origin)) notes.push('top_k was left out: OpenAI has no such parameter.');
    else Object.assign(body, { top_k: parameters.topK });
  }
  return format === 'json' ? withJson({ body, notes }, parameters.schema) : { body, notes };
}

function given<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}

function withJson({ body, notes }: Draft, schema: ProviderRequest['parameters']['schema']): Draft {
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
  const messages = [{ role: 'system', content: 'Answer in JSON.' } as const, ...body.messages];
  const note =
    'The instruction “Answer in JSON.” was added: the format is json and no message says so.';
  return { body: { ...body, messages, response_format }, notes: [...notes, note] };
}

/** The parameter of the request that the model has just refused; `undefined` when that is not what happened. */
export function refusedParameter({ body }: Draft, fault: Fault): string | undefined {
  const said = fault.on === 'status' || fault.on === 'answer' ? fault : undefined;
  if (said?.code !== 'unsupported_parameter' && said?.code !== 'unsupported_value')
    return undefined;
  // `response_format.type` means `response_format`.
  const name = said.param?.split(/[.[]/)[0];
  return optional.find((known) => known === name && body[known] !== undefined);
}

/** The request without what the model is known to refuse. The output limit has two names: the other one is tried. */
export function without(whole: Draft, refused: ReadonlySet<string>): Draft {
  let { body } = whole;
  const notes = [...whole.notes];
  for (const name of optional) {
    const value = body[name];
    if (!refused.has(name) || value === undefined) continue;
    const { [name]: _gone, ...rest } = body;
    const renamed = otherName[name];
    body = rest;
    if (renamed !== undefined && !refused.has(renamed)) body = { ...rest, [renamed]: value };
    // Nobody asked for usage in the stream; nobody needs to hear that there is none.
    else if (name !== 'stream_options') {
      notes.push(`${name} was left out: ${body.model} does not take it.`);
    }
  }
  return { body, notes };
}

const otherName: Partial<Record<Optional, Optional>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};
