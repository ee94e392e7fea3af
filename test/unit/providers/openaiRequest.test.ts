import assert from 'node:assert/strict';
import type { OutputFormat, Parameters } from '../../../client/model.ts';
import type { Fault } from '../../../client/providers/fault.ts';
import { refusedParameter, without } from '../../../client/providers/draft.ts';
import { chatBody, chatRepairs } from '../../../client/providers/openai/chatRequest.ts';
import { systemClock } from '../../../client/providers/clock.ts';
import { FaultServer, json, answer } from '../../support/faultServer.ts';
import { createOpenAi } from '../../../client/providers/openai/openai.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const openAi = 'https://api.openai.com';
const local = 'http://localhost:11434';

function request(parameters: Parameters, format: OutputFormat = 'text', content = 'Hi') {
  return { model: 'm-1', messages: [{ role: 'user', content } as const], parameters, format };
}

describe('chat request', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const cases: readonly {
    readonly name: string;
    readonly given: ReturnType<typeof request>;
    readonly origin?: string;
    readonly body: Record<string, unknown>;
    readonly notes?: RegExp;
  }[] = [
    { name: 'nothing that was not given', given: request({}), body: {} },
    {
      name: 'the parameters under their names',
      given: request({ temperature: 0, topP: 0.5, stop: ['x'], maxTokens: 9 }),
      body: { temperature: 0, top_p: 0.5, stop: ['x'], max_completion_tokens: 9 },
    },
    {
      name: 'the old name of the output limit to other servers',
      given: request({ maxTokens: 9, topK: 3 }),
      origin: local,
      body: { max_tokens: 9, top_k: 3 },
    },
    {
      name: 'no top_k to OpenAI',
      given: request({ topK: 3 }),
      body: {},
      notes: /^top_k was left out/,
    },
    {
      name: 'a schema for JSON',
      given: request({ schema }, 'json'),
      body: { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } },
    },
    {
      name: 'the JSON format when the prompt mentions it',
      given: request({}, 'json', 'As JSON, please.'),
      body: {
        response_format: { type: 'json_object' },
        messages: [{ role: 'user', content: 'As JSON, please.' }],
      },
    },
    {
      name: 'an instruction for JSON when the prompt does not mention it',
      given: request({}, 'json'),
      body: {
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: 'Answer in JSON.' },
          { role: 'user', content: 'Hi' },
        ],
      },
      notes: /“Answer in JSON.” was added/,
    },
  ];
  for (const { name, given, origin = openAi, body, notes } of cases) {
    it(`has ${name}`, () => {
      const made = chatBody(given, origin === openAi);
      const always = {
        model: 'm-1',
        messages: given.messages,
        stream: true,
        stream_options: { include_usage: true },
      };
      assert.deepEqual(made.body, { ...always, ...body });
      assert.match(made.notes.join('\n'), notes ?? /^$/);
    });
  }
});

describe('repair of a refused request', () => {
  const whole = chatBody(
    request({ temperature: 1, topP: 1, stop: ['x'], maxTokens: 9, schema: {} }, 'json'),
    true,
  );
  const repairs = { model: 'm-1', ...chatRepairs };
  const refusal = (param: string | undefined, code = 'unsupported_parameter'): Fault => ({
    on: 'status',
    status: 400,
    message: 'No.',
    code,
    param,
  });
  const cases: readonly {
    readonly param: string | undefined;
    readonly code?: string;
    readonly gone?: string;
    readonly instead?: string;
    readonly notes?: RegExp;
  }[] = [
    { param: 'temperature', gone: 'temperature', notes: /^temperature was left out: m-1 does not/ },
    { param: 'temperature', code: 'unsupported_value', gone: 'temperature', notes: /^temperature/ },
    { param: 'response_format.type', gone: 'response_format', notes: /^response_format/ },
    { param: 'stop[0]', gone: 'stop', notes: /^stop/ },
    { param: 'stream_options', gone: 'stream_options' },
    { param: 'max_completion_tokens', gone: 'max_completion_tokens', instead: 'max_tokens' },
    { param: 'messages' },
    { param: 'model' },
    { param: 'top_k' },
    { param: undefined },
    { param: 'temperature', code: 'invalid_value' },
  ];
  for (const { param, code, gone, instead, notes } of cases) {
    it(`${gone ? `takes ${gone} out` : 'does nothing'} for ${code ?? 'unsupported_parameter'} of ${param}`, () => {
      const refused = refusedParameter(whole, refusal(param, code), repairs);
      assert.equal(refused, gone);
      if (gone === undefined) return;
      const better = without(whole, new Set([gone]), repairs);
      assert.equal(gone in better.body, false);
      assert.equal(instead === undefined || instead in better.body, true);
      const lost = Object.keys(whole.body).length - Object.keys(better.body).length;
      assert.equal(lost, instead === undefined ? 1 : 0);
      assert.match(better.notes.at(-1) ?? '', notes ?? /^$|Answer in JSON/);
    });
  }

  it('is made once, noted and remembered', async () => {
    const server = await FaultServer.start();
    try {
      server.behaviour = (socket, { body }) => {
        const refused = ['temperature', 'top_p'].find((name) => name in JSON.parse(body));
        const error = { message: 'No.', code: 'unsupported_parameter', param: refused };
        return (refused ? json(400, { error }) : answer())(socket, server.requests.at(-1)!);
      };
      const provider = createOpenAi({ clock: systemClock, log: new RecordingLog() });
      const connection = { baseUrl: server.baseUrl, origin: server.origin, key: undefined };
      const ask = async (model: string) => {
        const before = server.requests.length;
        const { notes } = await provider.stream(
          connection,
          { ...request({ temperature: 1, topP: 1 }), model },
          () => undefined,
          new AbortController().signal,
        );
        return { sent: server.requests.length - before, notes };
      };
      const notes = (model: string) => [
        `temperature was left out: ${model} does not take it.`,
        `top_p was left out: ${model} does not take it.`,
      ];
      assert.deepEqual(await ask('m-1'), { sent: 3, notes: notes('m-1') });
      assert.deepEqual(await ask('m-1'), { sent: 1, notes: notes('m-1') });
      assert.deepEqual(await ask('m-2'), { sent: 3, notes: notes('m-2') });
    } finally {
      await server.stop();
    }
  });

  it('ends when a server refuses the same again and again', async () => {
    const error = { message: 'No.', code: 'unsupported_parameter', param: 'temperature' };
    const server = await FaultServer.start(json(400, { error }));
    try {
      const provider = createOpenAi({ clock: systemClock, log: new RecordingLog() });
      const connection = { baseUrl: server.baseUrl, origin: server.origin, key: undefined };
      const { signal } = new AbortController();
      const asked = provider.stream(
        connection,
        request({ temperature: 1 }),
        () => undefined,
        signal,
      );
      await assert.rejects(asked, /refused by .* \(400\): No\. Change the prompt/);
      assert.equal(server.requests.length, 2);
    } finally {
      await server.stop();
    }
  });

  it('drops the output limit when a server refuses both its names', async () => {
    const server = await FaultServer.start();
    try {
      server.behaviour = (socket, { body }) => {
        const param = ['max_tokens', 'max_completion_tokens'].find(
          (name) => name in JSON.parse(body),
        );
        const error = { message: 'No.', code: 'unsupported_parameter', param };
        return (param ? json(400, { error }) : answer())(socket, server.requests.at(-1)!);
      };
      const provider = createOpenAi({ clock: systemClock, log: new RecordingLog() });
      const connection = { baseUrl: server.baseUrl, origin: server.origin, key: undefined };
      const { signal } = new AbortController();
      const asked = provider.stream(connection, request({ maxTokens: 9 }), () => undefined, signal);
      assert.deepEqual((await asked).notes, ['max_tokens was left out: m-1 does not take it.']);
      assert.equal(server.requests.length, 3);
    } finally {
      await server.stop();
    }
  });
});
