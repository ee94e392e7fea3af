import assert from 'node:assert/strict';
import type { Job, JobState } from '../../../../client/model.ts';
import type { Store } from '../../../../client/store/store.ts';
import { Cleared } from '../../../../client/views/jobs/cleared.ts';
import {
  type GroupName,
  groupsOf,
  type GroupSource,
  jobsOf,
} from '../../../../client/views/jobs/groups.ts';
import { job, Windows } from '../../store/fixtures.ts';

const now = Date.UTC(2026, 10, 22);

/** As VS Code keeps it: what is written is read as JSON. */
class Memory {
  readonly #texts = new Map<string, string>();

  get(key: string): unknown {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#texts.set(key, JSON.stringify(value));
  }
}

describe('groups of the Jobs view', () => {
  let windows: Windows;
  let store: Store;
  let source: GroupSource;
  let upcoming: string[];
  let cleared: Cleared;

  beforeEach(async () => {
    windows = new Windows();
    store = await windows.open();
    upcoming = [];
    cleared = new Cleared(new Memory(), 'folder');
    source = { store, queue: { upcoming: () => upcoming }, cleared, now: () => now };
  });

  afterEach(() => windows.close());

  async function put(
    ...jobs: readonly (readonly [id: string, state: JobState, queuedAgo: number])[]
  ) {
    const ops = jobs.map(([id, state, ago]) => {
      const open = state === 'pending' || state === 'processing';
      const value = job(id, {
        state,
        queuedAt: now - ago,
        ...(!open && { finishedAt: now - ago + 5 }),
      });
      return ['jobs', id, 1, value] as const;
    });
    await store.put(ops);
  }

  const counts = async (): Promise<string> =>
    (await groupsOf(source)).map(({ count, name }) => `${name} ${count}`).join(', ');

  const ids = async (name: GroupName): Promise<string> =>
    (await jobsOf(source, name)).map(({ id }: Job) => id).join(' ');

  it('are those that have jobs, with their counts', async () => {
    assert.equal(await counts(), '');
    await put(
      ['a', 'processing', 1],
      ['b', 'failed', 2],
      ['c', 'cancelled', 3],
      ['d', 'completed', 4],
    );
    assert.equal(await counts(), 'running 1, failed 1, done 2');
    assert.equal(await ids('done'), 'c d');
  });

  it('leave out what was done more than a day ago, and keep what failed then', async () => {
    await put(['a', 'completed', 86_400_001], ['b', 'completed', 86_399_000], ['c', 'failed', 9e8]);
    assert.equal(await counts(), 'failed 1, done 1');
    assert.equal(await ids('done'), 'b');
  });

  it('have those that wait in the order of their turns, then those of other windows', async () => {
    await put(['a', 'pending', 4], ['b', 'pending', 3], ['c', 'pending', 2], ['d', 'pending', 1]);
    upcoming = ['d', 'b'];
    assert.equal(await ids('waiting'), 'd b a c');
  });

  it('show the first hundred of many', async () => {
    const many = Array.from({ length: 250 }, (_, i) => [`j${i}`, 'failed', 1000 - i] as const);
    await put(...many);
    assert.equal(await counts(), 'failed 250');
    const shown = (await ids('failed')).split(' ');
    assert.deepEqual([shown.length, shown[0], shown[99]], [100, 'j249', 'j150']);
  });

  it('lose what is cleared, and get what ends later, however long ago it was queued', async () => {
    await put(
      ['old', 'processing', 9000],
      ['a', 'failed', 500],
      ['b', 'completed', 400],
      ['gone', 'failed', 9500],
    );
    await cleared.clear(now, now - 9000);
    assert.equal(await counts(), 'running 1');
    const late = job('old', { state: 'failed', queuedAt: now - 9000, finishedAt: now + 60_000 });
    await store.put([['jobs', 'old', 2, late]]);
    assert.equal(await counts(), 'failed 1');
    assert.equal(await ids('failed'), 'old');
  });

  it('lose what was run again', async () => {
    await put(['a', 'failed', 500], ['b', 'failed', 400]);
    await cleared.hide(['a']);
    assert.deepEqual([await counts(), await ids('failed')], ['failed 1', 'b']);
    await cleared.hide(['b']);
    assert.equal(await counts(), '');
  });
});
