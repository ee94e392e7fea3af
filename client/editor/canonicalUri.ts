import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';

/**
 * One name for a folder however it was opened: through a symbolic link, or with other capitals where the file system
 * does not tell them apart. As it is where it cannot be looked at.
 */
export async function canonicalUri(uri: vscode.Uri): Promise<string> {
  if (uri.scheme !== 'file') return uri.toString();
  try {
    return vscode.Uri.file(await realpath(uri.fsPath)).toString();
  } catch {
    return uri.toString();
  }
}
