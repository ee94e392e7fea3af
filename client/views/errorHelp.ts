import * as vscode from 'vscode';
import type { OpenFolder } from '../editor/folders.ts';
import type { ErrorInfo, Job, TemplateRef } from '../model.ts';
import { type ActionId, actionsFor } from '../providers/actions.ts';
import type { JobNode } from './jobsView.ts';

/** An error with what it is about, so that its buttons know what to work on. */
export interface Trouble {
  readonly error: ErrorInfo;
  readonly provider?: string;
  /** Credential id. */
  readonly credential?: string;
  readonly template?: TemplateRef;
  /** The failed job, which can be run again. */
  readonly job?: Job;
  /** Said instead of the error's own words. */
  readonly message?: string;
}

/** A button besides those that belong to the error. */
export interface Button {
  readonly label: string;
  readonly press: () => Thenable<unknown>;
}

/** What the buttons of an error do; `runAgain` needs a job and is done where the job is known. */
type ErrorButton = Exclude<ActionId, 'runAgain'>;

/** Does what an error's button says. */
export async function actOnError(
  open: OpenFolder,
  action: ErrorButton,
  trouble: Trouble,
): Promise<void> {
  const { template } = trouble;
  if (action === 'openTemplate') {
    // Unlike `showTextDocument` it says so in its place when the file is gone.
    if (template)
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(template.uri));
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
    case 'makeDefault':
      return 'promptWorkbench.setDefaultCredential';
    case 'selectProvider':
      return 'promptWorkbench.selectProvider';
    case 'useOffline':
      return 'promptWorkbench.useOffline';
    case 'showLog':
      return 'promptWorkbench.showLog';
  }
}

/**
 * Tells of an error in a notification, with the buttons its output has in the Outputs panel, in the same order, and
 * any others after them. Resolves when it is gone and what was pressed is done.
 */
export async function showTrouble(
  open: OpenFolder,
  trouble: Trouble,
  others: readonly Button[] = [],
): Promise<void> {
  const { credential, error, job, template } = trouble;
  const about = {
    hasCredential: credential !== undefined,
    ownModel: job?.request.ownModel,
    withheld: job?.withheld,
  };
  const helps = actionsFor(error, about).flatMap(({ id, label }): Button[] => {
    if (id === 'openTemplate' && template === undefined) return [];
    const translated = vscode.l10n.t(label);
    if (id !== 'runAgain') {
      return [{ label: translated, press: () => actOnError(open, id, trouble) }];
    }
    return job ? [{ label: translated, press: () => runAgain(open, job) }] : [];
  });
  const buttons = [...helps, ...others];
  const labels = buttons.map(({ label }) => label);
  const text = trouble.message ?? error.message;
  const answer = await vscode.window.showErrorMessage(text, ...labels);
  await buttons.find(({ label }) => label === answer)?.press();
}

/** By its command, which tells of what may go wrong and shows the new output. */
function runAgain(open: OpenFolder, job: Job): Thenable<unknown> {
  const node: JobNode = { kind: 'job', open, job };
  return vscode.commands.executeCommand('promptWorkbench.retryJob', node);
}
