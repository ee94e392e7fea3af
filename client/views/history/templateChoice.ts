import * as vscode from 'vscode';
import type { OutputRepository } from '../../store/store.ts';

interface TemplateItem extends vscode.QuickPickItem {
  readonly slug: string;
}

/** The templates of a history, those with the most outputs first. */
export function templateItems(outputs: OutputRepository): TemplateItem[] {
  return outputs.templates().map(({ count, name, slug }) => ({
    label: name,
    description: count === 1 ? vscode.l10n.t('1 output') : vscode.l10n.t('{0} outputs', count),
    detail: slug === name ? undefined : slug,
    slug,
  }));
}
