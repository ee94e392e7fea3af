import type { Job, Output } from '../model.ts';
import { type Action, actionsFor } from '../providers/actions.ts';

/** The buttons beside the error of an output. @param job as it is stored, if it still is */
export function errorActions(
  { credential, error }: Pick<Output, 'credential' | 'error'>,
  job: Pick<Job, 'request' | 'withheld'> | undefined,
): readonly Action[] {
  if (error === undefined) return [];
  const hasCredential = credential !== undefined;
  const { ownModel } = job?.request ?? {};
  return actionsFor(error, { hasCredential, ownModel, withheld: job?.withheld });
}
