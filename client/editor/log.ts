import * as vscode from 'vscode';

/** The extension's log (Output panel, "Prompt Workbench"). What goes in has been redacted by whoever writes it. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Prompt Workbench', { log: true });
}
