import assert from 'node:assert/strict';
import {
  CodeActionRequest,
  type CodeAction,
  CompletionRequest,
  type CompletionItem,
  type Diagnostic,
  DocumentDiagnosticRequest,
  HoverRequest,
  type MarkupContent,
} from 'vscode-languageserver/node';
import {
  knownNamesNotification,
  type ModelTable,
  modelTableRequest,
} from '../../server/protocol.ts';
import { LanguageServer, type ServerOptions, uri } from '../support/languageServer.ts';
import { until } from '../support/processes.ts';

const table: ModelTable = {
  date: '2026-06-30',
  providers: [
    {
      slug: 'acme',
      name: 'Acme',
      models: [
        {
          id: 'road-runner-2',
          name: 'Road Runner 2',
          context: 1000,
          output: 100,
          temperature: false,
          structured: false,
          price: { input: 1.5, output: 6 },
        },
        { id: 'coyote-mini', context: 200_000, temperature: true },
        { id: 'shared' },
      ],
    },
    { slug: 'other', name: 'Other', models: [{ id: 'shared', temperature: false }] },
  ],
};

const textDocument = { uri };
const head = (lines: string) => `---\nname: X\n${lines}\n---\nHi`;

describe('Models', () => {
  let server: LanguageServer;
  let asked = 0;
  let answer: () => ModelTable = () => table;

  async function start(options: ServerOptions = { initializationOptions: { modelTable: true } }) {
    asked = 0;
    answer = () => table;
    server = await LanguageServer.start(options);
    server.connection.onRequest(modelTableRequest, () => {
      asked++;
      return answer();
    });
  }
  beforeEach(() => start());
  afterEach(() => server.stop());

  async function diagnostics(): Promise<Diagnostic[]> {
    const report = await server.ask(DocumentDiagnosticRequest.type, { textDocument });
    return report.kind === 'full' ? report.items : [];
  }

  /** As an editor does it: when it is told that it may ask again. */
  async function told(text: string): Promise<Diagnostic[]> {
    await server.open(text);
    await diagnostics();
    await until('the table of models', () => asked > 0);
    await server.ask(HoverRequest.type, { textDocument, position: { line: 0, character: 0 } });
    return diagnostics();
  }

  async function fixed(text: string): Promise<string[]> {
    const problems = await told(text);
    const made: string[] = [];
    for (const problem of problems) {
      const actions = (await server.ask(CodeActionRequest.type, {
        textDocument,
        range: problem.range,
        context: { diagnostics: [problem], only: ['quickfix'] },
      })) as CodeAction[];
      made.push(...actions.filter(({ diagnostics: of }) => of?.length).map(({ title }) => title));
    }
    return made;
  }

  const cases: [what: string, lines: string, problems: string[], fixes: string[]][] = [
    ['a model that can all that', 'model: coyote-mini\ntemperature: 1\nmax_tokens: 9000', [], []],
    [
      'a temperature that is refused',
      'model: road-runner-2\ntemperature: 0.2',
      ['model-conflict 3:0 Road Runner 2 does not take “temperature”'],
      ['Remove “temperature”'],
    ],
    [
      'a dated name of the same model',
      'model: road-runner-2-2026-01-02\ntemperature: 0.2',
      ['model-conflict 3:0 Road Runner 2 does not take “temperature”'],
      ['Remove “temperature”'],
    ],
    [
      'more tokens than it answers with',
      'model: road-runner-2\nmax_tokens: 101',
      ['model-conflict 3:12 Answers of Road Runner 2 have at most 100 tokens.'],
      ['Use “100”', 'Remove “max_tokens”'],
    ],
    ['as many tokens as it answers with', 'model: road-runner-2\nmax_tokens: 100', [], []],
    [
      'a schema it is not held to',
      'model: road-runner-2\nformat: json\nschema: {type: object}',
      ['model-conflict 4:0 Road Runner 2 cannot be held to a schema'],
      ['Remove “schema”'],
    ],
    [
      'a slip in the name',
      'model: coyote-mimi',
      ['unknown-model 2:7 No model “coyote-mimi” is known (as of 2026-06-30).'],
      ['Change to “coyote-mini”'],
    ],
    ['a name that is only newer', 'model: road-runner-3', [], []],
    ['a name nobody knows', 'model: something-else', [], []],
    ['a name two providers have', 'model: shared\ntemperature: 1', [], []],
    [
      'the one of the provider',
      'provider: other\nmodel: shared\ntemperature: 1',
      ['model-conflict 4:0 shared does not take “temperature”'],
      ['Remove “temperature”'],
    ],
    ['a provider the table does not have', 'provider: mine\nmodel: coyote-mimi', [], []],
  ];
  for (const [what, lines, problems, fixes] of cases) {
    it(`checks ${what}`, async () => {
      const found = (await told(head(lines))).map(
        ({ code, message, range: { start } }) =>
          `${String(code)} ${start.line}:${start.character} ${message as string}`,
      );
      assert.equal(found.length, problems.length, found.join('\n'));
      problems.forEach((problem, index) =>
        assert.ok(found[index]?.startsWith(problem), found[index]),
      );
    });
    if (fixes.length === 0) continue;
    it(`mends ${what}`, async () => assert.deepEqual(await fixed(head(lines)), fixes));
  }

  it('warns of a prompt that is longer than what the model takes', async () => {
    const [problem] = await told(`${head('model: road-runner-2')}${'word '.repeat(1000)}`);
    assert.match(problem?.message as string, /about 1,251 tokens; Road Runner 2 takes 1,000/);
  });

  it('asks the client once, and tells it to ask again when it has answered', async () => {
    await told(head('model: coyote-mimi'));
    await server.change(2, head('model: coyote-mini'));
    assert.deepEqual(await diagnostics(), []);
    server.clock.advance(100);
    await until('the request to ask again', () => server.refreshes > 0);
    assert.deepEqual([asked, server.refreshes], [1, 1]);
  });

  it('asks nothing for templates that name no model', async () => {
    await server.open(head('temperature: 1'));
    assert.deepEqual(await diagnostics(), []);
    assert.equal(asked, 0);
  });

  it('asks no client that does not say it can be asked', async () => {
    server.stop();
    await start({});
    await server.open(head('model: coyote-mimi'));
    assert.deepEqual(await diagnostics(), []);
    assert.equal(asked, 0);
  });

  it('goes on without when the client fails', async () => {
    answer = () => {
      throw new Error('no table');
    };
    assert.deepEqual(await told(head('model: coyote-mimi')), []);
  });

  async function completed(text: string): Promise<CompletionItem[]> {
    await server.open(text.replace('|', ''));
    const before = text.slice(0, text.indexOf('|')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    const items = await server.ask(CompletionRequest.type, { textDocument, position });
    return items as CompletionItem[];
  }

  it('completes what the provider listed last, then what else is known, with size and price', async () => {
    await server.connection.sendNotification(knownNamesNotification, {
      folder: 'file:///work',
      providers: [{ slug: 'acme', name: 'Acme', models: ['brand-new', 'coyote-mini'] }],
      credentials: [],
    });
    const items = await completed(head('model: |'));
    assert.deepEqual(
      items
        .toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1))
        .map(({ detail, label }) => `${label}: ${detail}`),
      [
        'brand-new: Acme',
        'coyote-mini: Acme, 200K tokens, price unknown',
        'road-runner-2: Acme, 1K tokens, $1.5 in, $6 out per million',
        'shared: Acme, price unknown',
      ],
    );
  });

  it('says on hover what a model can do and costs', async () => {
    await told(head('model: road-runner-2'));
    const position = { line: 2, character: 10 };
    const hover = await server.ask(HoverRequest.type, { textDocument, position });
    assert.equal(
      (hover!.contents as MarkupContent).value,
      '**Road Runner 2** — model of Acme\n\n- 1,000 tokens of prompt and answer\n- answers up to 100\n- $1.5 per million tokens in, $6 out\n- takes no `temperature`\n- cannot be held to a `schema`\n\nAs of 2026-06-30.',
    );
  });
});
