import * as vscode from 'vscode';
import type { NotCarried } from '../../server/protocol.ts';

/** What one file became, and what of it did not come along. */
export interface Carried {
  readonly from: string;
  readonly to: string;
  readonly losses: readonly NotCarried[];
}

/** Says how it went; what was lost can be read in a document of its own. */
export async function tellLosses(message: string, carried: readonly Carried[]): Promise<void> {
  const count = carried.reduce((sum, { losses }) => sum + losses.length, 0);
  if (count === 0) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const open = vscode.l10n.t('Open Report');
  const text =
    count === 1
      ? vscode.l10n.t('{0} One thing could not be carried over.', message)
      : vscode.l10n.t('{0} {1} things could not be carried over.', message, count);
  if ((await vscode.window.showWarningMessage(text, open)) !== open) return;
  const content = reportOf(carried);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: true });
}

function reportOf(carried: readonly Carried[]): string {
  const parts = carried.map(({ from, to, losses }) => {
    const lines = losses.map(({ key, reason, line }) => {
      const place = line === undefined ? '' : ` (${vscode.l10n.t('line {0}', line)})`;
      return `- ${code(key)}${place}: ${reason}`;
    });
    const all = lines.length === 0 ? [vscode.l10n.t('Everything came along.')] : lines;
    return [`## ${from} → ${to}`, '', ...all, ''].join('\n');
  });
  return [`# ${vscode.l10n.t('What could not be carried over')}`, '', ...parts].join('\n');
}

/** As code, whatever it contains. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
