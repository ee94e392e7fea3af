import assert from 'node:assert/strict';
import {
  ApplyWorkspaceEditRequest,
  type ClientCapabilities,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Command,
  ExecuteCommandRequest,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver-protocol';
import { chosen, filesAfter, fixed, offered } from '../support/codeActions.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const header = '---\nname: Letter\nvariables:\n  user: string\n---\n';

const files = { [`${folder}/rules.prompt`]: 'Be kind. <<> letter>>' };
const resolving: ClientCapabilities = {
  ...modernEditor,
  textDocument: {
    ...modernEditor.textDocument,
    codeAction: {
      ...modernEditor.textDocument?.codeAction,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

describe('code actions', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  it('creates a missing template beside its caller, with what it is given', async () => {
    const marked = `${header}<<user>><<> no|body tone="warm" who=user n=3>>`;
    const title = 'Create the template “nobody”';
    const { actions } = await offered(server, marked);
    const action = actions.find((one) => one.title === title);
    assert.deepEqual(action?.edit?.documentChanges?.[0], {
      kind: 'create',
      uri: `${folder}/nobody.prompt`,
      options: { ignoreIfExists: true },
    });
    assert.deepEqual(filesAfter(action.edit ?? {}, new Map()), {
      'nobody.prompt':
        '---\nname: Nobody\nvariables:\n  tone: string\n  who: any\n  n: number\n---\n',
    });
  });

  it('creates no template that its name would not find', async () => {
    const { actions } = await offered(server, `${header}<<user>><<> "No| Body">>`);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Make it text', 'Make this tag text', 'Convert the whole prompt to {{ }}'],
    );
  });

  it('prefers one fix where there are several', async () => {
    const { actions } = await offered(server, `${header}<<usr|>>`);
    assert.deepEqual(
      actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title),
      ['Change to “user”'],
    );
  });

  it('names the problem it fixes', async () => {
    const { actions } = await offered(server, `${header}<<usr|>>`);
    assert.deepEqual(
      actions[0]?.diagnostics?.map(({ code }) => code),
      ['undeclared-variable'],
    );
  });

  it('has none where nothing is wrong', async () => {
    const { actions } = await offered(server, `${header}<<us|er>>`, { only: ['quickfix'] });
    assert.deepEqual(actions, []);
  });

  const safe: [what: string, text: string, after: string][] = [
    ['a missing #', '<<if user>>x<</if>>', '<<#if user>>x<</if>>'],
    ['no guess', '<<usr>> << user >> <<#if user>>', ''],
    ['no helper by its spelling', '<<uper user>>', ''],
  ];
  for (const [what, text, after] of safe) {
    it(`fixes all that is safe: ${what}`, async () => {
      const { actions } = await offered(server, `|${header}${text}`, { only: ['source.fixAll'] });
      assert.equal(actions.length, after === '' ? 0 : 1);
      if (after === '') return;
      await server.close();
      const found = await fixed(server, `|${header}${text}`, 'Fix all that can be fixed safely', {
        only: ['source.fixAll.promptWorkbench'],
      });
      assert.equal(found, header + after);
    });
  }

  const kinds: [only: string[] | undefined, quickfix: boolean][] = [
    [undefined, true],
    [['quickfix'], true],
    [[''], true],
    [['quick'], false],
    [['quickfix.other'], false],
    [['refactor'], false],
    [['source', 'quickfix'], true],
  ];
  for (const [only, wanted] of kinds) {
    it(`${wanted ? 'offers' : 'keeps back'} quick fixes when only ${String(only)} is wanted`, async () => {
      const { actions } = await offered(server, `${header}<<usr|>>`, { only });
      assert.equal(
        actions.some(({ kind }) => kind === 'quickfix'),
        wanted,
      );
    });
  }
});

describe('code actions for other clients', () => {
  const broken = `${header}<<if user>>x<</if>>`;
  const only = ['source.fixAll'];
  const title = 'Fix all that can be fixed safely';
  const mended = { 'letter.prompt': `${header}<<#if user>>x<</if>>` };
  let server: LanguageServer;
  afterEach(() => server.stop());

  it('makes edits when one is chosen, if the client can wait', async () => {
    server = await LanguageServer.start({ capabilities: resolving });
    const { actions } = await offered(server, `|${broken}`, { only });
    assert.equal(actions[0]?.edit, undefined);
    await server.close();
    assert.deepEqual(await chosen(server, `|${broken}`, title, { only }), mended);
  });

  it('makes none for a text that has changed since', async () => {
    server = await LanguageServer.start({ capabilities: resolving });
    const { actions } = await offered(server, `|${broken}`, { only });
    await server.change(2, 'other');
    await assert.rejects(
      server.ask(CodeActionResolveRequest.type, actions[0]!),
      (error) => error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified,
    );
  });

  it('answers without versions where the client knows none', async () => {
    const { workspaceEdit: _, ...workspace } = modernEditor.workspace ?? {};
    server = await LanguageServer.start({ capabilities: { ...modernEditor, workspace } });
    const { text, actions } = await offered(server, `${header}<<usr|>><<> nobody>>`);
    assert.deepEqual(filesAfter(actions[0]?.edit ?? {}, new Map([[uri, text]])), {
      'letter.prompt': `${header}<<user>><<> nobody>>`,
    });
    assert.equal(actions[0]?.edit?.documentChanges, undefined);
    await server.close();
    const partial = await offered(server, `${header}<<user>><<> nob|ody>>`);
    assert.deepEqual(
      partial.actions.map((one) => one.title),
      ['Make it text', 'Make this tag text', 'Convert the whole prompt to {{ }}'],
    );
  });

  const { codeAction: _, ...textDocument } = modernEditor.textDocument ?? {};

  it('sends edits to a client that knows only commands', async () => {
    const workspace = { ...modernEditor.workspace, applyEdit: true };
    server = await LanguageServer.start({ capabilities: { textDocument, workspace } });
    const applied: unknown[] = [];
    server.connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
      applied.push(filesAfter(edit, new Map([[uri, broken]])));
      return { applied: true };
    });
    await server.open(broken);
    const start = { line: 0, character: 0 };
    const [command] = ((await server.ask(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [], only },
    })) ?? []) as Command[];
    assert(command);
    const known = server.initialized.capabilities.executeCommandProvider?.commands ?? [];
    assert(known.includes(command.command));
    await server.ask(ExecuteCommandRequest.type, command);
    assert.deepEqual(applied, [mended]);
  });

  it('has none for a client that takes no edits', async () => {
    server = await LanguageServer.start({ capabilities: { textDocument } });
    assert.deepEqual((await offered(server, `${header}<<usr|>>`)).actions, []);
    assert.equal(server.initialized.capabilities.executeCommandProvider, undefined);
  });
});
