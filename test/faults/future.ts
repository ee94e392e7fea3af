/** A history that a later version has written. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { entry } from './entries.ts';
import type { Fault, Trial } from './fault.ts';
import { folder, Ledger } from './ledger.ts';
import { startWindow } from './windows.ts';

export const future: Fault = {
  name: 'future',
  promise:
    'Tables, fields and lines of a later version are skipped and kept, what is known is readable; a later format is never written to.',
  short: true,
  run: async (trial) => {
    for (const format of [1, 2, 99]) {
      await meet(trial, format);
      trial.tally.runs += 1;
    }
  },
};

const rows = 40;

/** Every line as it stands between newlines, checksum and all. */
function lineOf(content: unknown): string {
  const json = JSON.stringify(content);
  return `\n${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

function journal(): string {
  const lines: string[] = [];
  for (let i = 0; i < rows; i++) {
    const [table, id, rev, value] = entry(`row.${i}`, 2, 100);
    const grown = { ...value, colour: { of: 'tomorrow' } };
    const ops = [
      ['paintings', `p.${i}`, 1, { id: `p.${i}`, strokes: i }],
      [table, id, rev, grown, 'a fifth part'],
      [table, `later ${id}`, rev, 'a value that is no object'],
    ];
    lines.push(lineOf({ w: 'tomorrow', n: i + 1, at: 1, ops, zone: 'Mars' }));
    lines.push(lineOf({ checkpoint: i }), lineOf([i]), lineOf(i));
  }
  return lines.join('');
}

async function meet({ stage, tally }: Trial, format: number): Promise<void> {
  const directory = stage.directory();
  const path = join(directory, 'tomorrow');
  mkdirSync(join(path, 'journal'), { recursive: true });
  writeFileSync(
    join(path, 'store.json'),
    JSON.stringify({ format, folders: [folder], mood: 'good' }),
  );
  const segment = join(path, 'journal', '00000001.jsonl');
  writeFileSync(segment, journal());
  const before = readFileSync(segment, 'utf8');

  const ledger = new Ledger(tally);
  for (let i = 0; i < rows; i++) ledger.note(`+ row.${i} 2`);
  const said: string[] = [];
  const onLine = (line: string): void => {
    said.push(line);
    ledger.note(line);
  };
  const options = { directory, name: 'today', count: 20, segmentBytes: 4000, snapshotBytes: 4000 };
  const window = startWindow(stage, 'write', options, { onLine });
  await window.end().catch(() => undefined);
  await ledger.checkAt(stage, directory);

  tally.expect(
    readFileSync(segment, 'utf8').startsWith(before),
    `lines of format ${format} were changed`,
  );
  tally.expect(readdirSync(directory).length === 1, 'another store was made');
  const acknowledged = said.filter((line) => line.startsWith('+')).length;
  if (format === 1)
    tally.expect(acknowledged === 20, 'nothing could be written beside unknown lines');
  else {
    tally.expect(acknowledged === 0, `something was written to format ${format}`);
    tally.expect(
      said.some((line) => line.startsWith('refused read-only')),
      'nobody said that it cannot be written',
    );
    tally.expect(
      readFileSync(segment, 'utf8') === before,
      `the journal of format ${format} was changed`,
    );
  }
}
