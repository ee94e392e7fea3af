/** Claims every job it finds waiting, as fast as it can, and says which ones it got. */
import { JobTable } from '../../../client/jobs/jobTable.ts';
import { taken } from '../../../client/jobs/records.ts';
import { systemClock } from '../../../client/providers/clock.ts';
import { noLog } from '../../../client/providers/log.ts';
import { openStore } from '../../../client/store/open.ts';

export interface ClaimOptions {
  readonly directory: string;
  readonly name: string;
  /** Claims under way at a time. */
  readonly atOnce: number;
  /** Where in the list of jobs it begins: 0 … 1. */
  readonly from: number;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

export async function claim({ atOnce, directory, from, name }: ClaimOptions): Promise<void> {
  const store = await openStore({ directory, folder: 'file:///faults' });
  const table = new JobTable(store, systemClock, noLog);
  const rows = await store.jobs.list(['pending'], { limit: 100_000 });
  const start = Math.floor(rows.length * from);
  const ids = [...rows.slice(start), ...rows.slice(0, start)].map(({ value }) => value.id);
  say('open');
  await new Promise((resolve) => {
    process.stdin.once('data', resolve);
  });
  const { signal } = new AbortController();
  const lane = async (): Promise<void> => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      const got = await table.decide(
        id,
        (rows) => (rows.job.state === 'pending' ? taken(rows, name, Date.now()) : undefined),
        signal,
      );
      if (got) say(`claimed ${id} ${name}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  process.stdin.unref();
  await store.close();
}
