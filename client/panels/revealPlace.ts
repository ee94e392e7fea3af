import * as vscode from 'vscode';
import type { SourcePlace } from './sourcePlace.ts';

/** Marks the lines that are shown while another editor or panel keeps the focus. */
const shown = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  isWholeLine: true,
});

/**
 * Puts the cursor there, in the editor that shows the document already if one does, else in the first column.
 * @param focus false: the place is only shown, and whoever has the focus keeps it.
 */
export async function revealPlace(
  uri: vscode.Uri,
  place: SourcePlace,
  focus: boolean,
): Promise<void> {
  const document = place.uri === undefined ? uri : vscode.Uri.parse(place.uri);
  const visible = vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === document.toString(),
  );
  const { end, start } = place.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const editor = await vscode.window.showTextDocument(document, {
    selection,
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
    preserveFocus: !focus,
  });
  if (!focus) markUntilMoved(editor, selection);
}

function markUntilMoved(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.setDecorations(shown, [range]);
  const moved = vscode.window.onDidChangeTextEditorSelection(({ selections, textEditor }) => {
    if (textEditor !== editor || selections[0]?.isEqual(range) === true) return;
    moved.dispose();
    // Another place of the same editor may be shown by now.
    if (editor.selection.isEqual(range)) return;
    editor.setDecorations(shown, []);
  });
}
