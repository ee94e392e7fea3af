import assert from 'node:assert/strict';
import { CodeLensRequest } from 'vscode-languageserver-protocol';
import { folder, LanguageServer, uri } from '../support/languageServer.ts';

const files = {
  [`${folder}/a.prompt`]: '<<> letter>><<> letter>>',
  [`${folder}/b.prompt`]: '<<#> letter>>x<</letter>>',
};

const table: [text: string, options: unknown, titles: string[]][] = [
  ['plain', undefined, ['used by 2 prompts']],
  [
    '---\nname: x\nvariables: { a: text, b: text }\n---\n<<a>><<#if b>>',
    undefined,
    ['2 variables', '1 error', 'used by 2 prompts'],
  ],
  [
    'x',
    { commands: ['promptWorkbench.run', 'other.command', 1] },
    ['Run promptWorkbench.run', 'used by 2 prompts'],
  ],
  ['x', { commands: 'promptWorkbench.run' }, ['used by 2 prompts']],
  ['---\nname: x\nslug: other\n---\nx', 'nonsense', []],
];

describe('code lenses', () => {
  for (const [text, initializationOptions, titles] of table) {
    it(`${JSON.stringify(text)} with ${JSON.stringify(initializationOptions)}`, async () => {
      const server = await LanguageServer.start({ files, initializationOptions });
      await server.open(text);
      const lenses = await server.ask(CodeLensRequest.type, { textDocument: { uri } });
      const shown = lenses?.map(({ command }) => `${command?.title} ${command?.command}`.trim());
      assert.deepEqual(shown, titles);
      assert(lenses?.every(({ range }) => range.start.line === 0));
      server.stop();
    });
  }
});
