import type { Job } from '../model.ts';
import { type Store, StoreError, type Versioned } from '../store/store.ts';
import type { JobTable } from './jobTable.ts';
import { adopted, ended, interruption } from './records.ts';

const pageSize = 500;

/**
 * Looks for jobs whose window is gone. What was never sent becomes this window's job; what was sent may have been
 * answered and billed, so it ends as interrupted and only a person sends it again. Another window may do the same at
 * the same time: `rev` lets one of them win.
 * @param mine jobs this window looks after already
 * @returns the adopted jobs, oldest first
 */
export async function rescueOrphans(
  store: Store,
  table: JobTable,
  options: { readonly mine: (id: string) => boolean; readonly now: () => number },
): Promise<Job[]> {
  const rescued: Job[] = [];
  const isDead = remembered((window) => store.isWindowDead(window));
  for (const row of await openJobs(store)) {
    const { value: job } = row;
    const owner = job.state === 'processing' ? job.claim?.window : job.queuedBy;
    if (options.mine(job.id)) continue;
    // One of ours that this window does not look after was lost by a fault of ours.
    const lost = owner === undefined || owner === store.windowId || (await isDead(owner));
    if (!lost) continue;
    const saved = await rescue(store, table, row, options.now()).catch(unlessDamaged);
    if (saved?.state === 'pending') rescued.push(saved);
  }
  return rescued;
}

async function rescue(
  store: Store,
  table: JobTable,
  { rev, value: { id } }: Versioned<Job>,
  now: number,
): Promise<Job | undefined> {
  const read = await table.read(id);
  // Somebody else has done something with it meanwhile.
  if (read?.revs.job !== rev) return undefined;
  const { rows } = read;
  const { job } = rows;
  const next =
    job.state === 'processing' && job.sent !== undefined
      ? ended(rows, { state: 'interrupted', at: now, error: interruption })
      : job.cancelRequested
        ? ended(rows, { state: 'cancelled', at: now })
        : adopted(rows, store.windowId);
  return (await table.write(read, next))?.rows.job;
}

/** A job of which a part cannot be read is left as it is, and keeps no other from being rescued. */
function unlessDamaged(error: unknown): undefined {
  if (!(error instanceof StoreError) || error.code !== 'damaged') throw error;
}

/** All of them before any is changed: pages shift when states do. A damaged one is in no page, but counts. */
async function openJobs(store: Store): Promise<Versioned<Job>[]> {
  const states = ['pending', 'processing'] as const;
  const all: Versioned<Job>[] = [];
  for (let offset = 0; offset < store.jobs.count(states); offset += pageSize) {
    all.push(...(await store.jobs.list(states, { offset, limit: pageSize })));
  }
  return all;
}

function remembered(
  ask: (window: string) => Promise<boolean>,
): (window: string) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return (window) => {
    const answer = answers.get(window) ?? ask(window);
    answers.set(window, answer);
    return answer;
  };
}
