import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { outputFormats, type Json, type OutputFormat } from '../../../client/model.ts';
import { createEcho } from '../../../client/providers/echo.ts';
import { type ProviderRequest, ProviderError } from '../../../client/providers/provider.ts';
import { sampleOf } from '../../../client/providers/schemaSample.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const connection = { baseUrl: '', origin: '', key: undefined };

function request(format: OutputFormat = 'text', content = 'Say <hello> & "bye"'): ProviderRequest {
  return {
    model: 'echo-1',
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content },
    ],
    parameters: {},
    format,
  };
}

/** Runs it to its end; answers the pieces as they came. */
async function echo(asked: ProviderRequest, signal = new AbortController().signal) {
  const clock = new FakeClock();
  const pieces: string[] = [];
  const running = createEcho(clock).stream(
    connection,
    asked,
    (piece) => pieces.push(piece),
    signal,
  );
  // A piece per tick; far more ticks than it has pieces.
  for (let tick = 0; tick < 300; tick++) {
    clock.advance(20);
    await Promise.resolve();
  }
  return { completion: await running, pieces, clock };
}

describe('echo provider', () => {
  it('says that it is offline and reflects the prompt, word by word', async () => {
    const { completion, pieces } = await echo(request());
    const text = pieces.join('');
    assert.match(text, /^Offline answer: made on this machine, no model was asked\./);
    assert.match(text, /The prompt has 6 words \(messages: 1 system, 1 user\)\./);
    assert(text.includes('Say <hello> & "bye"'));
    assert(pieces.length > 20);
    assert.deepEqual(completion, {
      finishReason: 'stop',
      modelAnswered: 'echo-1',
      usage: { inputTokens: 7, outputTokens: Math.ceil(text.length / 4), estimated: true },
    });
  });

  it('answers the same the second time', async () => {
    const [first, second] = [await echo(request()), await echo(request())];
    assert.deepEqual(first.pieces, second.pieces);
  });

  const valid: Readonly<Record<OutputFormat, (text: string) => unknown>> = {
    text: (text) => text.length,
    markdown: (text) => assert.match(text, /^\*\*Offline answer.*\n> Say <hello> & "bye"\n$/s),
    json: (text) => assert.equal(JSON.parse(text).offline, true),
    html: (text) => assert.match(text, /<blockquote>Say &lt;hello&gt; &amp; &quot;bye&quot;</),
    yaml: (text) => assert.equal(parse(text).prompt, 'Say <hello> & "bye"'),
    xml: (text) =>
      assert.match(
        text,
        /^<answer>\n.*<prompt>Say &lt;hello&gt; &amp; &quot;bye&quot;<\/prompt>\n<\/answer>\n$/s,
      ),
  };
  for (const format of outputFormats) {
    it(`answers valid ${format}`, async () => {
      const { pieces } = await echo(request(format));
      valid[format](pieces.join(''));
    });
  }

  it('answers JSON that fits the schema', async () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } } };
    const { pieces } = await echo({ ...request('json'), parameters: { schema } });
    assert.deepEqual(JSON.parse(pieces.join('')), { n: 1 });
  });

  it('shortens a long prompt and takes no longer than four seconds', async () => {
    const { pieces, clock } = await echo(request('text', 'word '.repeat(100_000)));
    assert(pieces.length <= 200);
    assert(pieces.join('').length < 3000);
    assert.equal(clock.pending, 0);
  });

  it('answers an empty prompt', async () => {
    const { pieces } = await echo({ ...request(), messages: [] });
    assert.match(pieces.join(''), /The prompt has 0 words/);
  });

  it('stops at once when cancelled', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    let pieces = 0;
    const onText = (): void => {
      pieces++;
      abort.abort();
    };
    const running = createEcho(clock).stream(connection, request(), onText, abort.signal);
    clock.advance(20);
    await assert.rejects(
      running,
      (error) => ProviderError.is(error) && error.info.kind === 'cancelled',
    );
    assert.deepEqual([pieces, clock.pending], [1, 0]);
  });

  it('lists its one model', async () => {
    const { signal } = new AbortController();
    const models = await createEcho(new FakeClock()).listModels(connection, signal);
    assert.deepEqual(
      models.map(({ id }) => id),
      ['echo-1'],
    );
  });
});

describe('sample of a schema', () => {
  const cases: readonly { readonly schema: Json; readonly sample: Json }[] = [
    { schema: { type: 'string' }, sample: 'text' },
    { schema: { type: 'string', maxLength: 2 }, sample: 'te' },
    { schema: { type: 'string', enum: ['a', 'b'] }, sample: 'a' },
    { schema: { const: 4 }, sample: 4 },
    { schema: { type: 'number', minimum: 5 }, sample: 5 },
    { schema: { type: 'integer', maximum: -2 }, sample: -2 },
    { schema: { type: 'boolean' }, sample: true },
    { schema: { type: ['null', 'string'] }, sample: null },
    { schema: { type: 'array', items: { type: 'boolean' }, minItems: 2 }, sample: [true, true] },
    {
      schema: { properties: { a: { default: [1] }, b: { examples: ['x'] } } },
      sample: { a: [1], b: 'x' },
    },
    { schema: { anyOf: [{ type: 'boolean' }, { type: 'string' }] }, sample: true },
    { schema: { $ref: '#/$defs/a', $defs: { a: { type: 'integer' } } }, sample: 1 },
    { schema: { $ref: '#' }, sample: null },
    { schema: true, sample: null },
  ];
  for (const { schema, sample } of cases) {
    it(`of ${JSON.stringify(schema)} is ${JSON.stringify(sample)}`, () => {
      assert.deepEqual(sampleOf(schema, 'text'), sample);
    });
  }
});
