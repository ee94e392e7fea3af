import * as vscode from 'vscode';

/** What a template's tab is called: its file name without the ending. */
export function templateTitle(uri: vscode.Uri): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return name.replace(/\.prompt$/, '') || name;
}

/**
 * Calls `changed` whenever what the template renders to may be another: it was edited, or a file it may include
 * was saved, made or deleted.
 */
export function followDocument(uri: vscode.Uri, changed: () => void): vscode.Disposable {
  const key = uri.toString();
  const partials = vscode.workspace.createFileSystemWatcher('**/*.prompt');
  return vscode.Disposable.from(
    partials,
    partials.onDidChange(changed),
    partials.onDidCreate(changed),
    partials.onDidDelete(changed),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === key) changed();
    }),
  );
}
