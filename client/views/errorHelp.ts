import * as vscode from 'vscode';
import type { OpenFolder } from '../editor/folders.ts';
import type { ErrorInfo, TemplateRef } from '../model.ts';
import { type ActionId, actionsFor } from '../providers/actions.ts';

/** An error with what it is about, so that its buttons know what to work on. */
export interface Trouble {
  readonly error: ErrorInfo;
  readonly provider?: string;
  /** Credential id. */
  readonly credential?: string;
  readonly template?: TemplateRef;
}

/** What the buttons of an error do; `runAgain` needs a job and is done where the job is known. */
export type ErrorButton = Exclude<ActionId, 'runAgain'>;

/** Does what an error's button says. */
export async function actOnError(
  open: OpenFolder,
  action: ErrorButton,
  trouble: Trouble,
): Promise<void> {
  const { template } = trouble;
  if (action === 'openTemplate') {
    if (template) await vscode.window.showTextDocument(vscode.Uri.parse(template.uri));
    return;
  }
  await vscode.commands.executeCommand(commandOf(action), {
    kind: 'credential',
    folder: open.key,
    provider: trouble.provider,
    credential: trouble.credential,
  } satisfies CredentialArgument);
}

/** What the credential commands take from a tree item, an error button or nobody. */
export interface CredentialArgument {
  readonly kind: 'credential';
  readonly folder: string;
  readonly provider?: string;
  readonly credential?: string;
}

function commandOf(action: Exclude<ErrorButton, 'openTemplate'>): string {
  switch (action) {
    case 'addCredential':
      return 'promptWorkbench.addCredential';
    case 'replaceKey':
      return 'promptWorkbench.replaceKey';
    case 'editCredential':
      return 'promptWorkbench.editCredential';
    case 'chooseModel':
      return 'promptWorkbench.chooseModel';
    case 'useOffline':
      return 'promptWorkbench.useOffline';
    case 'showLog':
      return 'promptWorkbench.showLog';
  }
}

/**
 * Tells of an error in a notification, with the buttons that help and any others.
 * @returns the button of `others` that was pressed.
 */
export async function showTrouble<B extends string>(
  open: OpenFolder,
  trouble: Trouble,
  others: readonly B[] = [],
): Promise<B | undefined> {
  const actions = actionsFor(trouble.error, trouble.credential !== undefined)
    .filter(({ id }) => id !== 'runAgain')
    .map(({ id, label }) => ({ id, label: vscode.l10n.t(label) }));
  const answer = await vscode.window.showErrorMessage(
    trouble.error.message,
    ...actions.map(({ label }) => label),
    ...others,
  );
  const action = actions.find(({ label }) => label === answer);
  if (action) await actOnError(open, action.id as ErrorButton, trouble);
  return others.find((other) => other === answer);
}
