import assert from 'node:assert/strict';
import { folder, LanguageServer, modernEditor } from '../support/languageServer.ts';

const count = 1000;
const uriOf = (number: number) => `${folder}/letter_${number}.prompt`;
const head = '---\nname: Letter\nvariables: { name: string }\n---\n<<name>>';
/** Every other one calls the one after it. */
const textOf = (number: number) => (number % 2 === 0 ? `${head} <<> letter_${number + 1}>>` : head);

interface Offered {
  readonly label: string;
}

async function openAll(server: LanguageServer): Promise<void> {
  for (let number = 0; number < count; number++) await server.open(textOf(number), uriOf(number));
}

describe('1,000 open documents', () => {
  it('are told apart, and each sees the others', async () => {
    const server = await LanguageServer.start();
    await openAll(server);
    const codes = async (number: number) => {
      const textDocument = { uri: uriOf(number) };
      const { items } = await server.connection.sendRequest<{ items: { code: string }[] }>(
        'textDocument/diagnostic',
        { textDocument },
      );
      return items.map(({ code }) => code);
    };
    assert.deepEqual(await codes(998), []);
    await server.change(2, '<</if>>', undefined, uriOf(999));
    assert.deepEqual(await codes(998), ['broken-partial']);
    assert.deepEqual(await codes(996), []);
    await server.close(uriOf(999));
    assert.deepEqual(await codes(998), ['unknown-partial']);
    await server.change(2, '---\nname: X\nslug: letter_999\n---\nx', undefined, uriOf(997));
    assert.deepEqual(await codes(998), []);
    assert.deepEqual(await codes(996), ['unknown-partial']);
    assert.deepEqual(server.logged, []);
    server.stop();
  });

  it('are offered as partials as far as they fit what is typed', async () => {
    const server = await LanguageServer.start();
    await openAll(server);
    const uri = `${folder}/other.prompt`;
    const rows: [text: string, offered: number][] = [
      ['<<> ', count],
      ['<<> LET99', 28],
      ['<<> _42', 28],
      ['<<le', count],
      ['<<nam', 0],
      ['<<> xyz', 0],
    ];
    for (const [text, offered] of rows) {
      await server.open(text, uri);
      const items = await server.connection.sendRequest<Offered[]>('textDocument/completion', {
        textDocument: { uri },
        position: { line: 0, character: text.length },
      });
      const partials = items.filter(({ label }) => label.includes('letter_'));
      assert.equal(partials.length, offered, text);
      await server.close(uri);
    }
    server.stop();
  });

  it('are all told to a client that only takes what is sent', async () => {
    const { diagnostic: _, ...textDocument } = modernEditor.textDocument ?? {};
    const server = await LanguageServer.start({ capabilities: { ...modernEditor, textDocument } });
    const told = new Map<string, number>();
    const { promise: done, resolve } = Promise.withResolvers<void>();
    server.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: object[] }) => {
        told.set(uri, diagnostics.length);
        if (told.size === count) resolve();
      },
    );
    await openAll(server);
    await server.change(2, '<</if>>', undefined, uriOf(999));
    await server.settled();
    server.clock.advance(100);
    await done;
    assert.deepEqual(
      [997, 998, 999].map((number) => told.get(uriOf(number))),
      [0, 1, 1],
    );
    server.stop();
  });
});
