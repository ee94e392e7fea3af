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

/** What the buttons depend on besides the error. */
export interface About {
  /** The failed request names a credential, so there is one to change. */
  readonly hasCredential: boolean;
  /** Values of sensitive variables are not stored: it can only be run anew from its template. */
  readonly withheld?: boolean | undefined;
}

/** In the order in which they are shown, wherever they are shown. Labels are English. */
export function actionsFor(error: ErrorInfo, about: About): readonly Action[] {
  const pointless = about.hasCredential ? withoutCredential : withCredential;
  const ids = helps[error.kind]
    .filter((id) => !pointless.has(id))
    .map((id) => (id === 'runAgain' && about.withheld ? 'openTemplate' : id));
  return [...new Set(ids)].map((id) => ({ id, label: labels[id] }));
}
