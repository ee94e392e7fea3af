import assert from 'node:assert/strict';
import type { Deletion, Store } from '../../../client/store/store.ts';
import { diskError } from '../../support/storeDisk.ts';
import { note, output, Windows } from './fixtures.ts';
import { occurrences, run } from './upkeep.ts';

const segmentBytes = 4_000;
const survivor = { pid: 2, name: 'here', boot: 'now', isRunning: (pid: number) => pid !== 1 };
const mail = { slug: 'mail', name: 'Mail', uri: 'file:///p/mail.prompt' };

async function history(windows = new Windows()): Promise<{ windows: Windows; store: Store }> {
  const store = await windows.open({ segmentBytes, snapshotBytes: 1_000 });
  await store.put(run('old', { text: 'OLD-TEXT', createdAt: 1_000 }));
  await store.put(run('mail', { text: 'MAIL-TEXT', template: mail, createdAt: 9_000 }));
  await store.put(run('rated', { text: 'RATED-TEXT', createdAt: 9_000 }));
  await store.put([
    [
      'outputs',
      'rated',
      2,
      output('rated', {
        text: 'RATED-TEXT',
        createdAt: 9_000,
        feedback: { rating: 'up', user: 'Ada', at: 1 },
      }),
    ],
  ]);
  await store.put(run('running', { text: 'RUNNING-TEXT', createdAt: 1_000 }, 'processing'));
  await store.put([note('greet', 1, 'GREET-VALUES'), note('mail', 1, 'MAIL-VALUES')]);
  windows.clock.advance(40_000);
  return { windows, store };
}

const cases: readonly [
  name: string,
  deletion: Deletion,
  gone: string[],
  outputs: number,
  kept: number,
][] = [
  [
    'everything',
    { kind: 'everything' },
    ['OLD-TEXT', 'MAIL-TEXT', 'RATED-TEXT', 'GREET-VALUES', 'MAIL-VALUES'],
    3,
    1,
  ],
  [
    'what is old',
    { kind: 'before', time: 5_000 },
    ['OLD-TEXT', 'GREET-VALUES', 'MAIL-VALUES'],
    1,
    1,
  ],
  ['one template', { kind: 'template', slug: 'mail' }, ['MAIL-TEXT', 'MAIL-VALUES'], 1, 0],
  ['one output', { kind: 'output', id: 'rated' }, ['RATED-TEXT'], 1, 0],
  ['nothing of what runs', { kind: 'output', id: 'running' }, [], 0, 1],
];
const texts = [
  'OLD-TEXT',
  'MAIL-TEXT',
  'RATED-TEXT',
  'RUNNING-TEXT',
  'GREET-VALUES',
  'MAIL-VALUES',
];

describe('deleting for good', () => {
  for (const [name, deletion, gone, outputs, kept] of cases) {
    it(`takes ${name} off the disk, and nothing else`, async () => {
      const { windows, store } = await history();
      assert.ok(texts.every((text) => occurrences(windows, text) > 0));
      const report = await store.maintenance.delete(deletion);
      assert.deepEqual({ ...report, freed: 0 }, { outputs, kept, freed: 0, remaining: 0 });
      const left = texts.filter((text) => occurrences(windows, text) > 0);
      assert.deepEqual(
        left,
        texts.filter((text) => !gone.includes(text)),
      );
      await windows.close();
      const again = await windows.open();
      assert.equal(again.outputs.count(), 4 - outputs);
      assert.equal((await again.jobs.get('job of running'))?.value.state, 'processing');
      assert.deepEqual(await again.put(run('running')), [false, false, false]);
      await windows.close();
    });
  }

  it('takes job and execution along', async () => {
    const { windows, store } = await history();
    await store.maintenance.delete({ kind: 'output', id: 'old' });
    assert.equal(await store.jobs.get('job of old'), undefined);
    assert.equal(await store.executions.get('execution of old'), undefined);
    assert.ok(await store.jobs.get('job of mail'));
    await windows.close();
  });

  it('brings nothing back when a window that slept writes a lower revision', async () => {
    const { windows, store } = await history();
    await store.maintenance.delete({ kind: 'everything' });
    assert.deepEqual(await store.put(run('old')), [false, false, false]);
    await windows.close();
  });

  it('follows a row that changes meanwhile', async () => {
    const { windows, store } = await history();
    const other = await windows.open({ segmentBytes });
    let raced = false;
    windows.disk.afterRead = async (path) => {
      if (raced || !path.endsWith('.jsonl')) return;
      raced = true;
      await other.put([
        ['outputs', 'mail', 2, output('mail', { text: 'MAIL-TEXT', template: mail })],
      ]);
    };
    const report = await store.maintenance.delete({ kind: 'template', slug: 'mail' });
    assert.equal(report.remaining, 0);
    assert.equal(occurrences(windows, 'MAIL-TEXT'), 0);
    await windows.close();
  });

  it('is finished by the next window wherever it stops', async () => {
    const { windows: first } = await history();
    await first.close();
    for (let stop = 1, stopped = true; stopped; stop += 5) {
      const windows = new Windows(first.disk.copy());
      const store = await windows.open({ segmentBytes });
      let operations = 0;
      stopped = false;
      windows.disk.fault = () => {
        operations += 1;
        if (operations < stop) return;
        stopped = true;
        throw diskError('EIO');
      };
      await store.maintenance.delete({ kind: 'output', id: 'old' }).catch(() => undefined);
      const after = new Windows(windows.disk.copy());
      const again = await after.open({ segmentBytes, host: survivor });
      assert.equal(again.outputs.list().filter(({ id }) => id === 'mail').length, 1);
      const isDeleted = (await again.outputs.get('old')) === undefined;
      after.clock.advance(62_000);
      await settled(again);
      if (isDeleted) assert.equal(occurrences(after, 'OLD-TEXT'), 0, `stopped at ${stop}`);
      await after.close();
    }
  });

  it('deletes by itself what is older than the setting says', async () => {
    const windows = new Windows();
    const day = 24 * 60 * 60 * 1000;
    let days = 0;
    const store = await windows.open({ retentionDays: () => days });
    await store.put(run('old', { text: 'OLD-TEXT', createdAt: windows.clock.time - 31 * day }));
    await store.put(run('new', { text: 'NEW-TEXT', createdAt: windows.clock.time - 29 * day }));
    windows.clock.advance(62_000);
    await settled(store);
    assert.equal(store.outputs.count(), 2);
    days = 30;
    windows.clock.advance(700_000);
    await settled(store);
    assert.equal(store.outputs.count(), 1);
    assert.equal(occurrences(windows, 'OLD-TEXT'), 0);
    assert.ok(occurrences(windows, 'NEW-TEXT') > 0);
    await windows.close();
  });

  it('drops a damaged line that names what was deleted, and keeps the others', async () => {
    const windows = new Windows();
    const store = await windows.open({ segmentBytes });
    const id = '00000000-1111-4222-8333-444444444444';
    await store.put(run(id, { text: 'TORN-TEXT' }));
    const path = windows.path('00000001.jsonl');
    const damaged = `\n00000000 {"id":"${id}","text":"TORN-TEXT"}\n\n00000000 {"OTHER-TEXT"}\n`;
    windows.disk.put(path, Buffer.concat([windows.disk.bytes(path), Buffer.from(damaged)]));
    await store.maintenance.delete({ kind: 'output', id });
    assert.equal(occurrences(windows, 'TORN-TEXT'), 0);
    assert.equal(occurrences(windows, 'OTHER-TEXT'), 1);
    await windows.close();
  });

  it('says why it cannot', async () => {
    const { windows, store } = await history();
    windows.disk.fault = (operation) => {
      if (operation === 'write') throw diskError('ENOSPC');
    };
    await assert.rejects(store.maintenance.delete({ kind: 'everything' }), { code: 'disk-full' });
    assert.equal(store.outputs.count(), 4);
    windows.disk.fault = () => undefined;
    await windows.close();
  });
});

/** Whatever it does by itself has been done. */
async function settled(store: Store): Promise<void> {
  for (let i = 0; i < 3; i++) await store.maintenance.verify();
}
