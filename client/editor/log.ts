import * as vscode from 'vscode';
import type { Redactor } from '../providers/redact.ts';
import { RedactedChannel } from './redactedChannel.ts';

/** The extension's log (Output panel, "Prompt Workbench"). No key the redactor knows gets into it, whoever writes. */
export function createLog(redactor: Redactor): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel('Prompt Workbench', { log: true });
  return new RedactedChannel(channel, redactor);
}
