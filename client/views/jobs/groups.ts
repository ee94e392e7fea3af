/** What the Jobs view shows of a folder: groups, each with its count and its first jobs. Without VS Code. */
import type { Queue } from '../../jobs/queue.ts';
import type { Job, JobState } from '../../model.ts';
import type { Store } from '../../store/store.ts';
import type { Cleared } from './cleared.ts';

const groupNames = ['running', 'waiting', 'interrupted', 'failed', 'done'] as const;
export type GroupName = (typeof groupNames)[number];

export interface Group {
  readonly name: GroupName;
  readonly count: number;
}

/** A view with thousands of lines helps nobody; all of them are in Outputs. */
const mostShown = 100;
const day = 86_400_000;

const states: Readonly<Record<GroupName, readonly JobState[]>> = {
  running: ['processing'],
  waiting: ['pending'],
  interrupted: ['interrupted'],
  failed: ['failed'],
  done: ['completed', 'cancelled'],
};

export interface GroupSource {
  readonly store: Pick<Store, 'jobs'>;
  readonly queue: Pick<Queue, 'upcoming'>;
  /** What a person has put out of sight. */
  readonly cleared: Cleared;
  readonly now: () => number;
}

/** Those that have jobs. */
export async function groupsOf(source: GroupSource): Promise<Group[]> {
  const groups = await Promise.all(
    groupNames.map(async (name) => ({ name, count: await countOf(source, name) })),
  );
  return groups.filter(({ count }) => count > 0);
}

/** The first of a group: those that run next, or those that were queued last. */
export async function jobsOf(source: GroupSource, name: GroupName): Promise<Job[]> {
  if (name === 'waiting') return waiting(source);
  const { jobs } = source.store;
  if (name === 'running') {
    return (await jobs.list(states.running, { limit: mostShown })).map(({ value }) => value);
  }
  return (await ended(source, name)).jobs;
}

async function countOf(source: GroupSource, name: GroupName): Promise<number> {
  if (name !== 'running' && name !== 'waiting') return (await ended(source, name)).count;
  return source.store.jobs.count(states[name]);
}

/**
 * Those cleared were queued before the others, save for a few that ran for long: when a whole page is out of sight,
 * so is the rest.
 */
async function ended(
  source: GroupSource,
  name: GroupName,
): Promise<{ jobs: Job[]; count: number }> {
  const { cleared, store } = source;
  const shown: Job[] = [];
  const from = since(source, name);
  const all = store.jobs.count(states[name], from);
  let hidden = 0;
  for (let offset = 0; offset < all && shown.length < mostShown; offset += mostShown) {
    const page = { offset, limit: mostShown, newestFirst: true, since: from };
    const rows = await store.jobs.list(states[name], page);
    const visible = rows.map(({ value }) => value).filter((job) => !cleared.hides(job));
    shown.push(...visible);
    hidden += rows.length - visible.length;
    if (visible.length === 0) return { jobs: shown, count: shown.length };
  }
  return { jobs: shown.slice(0, mostShown), count: all - hidden };
}

function since({ cleared, now }: GroupSource, name: GroupName): number {
  return Math.max(cleared.since, name === 'done' ? now() - day : 0);
}

/** In the order they run: those of this window as its queue says, then those of other windows as they were queued. */
async function waiting({ queue, store }: GroupSource): Promise<Job[]> {
  const ids = queue.upcoming(mostShown);
  const own = await Promise.all(ids.map((id) => store.jobs.get(id).catch(() => undefined)));
  const shown = new Map<string, Job>();
  for (const row of own) if (row?.value.state === 'pending') shown.set(row.value.id, row.value);
  if (shown.size >= mostShown) return [...shown.values()];
  const oldest = await store.jobs.list(states.waiting, { limit: mostShown });
  for (const { value } of oldest) if (shown.size < mostShown) shown.set(value.id, value);
  return [...shown.values()];
}
