import assert from 'node:assert/strict';
import { Redactor } from '../../../client/providers/redact.ts';
import type { ExportWishes, Store } from '../../../client/store/store.ts';
import { job, note, output, Windows } from './fixtures.ts';
import { run } from './upkeep.ts';

const mail = { slug: 'mail', name: 'Mail', uri: 'file:///p/mail.prompt' };

async function exported(store: Store, wishes: Pick<ExportWishes, 'format' | 'filter'>) {
  let text = '';
  const report = await store.maintenance.export({
    ...wishes,
    write: async (piece) => {
      text += piece;
    },
  });
  return { report, text };
}

describe('verifying', () => {
  it('finds nothing wrong with an intact history, compacted or not', async () => {
    const windows = new Windows();
    const store = await windows.open({ segmentBytes: 1_000 });
    for (let i = 0; i < 10; i++)
      await store.put([note('a', i + 1, 'x'.repeat(300)), note(`n${i}`, 1)]);
    await store.put([['contexts', 'n0', 2, null]]);
    const before = await store.maintenance.verify();
    assert.deepEqual(
      { ...before, records: 0 },
      { records: 0, rows: 10, damages: [], differences: 0 },
    );
    assert.equal(before.records, 11);
    await store.maintenance.compact();
    assert.equal((await store.maintenance.verify()).differences, 0);
    await windows.close();
  });

  it('tells where the journal is damaged and how many rows the index has otherwise', async () => {
    const windows = new Windows();
    const store = await windows.open();
    await store.put([note('a', 1)]);
    await store.put([note('b', 1)]);
    const path = windows.path('00000001.jsonl');
    const bytes = Buffer.from(windows.disk.bytes(path));
    const at = bytes.indexOf('b 1');
    bytes[at] = 'c'.charCodeAt(0);
    windows.disk.put(path, bytes);
    const report = await store.maintenance.verify();
    assert.equal(report.differences, 1);
    const [damage] = report.damages;
    assert.equal(damage?.file, '00000001.jsonl');
    assert.ok(damage.offset < at && damage.offset > at - 200);
    await windows.close();
  });

  it('reads the whole journal at the next opening when that is wanted', async () => {
    const windows = new Windows();
    const store = await windows.open({ snapshotBytes: 10 });
    await store.put([note('a', 1, 'x'.repeat(1000))]);
    while (windows.snapshots.size === 0) await new Promise(setImmediate);
    await store.maintenance.rebuildAtNextOpening();
    assert.equal(windows.snapshots.size, 0);
    await windows.close();
    assert.equal(windows.snapshots.size, 0);
    const again = await windows.open();
    assert.equal((await again.maintenance.verify()).differences, 0);
    await windows.close();
  });
});

describe('exporting', () => {
  it('writes each output with its prompt, one JSON a line', async () => {
    const windows = new Windows();
    const store = await windows.open();
    await store.put(run('a', { text: 'One\ntwo' }));
    await store.put(run('b', { template: mail }));
    await store.put([['outputs', 'b', 2, null]]);
    await store.put([
      ['jobs', 'job of c', 1, job('job of c', { context: { who: 'Ada' } })],
      ['outputs', 'c', 1, output('c', { template: mail, status: 'pending', text: '' })],
    ]);
    const { report, text } = await exported(store, { format: 'jsonl', filter: {} });
    assert.deepEqual(report, { outputs: 2, unreadable: 0 });
    const [first, second] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(first.output.text, 'One\ntwo');
    assert.deepEqual(first.messages, [{ role: 'user', content: 'Hello' }]);
    assert.deepEqual(second.values, { who: 'Ada' });
    const ofMail = await exported(store, { format: 'jsonl', filter: { template: 'mail' } });
    assert.equal(ofMail.report.outputs, 1);
    await windows.close();
  });

  const cells: readonly [text: string, cell: string][] = [
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['-x, y', '"\'-x, y"'],
  ];
  for (const [text, cell] of cells) {
    it(`writes ${JSON.stringify(text)} into a CSV cell`, async () => {
      const windows = new Windows();
      const store = await windows.open();
      await store.put(run('a', { text }));
      const { text: csv } = await exported(store, { format: 'csv', filter: {} });
      assert.match(csv, /^\uFEFFid,created_at,/);
      assert.ok(csv.endsWith(`,${cell},\r\n`), csv);
      await windows.close();
    });
  }

  it('takes out secrets that were learned later', async () => {
    const windows = new Windows();
    const redaction = new Redactor();
    const store = await windows.open({ redaction });
    await store.put(run('a', { text: 'key sk-123456' }));
    redaction.add('sk-123456');
    const { text } = await exported(store, { format: 'jsonl', filter: {} });
    assert.ok(!text.includes('sk-123456'));
    assert.match(text, /key \[redacted\]/);
    await windows.close();
  });

  it('counts what cannot be read, and can be cancelled', async () => {
    const windows = new Windows();
    const store = await windows.open();
    await store.put(run('a'));
    await store.put(run('b'));
    const { maintenance } = store;
    const signal = AbortSignal.abort(new Error('enough'));
    const write = async (): Promise<void> => undefined;
    await assert.rejects(
      maintenance.export({ format: 'csv', filter: {}, write, signal }),
      /enough/,
    );
    await windows.close();
  });
});
