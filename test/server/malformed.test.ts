import assert from 'node:assert/strict';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { codeOf } from '../support/answers.ts';
import { LanguageServer, uri } from '../support/languageServer.ts';

const textDocument = { uri };
const position = { line: 0, character: 0 };
const range = { start: position, end: position };

const wrongPlaces: unknown[] = [
  undefined,
  null,
  5,
  'x',
  [],
  {},
  { line: 0 },
  { character: 0 },
  { line: '0', character: 0 },
  { line: null, character: null },
];
const oddPlaces = [
  { line: -1, character: 0 },
  { line: 0, character: -1 },
  { line: 0.5, character: 1.5 },
  { line: 2 ** 31 - 1, character: 2 ** 31 - 1 },
  { line: 2 ** 60, character: 2 ** 60 },
  { line: 1e300, character: 1e300 },
  { line: 0, character: 1e300 },
];
const wrongDocuments: unknown[] = [undefined, null, 5, 'x', {}, { uri: null }, { uri: 5 }];

/** What takes a place, and what it takes beside. */
const atPlaces: Readonly<Record<string, object>> = {
  completion: {},
  hover: {},
  definition: {},
  references: { context: { includeDeclaration: true } },
  documentHighlight: {},
  prepareRename: {},
  rename: { newName: 'y' },
  linkedEditingRange: {},
  signatureHelp: {},
};
const atRanges: Readonly<Record<string, object>> = {
  codeAction: { context: { diagnostics: [] } },
  inlayHint: {},
  rangeFormatting: { options: {} },
  'semanticTokens/range': {},
};
const ofDocuments = [
  'documentSymbol',
  'foldingRange',
  'codeLens',
  'documentLink',
  'semanticTokens/full',
  'diagnostic',
  'formatting',
];

describe('malformed requests', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
    await server.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { promptWorkbench: { inlayHints: { sampleValues: true } } },
    });
    await server.open('Hi <<x>>');
  });
  after(() => server.stop());
  afterEach(() => assert.deepEqual(server.logged, []));

  const ask = (method: string, params: object) =>
    codeOf(server.connection.sendRequest(`textDocument/${method}`, params));

  for (const [method, more] of Object.entries(atPlaces)) {
    it(`${method}: places that are none, and odd ones`, async () => {
      for (const place of wrongPlaces) {
        const code = await ask(method, { textDocument, position: place, ...more });
        assert.equal(code, ErrorCodes.InvalidParams, JSON.stringify(place));
      }
      for (const place of oddPlaces) {
        const code = await ask(method, { textDocument, position: place, ...more });
        const refuses = method === 'rename' || method === 'prepareRename';
        assert(code === 'answered' || refuses, `${JSON.stringify(place)}: ${code}`);
      }
    });
  }

  for (const [method, more] of Object.entries(atRanges)) {
    it(`${method}: ranges that are none, and odd ones`, async () => {
      for (const place of wrongPlaces) {
        for (const wrong of [
          place,
          { start: position, end: place },
          { start: place, end: position },
        ]) {
          const code = await ask(method, { textDocument, range: wrong, ...more });
          assert.equal(code, ErrorCodes.InvalidParams, JSON.stringify(wrong));
        }
      }
      for (const place of oddPlaces) {
        for (const odd of [
          { start: position, end: place },
          { start: place, end: position },
        ]) {
          assert.equal(await ask(method, { textDocument, range: odd, ...more }), 'answered');
        }
      }
    });
  }

  for (const method of [...Object.keys(atPlaces), ...Object.keys(atRanges), ...ofDocuments]) {
    it(`${method}: documents that are none`, async () => {
      for (const wrong of wrongDocuments) {
        const more = { ...atPlaces[method], ...atRanges[method] };
        const code = await ask(method, { textDocument: wrong, position, range, ...more });
        assert(code === ErrorCodes.InvalidParams, `${JSON.stringify(wrong)}: ${code}`);
      }
    });
  }
});
