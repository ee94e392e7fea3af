/** What helps against an error: the buttons beside its message, in panels and notifications alike. */
import type { ErrorInfo, ErrorKind } from '../model.ts';

const labels = {
  addCredential: 'Add Credential',
  replaceKey: 'Replace Key',
  editCredential: 'Edit Credential',
  chooseModel: 'Choose Model',
  openTemplate: 'Open Template',
  useOffline: 'Use Offline Provider',
  runAgain: 'Run Again',
  showLog: 'Show Log',
} as const;

export type ActionId = keyof typeof labels;

export interface Action {
  readonly id: ActionId;
  readonly label: (typeof labels)[ActionId];
}

/** Only with a credential that can be changed, and only without one. */
const withCredential: ReadonlySet<ActionId> = new Set(['editCredential', 'replaceKey']);
const withoutCredential: ReadonlySet<ActionId> = new Set(['addCredential', 'useOffline']);

/** The likeliest help first. */
const helps: Readonly<Record<ErrorKind, readonly ActionId[]>> = {
  auth: ['replaceKey', 'editCredential', 'addCredential', 'runAgain'],
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
  malformed_response: ['editCredential', 'runAgain', 'showLog'],
  stream_truncated: ['runAgain'],
  no_credential: ['replaceKey', 'addCredential', 'useOffline'],
  no_model: ['chooseModel', 'editCredential'],
  origin_mismatch: ['replaceKey', 'editCredential', 'addCredential'],
  interrupted: ['runAgain'],
  internal: ['runAgain', 'showLog'],
};

/** @param hasCredential the failed request names a credential, so there is one to change. Labels are English. */
export function actionsFor(error: ErrorInfo, hasCredential: boolean): readonly Action[] {
  const pointless = hasCredential ? withoutCredential : withCredential;
  return helps[error.kind]
    .filter((id) => !pointless.has(id))
    .map((id) => ({ id, label: labels[id] }));
}
