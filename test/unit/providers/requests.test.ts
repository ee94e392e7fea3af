import assert from 'node:assert/strict';
import { messagesBody } from '../../../client/providers/anthropic/request.ts';
import { chatBody as cohereBody } from '../../../client/providers/cohere/request.ts';
import { type Draft, refusedParameter, without } from '../../../client/providers/draft.ts';
import { chatRepairs as cohereRepairs } from '../../../client/providers/cohere/request.ts';
import { responsesBody } from '../../../client/providers/openai/responsesRequest.ts';
import type { ProviderRequest } from '../../../client/providers/provider.ts';

const schema = { type: 'object', properties: { a: { type: 'string' } } };
const user = (content: string) => ({ role: 'user', content }) as const;
const system = (content: string) => ({ role: 'system', content }) as const;

function request(rest: Partial<ProviderRequest> = {}): ProviderRequest {
  return { model: 'm-1', messages: [user('Hi')], parameters: {}, format: 'text', ...rest };
}

interface Case {
  readonly name: string;
  readonly given: ProviderRequest;
  readonly body: Record<string, unknown>;
  readonly notes?: RegExp;
}

function table(
  title: string,
  draft: (given: ProviderRequest) => Draft,
  always: object,
  cases: readonly Case[],
): void {
  describe(title, () => {
    for (const { name, given, body, notes = /^$/ } of cases) {
      it(`has ${name}`, () => {
        const made = draft(given);
        assert.deepEqual(JSON.parse(JSON.stringify(made.body)), { ...always, ...body });
        assert.match(made.notes.join('\n'), notes);
      });
    }
  });
}

const all = { temperature: 0, topP: 0.5, topK: 3, maxTokens: 9 };

table(
  'the body of OpenAI responses',
  responsesBody,
  { model: 'm-1', input: [user('Hi')], stream: true, store: false },
  [
    { name: 'nothing that was not given', given: request(), body: {} },
    {
      name: 'the parameters under their names',
      given: request({ parameters: all }),
      body: { temperature: 0, top_p: 0.5, max_output_tokens: 9 },
      notes: /^top_k was left out: OpenAI has no such parameter\.$/,
    },
    {
      name: 'system messages as instructions',
      given: request({ messages: [system('A'), user('Hi'), system('B')] }),
      body: { instructions: 'A\n\nB' },
    },
    {
      name: 'a schema for JSON',
      given: request({ format: 'json', parameters: { schema } }),
      body: { text: { format: { type: 'json_schema', name: 'answer', schema } } },
    },
    {
      name: 'an instruction for JSON when nothing mentions it',
      given: request({ format: 'json' }),
      body: { text: { format: { type: 'json_object' } }, instructions: 'Answer in JSON.' },
      notes: /“Answer in JSON\.” was added/,
    },
  ],
);

table(
  "the body of Anthropic's messages",
  (given) => messagesBody(given, '2026-10-21'),
  { model: 'm-1', messages: [user('Hi')], max_tokens: 8192, stream: true },
  [
    { name: 'a limit, which the API wants', given: request(), body: {} },
    {
      name: 'no sampling parameters, and says so',
      given: request({ parameters: { ...all, stop: ['x'] } }),
      body: { max_tokens: 9, stop_sequences: ['x'] },
      notes:
        /^temperature was left out: Anthropic's .*\ntop_p was left out: .*\ntop_k was left out: /,
    },
    {
      name: 'system messages apart, and no empty ones',
      given: request({ messages: [system('A'), user(' '), user('Hi'), system('B')] }),
      body: { system: 'A\n\nB' },
    },
    {
      name: 'a prompt of system messages only as what is asked',
      given: request({ messages: [system('Hi')] }),
      body: {},
    },
    {
      name: 'a schema for JSON',
      given: request({ format: 'json', parameters: { schema } }),
      body: { output_config: { format: { type: 'json_schema', schema } } },
    },
    {
      name: 'an instruction for JSON without schema',
      given: request({ format: 'json' }),
      body: { system: 'Answer in JSON.' },
      notes: /“Answer in JSON\.” was added/,
    },
  ],
);

table(
  "the body of Anthropic's messages at an older version of the API",
  (given) => messagesBody(given, '2023-06-01'),
  { model: 'm-1', messages: [user('Hi')], stream: true },
  [
    {
      name: 'the sampling parameters',
      given: request({ parameters: all }),
      body: { max_tokens: 9, temperature: 0, top_p: 0.5, top_k: 3 },
    },
  ],
);

table("the body of Cohere's chat", cohereBody, { model: 'm-1', messages: [user('Hi')] }, [
  { name: 'nothing that was not given', given: request(), body: {} },
  {
    name: 'the parameters under their names',
    given: request({ parameters: { ...all, stop: ['x'] } }),
    body: { temperature: 0, p: 0.5, k: 3, maxTokens: 9, stopSequences: ['x'] },
  },
  {
    name: 'a schema for JSON, and a word of it',
    given: request({ format: 'json', parameters: { schema } }),
    body: {
      messages: [system('Answer in JSON.'), user('Hi')],
      responseFormat: { type: 'json_object', jsonSchema: schema },
    },
    notes: /“Answer in JSON\.” was added/,
  },
]);

describe('a parameter that is refused in words only', () => {
  const whole = cohereBody(request({ parameters: { ...all, stop: ['x'] } }));
  const repairs = { model: 'm-1', ...cohereRepairs };
  const cases: readonly (readonly [message: string, gone?: string, note?: string])[] = [
    [
      'parameter k is not supported by this model',
      'k',
      'top_k was left out: m-1 does not take it.',
    ],
    [
      'temperature: Extra inputs are not permitted',
      'temperature',
      'temperature was left out: m-1 does not take it.',
    ],
    ['unknown field: stop_sequences', 'stopSequences', 'stop was left out: m-1 does not take it.'],
    [
      '`temperature` is deprecated for this model.',
      'temperature',
      'temperature was left out: m-1 does not take it.',
    ],
    ['temperature: must be at most 1'],
    ['the model is not supported'],
    ['okay is not supported'],
  ];
  for (const [message, gone, note] of cases) {
    it(`${gone === undefined ? 'is none' : `is ${gone}`} in “${message}”`, () => {
      const refused = refusedParameter(whole, { on: 'status', status: 400, message }, repairs);
      assert.equal(refused, gone);
      if (gone === undefined) return;
      const better = without(whole, new Set([gone]), repairs);
      assert.equal(gone in better.body, false);
      assert.deepEqual(better.notes, [note]);
    });
  }
});
