/** What helps against an error: the buttons beside its message, in panels and notifications alike. */
import type { ErrorInfo, ErrorKind } from '../model.ts';

const labels = {
  addCredential: 'Add Credential',
  replaceKey: 'Replace Key',
  editCredential: 'Edit Credential',
  chooseModel: 'Choose Model',
  makeDefault: 'Make Default',
  selectProvider: 'Select Provider',
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

/** Only with a credential that can be changed. */
const withCredential: ReadonlySet<ActionId> = new Set(['editCredential', 'replaceKey']);

/** The likeliest help first. */
const helps: Readonly<Record<ErrorKind, readonly ActionId[]>> = {
  auth: ['replaceKey', 'editCredential', 'runAgain'],
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
  no_credential: ['addCredential', 'useOffline'],
  credential_missing: ['addCredential', 'openTemplate'],
  credential_unfit: ['openTemplate'],
  no_default: ['makeDefault', 'openTemplate'],
  key_missing: ['replaceKey', 'runAgain'],
  unknown_provider: ['openTemplate'],
  unknown_default_provider: ['selectProvider', 'openTemplate'],
  no_model: ['chooseModel', 'editCredential'],
  origin_mismatch: ['replaceKey', 'editCredential'],
  interrupted: ['runAgain'],
  internal: ['runAgain', 'showLog'],
};

/** What the buttons depend on besides the error. */
export interface About {
  /** The failed request names a credential, so there is one to change. */
  readonly hasCredential: boolean;
  /** The template itself names the model, so that one chosen for the credential would not count. */
  readonly ownModel?: boolean | undefined;
  /** Values of sensitive variables are not stored: it can only be run anew from its template. */
  readonly withheld?: boolean | undefined;
}

/** In the order in which they are shown, wherever they are shown. Labels are English. */
export function actionsFor(error: ErrorInfo, about: About): readonly Action[] {
  const ids = helps[error.kind]
    .filter((id) => about.hasCredential || !withCredential.has(id))
    .map((id) => (isInVain(id, about) ? 'openTemplate' : id));
  return [...new Set(ids)].map((id) => ({ id, label: labels[id] }));
}

/** What only a change of the template, or a run of it anew, can do. */
function isInVain(id: ActionId, { ownModel, withheld }: About): boolean {
  return (id === 'runAgain' && withheld === true) || (id === 'chooseModel' && ownModel === true);
}
