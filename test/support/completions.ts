import { CompletionRequest, type CompletionItem } from 'vscode-languageserver-protocol';
import { type CursorText, cursorText, edited } from './cursorText.ts';
import { type LanguageServer, uri } from './languageServer.ts';

/** What is offered at the mark of a text, which becomes the content of the open document. */
export class Completions {
  readonly items: readonly CompletionItem[];
  readonly #text: CursorText;

  private constructor(items: readonly CompletionItem[], text: CursorText) {
    this.items = items;
    this.#text = text;
  }

  static async at(server: LanguageServer, marked: string, document = uri): Promise<Completions> {
    const text = cursorText(marked);
    await server.open(text.text, document);
    const answer = await server.ask(CompletionRequest.type, {
      textDocument: { uri: document },
      position: text.position,
    });
    await server.close(document);
    return new Completions(Array.isArray(answer) ? answer : (answer?.items ?? []), text);
  }

  /** Best first, as an editor would list them. */
  get labels(): string[] {
    return this.items
      .toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
      .map(({ label }) => label);
  }

  item(label: string): CompletionItem {
    const found = this.items.find((item) => item.label === label);
    if (found === undefined) throw new Error(`${label} is not among ${this.labels.join(', ')}`);
    return found;
  }

  /** The document after the item was taken; tab stops of a snippet as they are written. */
  accept(label: string): string {
    const { textEdit, additionalTextEdits = [] } = this.item(label);
    if (textEdit === undefined || !('range' in textEdit)) throw new Error(`${label} has no edit`);
    return edited(this.#text.text, [textEdit, ...additionalTextEdits]);
  }
}
