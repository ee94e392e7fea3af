import { execution, job, output } from './fixtures.ts';
import type { Job, Output } from '../../../client/model.ts';
import type { Windows } from './fixtures.ts';
import type { Op } from '../../../client/store/store.ts';

/** Everything a finished run leaves, with a text of its own. */
export function run(
  id: string,
  part: Partial<Output> = {},
  state: Job['state'] = 'completed',
): Op[] {
  return [
    ['jobs', `job of ${id}`, 1, job(`job of ${id}`, { state, queuedAt: part.createdAt ?? 0 })],
    ['executions', `execution of ${id}`, 1, execution(`execution of ${id}`)],
    ['outputs', id, 1, output(id, { status: state, ...part })],
  ];
}

/** How often a text stands in the files of the store, images included. */
export function occurrences({ disk }: Windows, text: string): number {
  const needle = Buffer.from(text);
  return disk.paths('/stores').filter((path) => disk.bytes(path).includes(needle)).length;
}
