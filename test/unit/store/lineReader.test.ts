import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ChangedBehindError, LineReader } from '../../../client/store/journal/lineReader.ts';
import { StoreDisk } from '../../support/storeDisk.ts';

const path = '/file';

function diskWith(text: string): StoreDisk {
  const disk = new StoreDisk();
  disk.put(path, Buffer.from(text));
  return disk;
}

function take(reader: LineReader): [string, number][] {
  const lines: [string, number][] = [];
  for (let line = reader.next(); line; line = reader.next()) {
    lines.push([line.bytes.toString(), line.offset]);
  }
  return lines;
}

async function readAll(reader: LineReader): Promise<[string, number][]> {
  const lines: [string, number][] = [];
  for (let before = -1; reader.readTo > before;) {
    before = reader.readTo;
    await reader.fill();
    lines.push(...take(reader));
  }
  return lines;
}

describe('line reader', () => {
  it('gives whole lines with their places and keeps the rest for later', async () => {
    const disk = diskWith('\none\n\ntwo\nthr');
    const reader = new LineReader(await disk.open(path, 'read'));
    assert.deepEqual(await readAll(reader), [
      ['one', 1],
      ['two', 6],
    ]);
    assert.deepEqual([reader.offset, reader.readTo], [10, 13]);
    disk.put(path, Buffer.from('\none\n\ntwo\nthree\n'));
    assert.deepEqual(await readAll(reader), [['three', 10]]);
  });

  it('reads the same lines whatever the reads return', async () => {
    const lengths = fc.array(fc.nat(90_000), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.array(fc.nat(70_000), { minLength: 1 }),
        async (lines, reads) => {
          const text = lines.map((length, i) => String(i % 10).repeat(length)).join('\n');
          const disk = diskWith(`${text}\n`);
          let count = 0;
          const file = await disk.open(path, 'read');
          disk.fault = (operation) =>
            operation === 'read' ? 33 + reads[(count += 1) % reads.length]! : undefined;
          const read = await readAll(new LineReader(file));
          assert.deepEqual(
            read.map(([line]) => line).join('\n'),
            text.replaceAll(/\n+/g, '\n').trim(),
          );
          for (const [line, offset] of read)
            assert.equal(text.slice(offset, offset + line.length), line);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads on from a place it was told', async () => {
    const disk = diskWith('one\ntwo\n');
    const first = new LineReader(await disk.open(path, 'read'));
    await readAll(first);
    assert.deepEqual([first.offset, first.anchor.toString()], [8, 'one\ntwo\n']);
    disk.put(path, Buffer.from('one\ntwo\nthree\n'));
    const second = new LineReader(await disk.open(path, 'read'), first.offset, first.anchor);
    assert.deepEqual(await readAll(second), [['three', 8]]);
  });

  const before = `${'long line '.repeat(10)}\nlast`;
  const changes: Record<string, string> = {
    'is shorter': before.slice(0, -1),
    'is empty': '',
    'was truncated and written again': `${before.slice(0, 40)}${'other '.repeat(40)}\n`,
  };
  for (const [name, after] of Object.entries(changes)) {
    it(`notices that the file ${name}`, async () => {
      const disk = diskWith(before);
      const reader = new LineReader(await disk.open(path, 'read'));
      await readAll(reader);
      disk.put(path, Buffer.from(after));
      await assert.rejects(reader.fill(), ChangedBehindError);
    });
  }
});
