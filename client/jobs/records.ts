/** A job's way through its states, as the records that say so. Pure; whole entities, ready to be put. */
import type { Attempt, ErrorInfo, Execution, Job, Output } from '../model.ts';
import type { NewJob } from './queue.ts';

export interface Rows {
  readonly job: Job;
  readonly output: Output;
  readonly execution?: Execution;
}

export interface Birth {
  readonly window: string;
  readonly at: number;
  readonly offline: boolean;
  readonly newId: () => string;
}

export function queued(
  { sensitive: _names, ...order }: NewJob,
  { window, at, offline, newId }: Birth,
): Rows {
  const job: Job = {
    id: newId(),
    outputId: newId(),
    executionId: newId(),
    state: 'pending',
    ...order,
    queuedAt: at,
    queuedBy: window,
    attempts: [],
  };
  const { provider, model, credential, format } = job.request;
  const output: Output = {
    id: job.outputId,
    jobId: job.id,
    executionId: job.executionId,
    template: job.template,
    provider,
    model,
    credential,
    format,
    status: 'pending',
    text: '',
    partial: true,
    offline,
    createdAt: at,
  };
  return { job, output };
}

/** Claimed and about to be sent: one record says both, so that no job is ever sent that is not known as sent. */
export function taken({ job, output }: Rows, window: string, at: number): Rows {
  const attempt = job.attempts.length + 1;
  return {
    job: {
      ...job,
      state: 'processing',
      runAt: undefined,
      error: undefined,
      claim: { window, at },
      sent: { attempt, credential: job.request.credential, at },
    },
    output: { ...output, status: 'processing', error: undefined },
  };
}

/** Back to waiting, for another attempt not before `runAt`. */
export function postponed({ job, output }: Rows, attempt: Attempt, runAt: number): Rows {
  const { claim: _claim, sent: _sent, ...rest } = job;
  const attempts = [...job.attempts, attempt];
  return {
    job: { ...rest, state: 'pending', runAt, attempts, error: attempt.error },
    output: { ...output, status: 'pending', error: attempt.error },
  };
}

/** Another window's job that nobody looks after any more becomes ours; nothing of it was sent. */
export function adopted({ job, output }: Rows, window: string): Rows {
  const { claim: _claim, ...rest } = job;
  return {
    job: { ...rest, state: 'pending', queuedBy: window },
    output: { ...output, status: 'pending' },
  };
}

/** Said of a job whose window went away after sending. */
export const interruption: ErrorInfo = {
  kind: 'interrupted',
  message: 'The window was closed while the answer was arriving. Run it again to ask anew.',
};

export interface Ending {
  readonly state: Execution['status'];
  readonly at: number;
  /** What has arrived; `undefined` leaves what is stored. */
  readonly text?: string;
  readonly attempt?: Attempt;
  readonly finishReason?: string;
  readonly notes?: readonly string[];
  readonly error?: ErrorInfo;
}

export function ended({ job, output }: Rows, ending: Ending): Required<Rows> {
  const { at, attempt, error, finishReason, notes, state } = ending;
  const attempts = attempt === undefined ? job.attempts : [...job.attempts, attempt];
  const { cost, usage } = attempt ?? {};
  return {
    job: { ...job, state, attempts, error, runAt: undefined, finishedAt: at },
    output: {
      ...output,
      status: state,
      text: ending.text ?? output.text,
      partial: state !== 'completed',
      durationMs: attempt?.durationMs,
      finishedAt: at,
      finishReason,
      notes,
      usage,
      ...(cost && { cost }),
      error,
    },
    execution: {
      id: job.executionId,
      jobId: job.id,
      outputId: job.outputId,
      template: job.template,
      context: job.context,
      request: job.request,
      status: state,
      preview: false,
      user: job.user,
      queuedAt: job.queuedAt,
      startedAt: attempts[0]?.startedAt ?? job.claim?.at,
      finishedAt: at,
      attempts,
      usage,
      ...(cost && { cost }),
      error,
    },
  };
}
