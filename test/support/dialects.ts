/** How each provider's servers speak, for the raw fault server: the same answer in every protocol. */
import type { Sdk } from './adapters.ts';
import * as chat from './faultServer.ts';

export interface ServerDialect {
  readonly name: string;
  readonly sdk: Sdk;
  /** The server counts as OpenAI's own. */
  readonly own?: boolean;
  /** What a base URL ends with. */
  readonly base: string;
  /** The path a prompt is sent to, and the one models are listed at. */
  readonly paths: { readonly ask: string; readonly list: string };
  /** What comes before the first text. */
  readonly start: string;
  readonly delta: (text: string) => string;
  /** The end marker, with what follows it: usage of 7 and 2 tokens. */
  readonly finish: (how: 'stop' | 'length' | 'filtered') => string;
  /** An error in mid-stream which says that the server is too busy, and its kind. */
  readonly busy: { readonly event: string; readonly kind: 'overloaded' | 'server_error' };
  /** The answer `text` as one document. */
  readonly document: (text: string) => object;
  /** The body of an error. */
  readonly error: (message: string, type?: string) => object;
  /** A listing of these models. */
  readonly models: (...ids: readonly string[]) => object;
}

const openaiError = (message: string, type = 'invalid_request_error'): object => ({
  error: { message, type, param: null, code: null },
});

const openaiModels = (...ids: readonly string[]): object => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'x' })),
});

/** An event with a name of its own, as Anthropic sends them. */
const named = (data: { readonly type: string }): string =>
  `event: ${data.type}\n${chat.event(data)}`;

const chatReasons = { stop: 'stop', length: 'length', filtered: 'content_filter' };

const openaiChat: ServerDialect = {
  name: 'openai chat completions',
  sdk: 'openai',
  base: '/v1',
  paths: { ask: '/v1/chat/completions', list: '/v1/models' },
  start: '',
  delta: chat.delta,
  finish: (how) => chat.finish(chatReasons[how]) + chat.usage + chat.done,
  busy: {
    event: chat.event({ error: { message: 'Busy.', code: 'server_is_overloaded' } }),
    kind: 'overloaded',
  },
  document: (content) => ({
    model: 'm-1',
    choices: [{ message: { content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 2 },
  }),
  error: openaiError,
  models: openaiModels,
};

const response = (status: string, rest: object = {}): object => ({
  model: 'm-1',
  status,
  usage: { input_tokens: 7, output_tokens: 2 },
  ...rest,
});

const responseEnds = {
  stop: { type: 'response.completed', response: response('completed') },
  length: {
    type: 'response.incomplete',
    response: response('incomplete', { incomplete_details: { reason: 'max_output_tokens' } }),
  },
  filtered: {
    type: 'response.incomplete',
    response: response('incomplete', { incomplete_details: { reason: 'content_filter' } }),
  },
};

const openaiResponses: ServerDialect = {
  name: 'openai responses',
  sdk: 'openai',
  own: true,
  base: '/v1',
  paths: { ask: '/v1/responses', list: '/v1/models' },
  start: named({ type: 'response.created', response: response('in_progress') } as never),
  delta: (delta) => named({ type: 'response.output_text.delta', delta } as never),
  finish: (how) => named(responseEnds[how]),
  busy: {
    event: named({ type: 'error', code: 'server_is_overloaded', message: 'Busy.' } as never),
    kind: 'overloaded',
  },
  document: (text) =>
    response('completed', { output: [{ content: [{ type: 'output_text', text }] }] }),
  error: openaiError,
  models: openaiModels,
};

const messageReasons = { stop: 'end_turn', length: 'max_tokens', filtered: 'refusal' };

const anthropic: ServerDialect = {
  name: 'anthropic messages',
  sdk: 'anthropic',
  base: '',
  paths: { ask: '/v1/messages', list: '/v1/models?limit=1000' },
  start: named({
    type: 'message_start',
    message: { model: 'm-1', content: [], usage: { input_tokens: 4, cache_read_input_tokens: 3 } },
  } as never),
  delta: (text) =>
    named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as never),
  finish: (how) =>
    named({
      type: 'message_delta',
      delta: { stop_reason: messageReasons[how] },
      usage: { output_tokens: 2 },
    } as never) + named({ type: 'message_stop' }),
  busy: {
    event: named({ type: 'error', error: { type: 'overloaded_error', message: 'Busy.' } } as never),
    kind: 'overloaded',
  },
  document: (text) => ({
    type: 'message',
    model: 'm-1',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 7, output_tokens: 2 },
  }),
  error: (message, type = 'invalid_request_error') => ({
    type: 'error',
    error: { type, message },
    request_id: 'req-1',
  }),
  models: (...ids) => ({
    data: ids.map((id) => ({ type: 'model', id, created_at: '2026-01-01T00:00:00Z' })),
    has_more: false,
  }),
};

const cohereReasons = { stop: 'COMPLETE', length: 'MAX_TOKENS', filtered: 'ERROR_TOXIC' };
const cohereEnd = (reason: string): string =>
  chat.event({
    type: 'message-end',
    delta: {
      finish_reason: reason,
      usage: { billed_units: { input_tokens: 7, output_tokens: 2 }, tokens: { input_tokens: 99 } },
    },
  });

const cohere: ServerDialect = {
  name: 'cohere chat',
  sdk: 'cohere',
  base: '',
  paths: { ask: '/v2/chat', list: '/v1/models?page_size=1000&endpoint=chat' },
  start: chat.event({ type: 'message-start', id: 'x', delta: { message: { role: 'assistant' } } }),
  delta: (text) =>
    chat.event({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } }),
  finish: (how) => cohereEnd(cohereReasons[how]),
  busy: { event: cohereEnd('ERROR'), kind: 'server_error' },
  document: (text) => ({
    id: 'x',
    finish_reason: 'COMPLETE',
    message: { role: 'assistant', content: [{ type: 'text', text }] },
    usage: { billed_units: { input_tokens: 7, output_tokens: 2 } },
  }),
  error: (message) => ({ id: 'x', message }),
  models: (...ids) => ({ models: ids.map((name) => ({ name, endpoints: ['chat'] })) }),
};

export const dialects: readonly ServerDialect[] = [openaiChat, openaiResponses, anthropic, cohere];
