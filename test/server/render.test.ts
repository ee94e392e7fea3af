import assert from 'node:assert/strict';
import {
  describeRequest,
  missingMarker,
  renderRequest,
  type RenderParams,
} from '../../server/protocol.ts';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const rules = `${folder}/rules.prompt`;
const files = {
  [rules]:
    '---\nname: Rules\nvariables:\n  tone: { type: string, default: kind }\n---\nBe <<tone>>.',
  'file:///elsewhere/secret.prompt': 'secret',
};
const header = '---\nname: Letter\nvariables:\n  user: string\n---\n';

describe('prompt/render and prompt/describe', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  async function render(context: RenderParams['context'], at = uri) {
    const textDocument = { uri: at };
    const answer = await server.connection.sendRequest(renderRequest, { textDocument, context });
    return { ...answer, problems: answer.problems.map(({ code }) => code) };
  }

  it('gives the messages in order', async () => {
    await server.open(`${header}<<#system>>Be brief.<</system>>\nHi <<user>>, <<> rules>>`);
    assert.deepEqual(await render({ user: 'Ada' }), {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi Ada, Be kind.' },
      ],
      missing: [],
      problems: [],
    });
  });

  it('renders what is typed, not what is on disk', async () => {
    await server.open('Be typed.', rules);
    assert.equal((await render({}, rules)).messages[0]?.content, 'Be typed.');
    await server.close(rules);
    assert.equal((await render({ tone: 'x' }, rules)).messages[0]?.content, 'Be x.');
  });

  it('marks and lists what is missing', async () => {
    await server.open(`${header}Hi <<user>>`);
    const { messages, missing } = await render({});
    assert.equal(messages[0]?.content, `Hi ${missingMarker('user')}`);
    assert.deepEqual(missing, ['user']);
  });

  it('refuses exactly when there is an error', async () => {
    await server.open(`${header}<<#if user>>x`);
    assert.deepEqual(await render({ user: 'Ada' }), {
      messages: [],
      missing: [],
      problems: ['unclosed-block'],
    });
    await server.change(2, `${header}<<user>> <<other>>`);
    const { messages, problems } = await render({ user: 'Ada', other: 'x' });
    assert.deepEqual(problems, ['undeclared-variable']);
    assert.equal(messages[0]?.content, 'Ada x');
  });

  it('says where each part comes from, when asked', async () => {
    await server.open(
      `${header}<<#system>>\n Be brief.\n<</system>>\n😀 <<user>>,\n  <<> rules>>\n!`,
    );
    const textDocument = { uri };
    const { messages, sources } = await server.connection.sendRequest(renderRequest, {
      textDocument,
      context: { user: 'Ada' },
      sources: true,
    });
    const told = messages.map(({ content }, index) =>
      sources?.[index]?.map(({ start, end, kind, range, uri: at }) => {
        const place = `${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character}`;
        return [content.slice(start, end), kind, place, ...(at === undefined ? [] : [at])].join(
          ' ',
        );
      }),
    );
    assert.deepEqual(told, [
      ['Be brief. text 6:1-6:10'],
      [
        '😀  text 8:0-8:3',
        'Ada value 8:3-8:11',
        ', text 8:11-8:12',
        `Be  text 5:0-5:3 ${rules}`,
        `kind value 5:3-5:11 ${rules}`,
        `. text 5:11-5:12 ${rules}`,
        '! text 10:0-10:1',
      ],
    ]);
  });

  it('says so when a loop does not end in time', async () => {
    const loop = '<<#each xs>>'.repeat(12) + 'x' + '<</each>>'.repeat(12);
    await server.open(
      `---\nname: L\nvariables:\n  xs: array\n---\n${loop.replaceAll('xs', '@root.xs')}`,
    );
    const { messages, problems } = await render({ xs: Array.from({ length: 50 }, () => 1) });
    assert.deepEqual({ messages, problems }, { messages: [], problems: ['render-failed'] });
    await server.change(2, 'fine');
    assert.equal((await render({})).messages[0]?.content, 'fine');
  });

  for (const at of [
    'file:///elsewhere/secret.prompt',
    `${folder}/../elsewhere/secret.prompt`,
    `${folder}/none.prompt`,
    'untitled:Untitled-7',
    'https://example.com/x.prompt',
    'nonsense',
  ]) {
    it(`knows nothing of ${at}`, async () => {
      assert.deepEqual(await render({}, at), { messages: [], missing: [], problems: [] });
      const textDocument = { uri: at };
      assert.equal(await server.connection.sendRequest(describeRequest, { textDocument }), null);
    });
  }

  it('renders an unsaved document with the partials of the only folder', async () => {
    await server.open('New: <<> rules>>', 'untitled:Untitled-1');
    const { messages } = await render({}, 'untitled:Untitled-1');
    assert.equal(messages[0]?.content, 'New: Be kind.');
    await server.close('untitled:Untitled-1');
  });

  it('describes a template on disk', async () => {
    const described = await server.connection.sendRequest(describeRequest, {
      textDocument: { uri: rules },
    });
    assert.equal(described?.name, 'Rules');
    assert.equal(described?.slug, 'rules');
    assert.deepEqual(
      described?.variables.map(({ name, required }) => ({ name, required })),
      [{ name: 'tone', required: false }],
    );
  });
});
