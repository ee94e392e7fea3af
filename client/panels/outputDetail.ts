import type { Folder } from '../api/folder.ts';
import type { Job, Output } from '../model.ts';
import type { OutputSummary, Store } from '../store/store.ts';
import { errorActions } from './errorActions.ts';
import type { OutputDetail, OutputRow } from './protocol.ts';

export type DetailSource = {
  readonly store: Pick<Store, 'outputs' | 'jobs' | 'executions' | 'credentials'>;
  readonly queue: Pick<Folder['queue'], 'estimate' | 'liveText' | 'waiting'>;
};

/** Everything about one output, with what has streamed in so far. */
export async function outputDetail(
  { queue, store }: DetailSource,
  id: string,
): Promise<OutputDetail | undefined> {
  const output = (await store.outputs.get(id))?.value;
  if (output === undefined) return undefined;
  const [job, execution, credential] = await Promise.all([
    store.jobs.get(output.jobId),
    store.executions.get(output.executionId),
    output.credential === undefined ? undefined : store.credentials.get(output.credential),
  ]);
  const source = execution?.value ?? job?.value;
  const waiting = job?.value.state === 'pending' ? queue.waiting(job.value) : undefined;
  const estimatedCompletion = job && queue.estimate(job.value);
  return {
    output: withLiveText(output, queue.liveText(id)),
    messages: source?.request.messages ?? [],
    context: source?.context ?? {},
    attempts: newest(execution?.value.attempts, job?.value),
    ...(waiting && { waiting }),
    ...(estimatedCompletion !== undefined && { estimatedCompletion }),
    actions: errorActions(output, job?.value),
    repeatable: !job?.value.withheld,
    ...(credential && { credentialName: credential.value.name }),
  };
}

/** The execution has them all once the job has ended; before, the job has. */
function newest(ended: Job['attempts'] | undefined, job: Job | undefined): Job['attempts'] {
  return ended ?? job?.attempts ?? [];
}

function withLiveText(output: Output, live: string | undefined): Output {
  return live !== undefined && live.length > output.text.length
    ? { ...output, text: live }
    : output;
}

export function outputRow(summary: OutputSummary): OutputRow {
  const { inputTokens: _inputTokens, ...row } = summary;
  return row;
}
