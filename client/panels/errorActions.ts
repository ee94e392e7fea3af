import type { ErrorKind, Output } from '../model.ts';
import type { ErrorAction } from './protocol.ts';

const labels = {
  addCredential: 'Add Credential',
  replaceKey: 'Replace Key',
  editCredential: 'Edit Credential',
  chooseModel: 'Choose Model',
  openTemplate: 'Open Template',
  runAgain: 'Run Again',
  showLog: 'Show Log',
} as const;

/** What can be done about an error; `OutputsDependencies.act` does it. */
export type ErrorActionId = keyof typeof labels;

const needsCredential: ReadonlySet<ErrorActionId> = new Set(['editCredential', 'replaceKey']);

/** What helps against each kind of error, the likeliest first. */
const helps: Readonly<Record<ErrorKind, readonly ErrorActionId[]>> = {
  auth: ['replaceKey', 'editCredential'],
  permission: ['chooseModel', 'editCredential'],
  model_not_found: ['chooseModel', 'editCredential'],
  endpoint_not_found: ['editCredential', 'runAgain'],
  invalid_request: ['openTemplate'],
  rate_limited: ['runAgain'],
  quota_exhausted: ['editCredential', 'runAgain'],
  overloaded: ['runAgain'],
  server_error: ['runAgain', 'showLog'],
  timeout: ['runAgain'],
  network: ['runAgain', 'editCredential'],
  content_filtered: ['openTemplate'],
  cancelled: ['runAgain'],
  malformed_response: ['editCredential', 'showLog'],
  stream_truncated: ['runAgain'],
  no_credential: ['addCredential'],
  no_model: ['chooseModel'],
  origin_mismatch: ['replaceKey', 'editCredential'],
  interrupted: ['runAgain'],
  internal: ['showLog'],
};

/** The buttons below an error. Labels are English; the page shows them in its language. */
export function errorActions({ credential, error }: Output): readonly ErrorAction[] {
  if (error === undefined) return [];
  return helps[error.kind]
    .filter((id) => credential !== undefined || !needsCredential.has(id))
    .map((id) => ({ id, label: labels[id] }));
}

/** Whether what a page sent is an action that was offered for this output. */
export function isOffered(output: Output, action: string): action is ErrorActionId {
  return errorActions(output).some(({ id }) => id === action);
}
