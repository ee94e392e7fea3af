import { jobStates } from '../../model.ts';
import type { Job, JobState } from '../../model.ts';
import { at, integer } from '../index/columns.ts';
import type { Noun } from '../index/columns.ts';
import { toStateCode } from '../index/keys.ts';
import { bodyColumns, Rows } from './rows.ts';
import { defaultLimit } from '../store.ts';
import type { JobPage, JobRepository, Versioned } from '../store.ts';

export const jobNoun: Noun = {
  table: 'jobs',
  columns: ['state', 'queued_at'],
  row: (value) => [toStateCode(at(value, 'state')), integer(at(value, 'queuedAt'))],
};

export class Jobs extends Rows<'jobs'> implements JobRepository {
  async list(
    states: readonly JobState[] = jobStates,
    page: JobPage = {},
  ): Promise<Versioned<Job>[]> {
    if (states.length === 0) return [];
    const { offset = 0, limit = defaultLimit, newestFirst = false, since } = page;
    const sql = `SELECT ${bodyColumns} FROM (${select(states, newestFirst, since)} LIMIT ? OFFSET ?)`;
    const values = states.flatMap((state) => [toStateCode(state), ...only(since)]);
    return this.read(sql, [...values, limit, offset]);
  }

  count(states: readonly JobState[], since?: number): number {
    if (states.length === 0) return 0;
    const sql = `SELECT count(*) FROM jobs WHERE deleted = 0 AND state IN (${marks(states)})${after(since)}`;
    const values = [...states.map(toStateCode), ...only(since)];
    return Number(this.source.index().query(sql, values)[0]?.[0]);
  }
}

/** One arm per state, so that each comes in order from the index and none is sorted. */
function select(
  states: readonly JobState[],
  newestFirst: boolean,
  since: number | undefined,
): string {
  const arm = `SELECT ${bodyColumns}, queued_at, rowid AS arrival FROM jobs
    WHERE deleted = 0 AND state = ?${after(since)}`;
  const direction = newestFirst ? 'DESC' : 'ASC';
  const order = `ORDER BY queued_at ${direction}, arrival ${direction}`;
  return `${states.map(() => arm).join(' UNION ALL ')} ${order}`;
}

function after(since: number | undefined): string {
  return since === undefined ? '' : ' AND queued_at >= ?';
}

function only(since: number | undefined): number[] {
  return since === undefined ? [] : [since];
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
