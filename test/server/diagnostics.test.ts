import assert from 'node:assert/strict';
import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
} from 'vscode-languageserver-protocol';
import { covered } from '../support/cursorText.ts';
import { folder, LanguageServer, modernEditor, uri } from '../support/languageServer.ts';

const header = '---\nname: Letter\nvariables:\n  user: string\n---\n<<user>>\n';

async function pull(
  server: LanguageServer,
  at = uri,
  previousResultId?: string,
): Promise<DocumentDiagnosticReport> {
  const textDocument = { uri: at };
  return server.ask(DocumentDiagnosticRequest.type, { textDocument, previousResultId });
}

/** `error unclosed-block <<#if user>>` */
function told(text: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, code, range }) =>
    [severities[severity ?? 0], code, covered(text, range)].join(' '),
  );
}

const severities = ['', 'error', 'warning', 'information', 'hint'];

const table: [body: string, told: string[]][] = [
  ['Hi <<user>>, all is well', []],
  ['<<#if user>>x', ['error unclosed-block <<#if user>>']],
  ['<<#if user>>x<</each>>', ['error mismatch <</each>>']],
  ['x<</if>>', ['error stray-close <</if>>']],
  ['<<else>>', ['error stray-else <<else>>']],
  ['<<usr>>', ['warning undeclared-variable usr']],
  ['<<shout user>>', ['error unknown-helper shout']],
  ['<<> nobody>>', ['error unknown-partial nobody']],
  ['<<> rules language=user>>', []],
];

describe('diagnostics asked for', () => {
  let server: LanguageServer;
  before(async () => {
    const files = {
      [`${folder}/rules.prompt`]:
        '---\nname: Rules\nvariables:\n  language: string\n---\nIn <<language>>.',
    };
    server = await LanguageServer.start({ files });
  });
  afterEach(async () => server.close());
  after(() => server.stop());

  for (const [body, expected] of table) {
    it(body, async () => {
      const text = `${header}${body}`;
      await server.open(text);
      const report = await pull(server);
      assert.equal(report.kind, 'full');
      assert.deepEqual(told(text, report.items), expected);
    });
  }

  it('follows incremental edits', async () => {
    await server.open(`${header}<<user>>`);
    const first = await pull(server);
    const at = { line: 6, character: 2 };
    await server.change(2, 'x', { start: at, end: at });
    const second = await pull(server);
    assert.equal(first.kind === 'full' && first.items.length, 0);
    assert.deepEqual(second.kind === 'full' && second.items.map(({ code }) => code), [
      'undeclared-variable',
    ]);
  });

  it('says that nothing has changed', async () => {
    await server.open(header);
    const { resultId } = await pull(server);
    assert.deepEqual(await pull(server, uri, resultId), { kind: 'unchanged', resultId });
  });

  it('does not take a document opened anew for the one before it', async () => {
    await server.open(header);
    const { resultId } = await pull(server);
    await server.close();
    await server.open(`${header}<<usr>>`);
    assert.equal((await pull(server, uri, resultId)).kind, 'full');
  });

  it('sees a partial come, break and go', async () => {
    const fresh = `${folder}/fresh.prompt`;
    const text = `${header}<<> fresh>>`;
    await server.open(text);
    const codes = async () => {
      const report = await pull(server);
      return report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind;
    };
    assert.deepEqual(await codes(), ['unknown-partial']);
    await server.open('---\nname: Fresh\n---\nFine.', fresh);
    assert.deepEqual(await codes(), []);
    await server.change(2, '---\nname: Fresh\n---\n<<#if x>>', undefined, fresh);
    assert.deepEqual(await codes(), ['broken-partial']);
    await server.close(fresh);
    await server.settled();
    assert.deepEqual(await codes(), ['unknown-partial']);
    server.files.texts.set(fresh, '---\nname: Fresh\n---\nOn disk.');
    await server.filesChanged(fresh);
    assert.deepEqual(await codes(), []);
  });

  it('asks to be asked again when a file changes on disk', async () => {
    const before = server.refreshes;
    server.files.texts.set(`${folder}/new.prompt`, 'x');
    await server.filesChanged(`${folder}/new.prompt`, `${folder}/newer.prompt`);
    server.clock.advance(100);
    await server.settled();
    assert.equal(server.refreshes, before + 1);
  });

  it('tells two templates with the same slug', async () => {
    const other = `${folder}/sub/letter.prompt`;
    await server.open(header);
    await server.open(header, other);
    const report = await pull(server);
    const [found] = report.kind === 'full' ? report.items : [];
    assert.equal(found?.code, 'duplicate-slug');
    assert.equal(found?.relatedInformation?.[0]?.location.uri, other);
    await server.close(other);
  });

  it('holds to what is typed when the file changes on disk', async () => {
    const open = `${folder}/open.prompt`;
    await server.open('Fine.', open);
    server.files.texts.set(open, '<<#if x>>');
    await server.filesChanged(open);
    await server.open(`${header}<<> open>>`);
    const report = await pull(server);
    assert.deepEqual(report.kind === 'full' && report.items, []);
    server.files.texts.delete(open);
    await server.close(open);
  });

  it('leaves no error out when there are very many problems', async () => {
    await server.open(`${header}${'<<usr>>\n'.repeat(1500)}<<#if user>>`);
    const report = await pull(server);
    const codes = report.kind === 'full' ? report.items.map(({ code }) => code) : [];
    assert.equal(codes.length, 1000);
    assert(codes.includes('unclosed-block'));
  });

  it('does not take copies among build results for rivals', async () => {
    const copy = `${folder}/dist/letter.prompt`;
    server.files.texts.set(copy, header);
    await server.filesChanged(copy);
    await server.open(header);
    await server.open(header, copy);
    for (const at of [uri, copy]) {
      const report = await pull(server, at);
      assert.deepEqual(report.kind === 'full' && report.items, []);
    }
    await server.close(copy);
  });

  it('has none for a document that is not open', async () => {
    assert.deepEqual(await pull(server, `${folder}/none.prompt`), { kind: 'full', items: [] });
  });

  it('announces no diagnostics of its own accord', async () => {
    assert.deepEqual(server.initialized.capabilities.diagnosticProvider, {
      identifier: 'prompt',
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
  });
});

describe('diagnostics sent', () => {
  let server: LanguageServer;
  before(async () => {
    const { diagnostic: _, ...textDocument } = modernEditor.textDocument ?? {};
    server = await LanguageServer.start({ capabilities: { textDocument } });
  });
  after(() => server.stop());

  it('after a pause, for the last version', async () => {
    await server.open(`${header}<<usr>>`);
    await server.settled();
    server.clock.advance(50);
    await server.change(2, `${header}<<#if user>>`);
    const { version, diagnostics } = await server.pushed();
    assert.equal(version, 2);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['unclosed-block'],
    );
    assert.equal(server.clock.pending, 0);
  });

  it('for callers when a partial changes', async () => {
    const fresh = `${folder}/fresh.prompt`;
    await server.change(3, `${header}<<> fresh>>`);
    const broken = await server.pushed();
    await server.open('Fine.', fresh);
    const mended = await server.pushed();
    assert.deepEqual(
      [broken, mended].map(({ diagnostics }) => diagnostics.map(({ code }) => code)),
      [['unknown-partial'], []],
    );
  });

  it('cleared when the document is closed', async () => {
    await server.change(4, `${header}<<usr>>`);
    await server.pushed();
    const cleared = server.nextPushed();
    await server.close();
    assert.deepEqual(await cleared, { uri, diagnostics: [] });
  });

  it('and not announced as a request', () => {
    assert.equal(server.initialized.capabilities.diagnosticProvider, undefined);
  });
});
