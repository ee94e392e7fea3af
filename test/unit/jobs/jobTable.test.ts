import assert from 'node:assert/strict';
import { JobTable } from '../../../client/jobs/jobTable.ts';
import { adopted, taken } from '../../../client/jobs/records.ts';
import type { Store } from '../../../client/store/store.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { job, note, output, Windows } from '../store/fixtures.ts';

describe('job table', () => {
  it('reads no job that is older than its output when another window takes it meanwhile', async () => {
    const windows = new Windows();
    const [one, other] = [await windows.open(), await windows.open()];
    await one.put([
      ['jobs', 'j', 1, job('j', { outputId: 'o' })],
      ['outputs', 'o', 1, output('o', { jobId: 'j', status: 'pending' })],
    ]);
    let taking: Promise<void> | undefined;
    const get: Store['outputs']['get'] = async (id) => {
      await (taking ??= take(other, one));
      return one.outputs.get(id);
    };
    const { executions, jobs } = one;
    const slow = tableOf({ ...one, executions, jobs, outputs: { ...one.outputs, get } });
    const read = await slow.read('j');
    assert.deepEqual(read?.revs, { job: 3, output: 3, execution: 0 });
    assert.equal(read.rows.job.state, 'processing');
    await windows.close();
  });
});

/** Adopts the job and says that it is being sent; returns when the first window has seen it. */
async function take(other: Store, one: Store): Promise<void> {
  await other.put([note('here', 1)]);
  const table = tableOf(other);
  const read = await table.read('j');
  const mine = await table.write(read!, adopted(read!.rows, 'other'));
  await table.write(mine!, taken(mine!.rows, 'other', 1));
  await one.put([note('seen', 1)]);
}

function tableOf(store: Store): JobTable {
  return new JobTable(store, new FakeClock(), new RecordingLog());
}
