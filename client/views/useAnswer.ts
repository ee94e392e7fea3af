import * as vscode from 'vscode';
import type { Output, OutputFormat } from '../model.ts';

/** Where an answer may go from the Outputs panel. */
export type AnswerUse = 'insert' | 'open' | 'save';

const endings: Readonly<Record<OutputFormat, string>> = {
  text: 'txt',
  markdown: 'md',
  json: 'json',
  html: 'html',
  yaml: 'yaml',
  xml: 'xml',
};

/** Puts answers to use outside of the panel. */
export class UseAnswer implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  /** A panel that has the focus leaves no editor active: the one before is meant. */
  #last: vscode.TextEditor | undefined = vscode.window.activeTextEditor;

  constructor() {
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#last = editor ?? this.#last;
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** @param folder key of the folder the output belongs to @param text what has arrived so far */
  async use(how: AnswerUse, folder: string, output: Output, text: string): Promise<void> {
    switch (how) {
      case 'insert':
        return this.#insert(output, text);
      case 'open':
        return open(output, text);
      case 'save':
        return save(folder, output, text);
    }
  }

  /** In place of every selection of the editor that was used last, as one edit that can be undone. */
  async #insert(output: Output, text: string): Promise<void> {
    const editor = this.#last;
    if (editor === undefined || !vscode.window.visibleTextEditors.includes(editor)) {
      const newDocument = vscode.l10n.t('Open as a Document');
      const message = vscode.l10n.t('There is no text editor to insert the answer into.');
      const chosen = await vscode.window.showInformationMessage(message, newDocument);
      if (chosen === newDocument) await open(output, text);
      return;
    }
    const inserted = await editor.edit((edit) => {
      for (const selection of editor.selections) edit.replace(selection, text);
    });
    if (!inserted) {
      const name = vscode.workspace.asRelativePath(editor.document.uri);
      throw new Error(vscode.l10n.t('{0} cannot be changed.', name));
    }
    await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn });
  }
}

async function open({ format }: Output, content: string): Promise<void> {
  const language = format === 'text' ? 'plaintext' : format;
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
}

async function save(folder: string, output: Output, text: string): Promise<void> {
  const ending = endings[output.format];
  const at = new Date(output.createdAt).toISOString().slice(0, 16).replaceAll(/[:T]/g, '-');
  const name = `${output.template.slug}-${at}.${ending}`;
  const root = folder === '' ? undefined : vscode.Uri.parse(folder);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the Answer'),
    filters: { [ending.toUpperCase()]: [ending] },
    ...(root && { defaultUri: vscode.Uri.joinPath(root, name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const show = vscode.l10n.t('Open');
  const message = vscode.l10n.t('Saved as {0}.', vscode.workspace.asRelativePath(target));
  // Not awaited: the page is not to wait until the message is read.
  void vscode.window.showInformationMessage(message, show).then((chosen) => {
    if (chosen === show) void vscode.window.showTextDocument(target);
  });
}
